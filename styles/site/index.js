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
  const step = 20; // briefs that are added at once
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
      return found;
    });
    return engine;
  }

  function line(name, words) {
    const found = document.createElement("p");
    found.className = name;
    found.textContent = words;
    return found;
  }

  function item(brief) {
    const found = document.createElement("li");
    found.lang = brief.lang;
    if (brief.dir) found.dir = brief.dir;
    const heading = document.createElement("h3");
    const link = document.createElement("a");
    link.href = brief.page;
    link.textContent = brief.title;
    heading.append(link);
    found.append(heading);
    if (brief.facts) found.append(line("facts", brief.facts));
    if (brief.summary) found.append(line("", brief.summary));
    if (brief.keywords.length) found.append(line("topics", brief.keywords.join(" · ")));
    return found;
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
    sorted(found, order);
    return { count: found.length, part: async (from, to) => found.slice(from, to) };
  }

  async function searched(words, filters, order) {
    const wanted = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
    const sort = { oldest: { date: "asc" }, title: { title: "asc" } }[order];
    const { results } = await (await started()).search(words, { filters: wanted, sort });
    async function part(from, to) {
      const found = await Promise.all(results.slice(from, to).map((result) => result.data()));
      const all = await loaded();
      const names = found.map((page) => decodeURIComponent(page.url.split("/").pop()));
      return names.map((name) => all.get(name)).filter(Boolean);
    }
    return { count: results.length, part };
  }

  async function show() {
    const turn = ++asked;
    const value = (name) => fields[name]?.value.trim() ?? "";
    const [words, order] = [value("words"), value("order")];
    const filters = { topic: value("topic"), year: value("year"), language: value("language") };
    if (!words && !order && !Object.values(filters).some(Boolean)) {
      list.replaceChildren(...asListed);
      if (pages) pages.hidden = false;
      more.hidden = true;
      state.textContent = "";
      return;
    }
    if (words && location.protocol === "file:") {
      state.textContent = finder.dataset.webOnly;
      return;
    }
    const found = words ? await searched(words, filters, order) : await filtered(filters, order);
    const first = await found.part(0, step);
    if (turn !== asked) return; // another question was asked meanwhile
    list.replaceChildren(...first.map(item));
    if (pages) pages.hidden = true;
    let end = step;
    more.hidden = end >= found.count;
    more.firstChild.onclick = async () => {
      const added = (await found.part(end, end + step)).map(item);
      if (turn !== asked) return;
      end += step;
      list.append(...added);
      more.hidden = end >= found.count;
      added[0]?.querySelector("a").focus();
    };
    state.textContent = found.count
      ? finder.dataset.found.replace("{count}", found.count)
      : finder.dataset.nothing;
  }

  let timer = 0;
  finder.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 60);
  });
  finder.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  if (location.protocol !== "file:") {
    fields.words?.addEventListener("focus", () => { started(); loaded(); }, { once: true });
  }
  finder.hidden = false;
  if (location.protocol === "file:" && fields.words) state.textContent = finder.dataset.webOnly;
})();
