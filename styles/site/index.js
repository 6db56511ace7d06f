// Search, filters and sorting of the index. Without it the pages list all briefs by date.
"use strict";
(() => {
  const finder = document.getElementById("finder");
  const list = document.getElementById("briefs");
  const pages = document.getElementById("pages");
  const state = document.getElementById("state");
  const more = document.getElementById("more");
  const asListed = [...list.children];
  const fields = finder.elements;
  const isFile = location.protocol === "file:";
  const relevance = new Option(finder.dataset.relevance, "relevance");
  // Each letter of scripts without blanks between words is a word of the index.
  const letters = finder.dataset.unspaced;
  const between = new RegExp(
    `(?<=[${letters}])(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}])(?=[${letters}])`, "gu");
  const blanks = new RegExp(`(?<=[${letters}](?:</mark>)?) (?=(?:<mark>)?[${letters}])`, "gu");
  const [first, step] = [5, 20]; // briefs that are shown as soon as they are known, and at once later
  let briefs = null;
  let engine = null;
  let asked = 0;

  // All briefs by the names of their pages.
  function loaded() {
    briefs ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = finder.dataset.list;
      script.onload = () => resolve(new Map(self.allBriefs.map((brief) => [brief.page, brief])));
      script.onerror = reject;
      document.head.append(script);
    });
    return briefs;
  }

  function started() {
    engine ??= import(new URL("pagefind/pagefind.js", document.baseURI)).then(async (found) => {
      await found.init();
      await found.filters(); // the first search would wait for them
      return found;
    });
    return engine;
  }

  function line(name, ...content) {
    const found = document.createElement("p");
    if (name) found.className = name;
    found.append(...content);
    return found;
  }

  // The words that were found, with those around them. Only their marks are taken from the HTML.
  function excerpt(html) {
    const joined = html.replace(blanks, "").replaceAll("</mark><mark>", "");
    const { body } = new DOMParser().parseFromString(joined, "text/html");
    return line("", ...[...body.childNodes].map((node) => {
      if (node.nodeName !== "MARK") return node.textContent;
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      return mark;
    }));
  }

  function item({ brief, found }) {
    const shown = document.createElement("li");
    shown.lang = brief.lang;
    if (brief.dir) shown.dir = brief.dir;
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    link.href = brief.page;
    link.textContent = brief.title;
    heading.append(link);
    shown.append(heading);
    if (brief.facts) shown.append(line("facts", brief.facts));
    if (found) shown.append(excerpt(found));
    else if (brief.summary) shown.append(line("", brief.summary));
    if (brief.keywords.length) shown.append(line("topics", brief.keywords.join(" · ")));
    return shown;
  }

  function sorted(found, order) {
    const byTitle = (a, b) => a.title.localeCompare(b.title);
    if (order === "title") return found.sort(byTitle);
    const sign = order === "oldest" ? 1 : -1;
    return found.sort((a, b) => sign * a.day.localeCompare(b.day) || byTitle(a, b));
  }

  // Return how many briefs there are, and what gives those from one place to another.
  async function filtered(filters, order) {
    const found = [...(await loaded()).values()].filter((brief) =>
      (!filters.topic || brief.keywords.includes(filters.topic))
      && (!filters.year || brief.day.startsWith(filters.year))
      && (!filters.language || brief.lang === filters.language));
    const all = sorted(found, order).map((brief) => ({ brief }));
    return { count: all.length, part: async (from, to) => all.slice(from, to) };
  }

  async function searched(words, filters, order) {
    const wanted = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
    const sort = { newest: { date: "desc" }, oldest: { date: "asc" }, title: { title: "asc" } }[order];
    const spaced = words.replace(between, " ");
    const query = spaced === words || /\s/.test(words) ? spaced : `"${spaced}"`; // in this order
    const answer = await (await started()).search(query, { filters: wanted, sort });
    const results = answer.results.filter((result) => result.words.length); // of unknown words: all
    async function part(from, to) {
      const found = await Promise.all(results.slice(from, to).map((result) => result.data()));
      const all = await loaded();
      const name = (page) => decodeURIComponent(page.url.split("/").pop());
      return found.map((page) => ({ brief: all.get(name(page)), found: page.excerpt }))
        .filter(({ brief }) => brief);
    }
    return { count: results.length, part };
  }

  // Only what was searched for has a relevance, and is sorted by it unless another order is chosen.
  function offerRelevance(isSearch) {
    const { order } = fields;
    if (isSearch && relevance.parentNode !== order) {
      order.prepend(relevance);
      if (order.value === "newest") order.value = "relevance";
    } else if (!isSearch && relevance.parentNode === order) {
      if (order.value === "relevance") order.value = "newest";
      relevance.remove();
    }
  }

  // The address says what was asked for: it can be sent to others, and the way back leads to it.
  function remember(question) {
    if (isFile) return;
    const address = new URL(location.href);
    address.search = new URLSearchParams(question);
    history.replaceState(null, "", address);
  }

  function recall() {
    const question = new URLSearchParams(location.search);
    offerRelevance(question.has("words"));
    for (const [name, value] of question) {
      if (fields[name]) fields[name].value = value;
    }
    for (const field of finder.querySelectorAll("select")) {
      if (field.selectedIndex < 0) field.selectedIndex = 0;
      if (question.has(field.name)) filters.open = true;
    }
  }

  async function show() {
    const turn = ++asked;
    const words = fields.words?.value.trim() ?? "";
    offerRelevance(Boolean(words));
    const order = fields.order.value;
    const filters = Object.fromEntries(["topic", "year", "language"].map((name) => [name, fields[name].value]));
    const chosen = order !== (words ? "relevance" : "newest");
    const question = Object.entries({ words, ...filters, order: chosen && order }).filter(([, value]) => value);
    if (!question.length) {
      list.replaceChildren(...asListed);
      if (pages) pages.hidden = false;
      more.hidden = true;
      state.textContent = "";
      remember(question);
      return;
    }
    if (words && isFile) {
      state.textContent = finder.dataset.webOnly;
      return;
    }
    const found = words ? await searched(words, filters, order) : await filtered(filters, order);
    let end = 0;
    async function add(count) {
      const part = await found.part(end, end + count);
      if (turn !== asked) return []; // another question was asked meanwhile
      const items = part.map(item);
      if (end) list.append(...items);
      else list.replaceChildren(...items);
      end += count;
      more.hidden = end < step || end >= found.count;
      return items;
    }
    await add(first);
    if (turn !== asked) return;
    if (pages) pages.hidden = true;
    state.textContent = found.count
      ? finder.dataset.found.replace("{count}", found.count)
      : finder.dataset.nothing;
    more.firstChild.onclick = async () => (await add(step))[0]?.querySelector("a").focus();
    await add(step - first);
    if (turn === asked) remember(question);
  }

  let timer = 0;
  finder.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 30);
  });
  finder.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  function prepare() {
    started();
    loaded();
  }
  if (!isFile && fields.words) {
    for (const event of ["pointerenter", "focusin"]) finder.addEventListener(event, prepare, { once: true });
  }
  const filters = finder.querySelector(".filters");
  filters.open = !fields.words || matchMedia("(min-width: 40rem)").matches;
  finder.hidden = false;
  if (isFile && fields.words) state.textContent = finder.dataset.webOnly;
  if (location.search) {
    recall();
    show();
  }
})();
