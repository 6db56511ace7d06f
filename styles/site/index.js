// Search, filters and sorting of the index. Without it the pages list all briefs by date.
"use strict";
(() => {
  const finder = document.getElementById("finder");
  const list = document.getElementById("briefs");
  const pages = document.getElementById("pages");
  const state = document.getElementById("state");
  const asListed = [...list.children];
  const fields = finder.elements;
  const most = 200; // briefs shown at once
  let briefs = null;
  let engine = null;
  let asked = 0;

  function loaded() {
    briefs ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = finder.dataset.list;
      script.onload = () => resolve(self.allBriefs);
      script.onerror = reject;
      document.head.append(script);
    });
    return briefs;
  }

  async function pagesWith(words) {
    engine ??= import(new URL("pagefind/pagefind.js", document.baseURI));
    const { results } = await (await engine).search(words);
    const found = await Promise.all(results.slice(0, most).map((result) => result.data()));
    return found.map((page) => decodeURIComponent(page.url.split("/").pop()));
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

  async function show() {
    const turn = ++asked;
    const value = (name) => fields[name]?.value.trim() ?? "";
    const wanted = { words: value("words"), order: value("order") };
    const filters = { topic: value("topic"), year: value("year"), language: value("language") };
    if (!wanted.words && !wanted.order && !Object.values(filters).some(Boolean)) {
      list.replaceChildren(...asListed);
      if (pages) pages.hidden = false;
      state.textContent = "";
      return;
    }
    let found = [...await loaded()].filter((brief) =>
      (!filters.topic || brief.keywords.includes(filters.topic))
      && (!filters.year || brief.day.startsWith(filters.year))
      && (!filters.language || brief.lang === filters.language));
    if (wanted.words) {
      if (location.protocol === "file:") {
        state.textContent = finder.dataset.webOnly;
        return;
      }
      const places = new Map((await pagesWith(wanted.words)).map((page, place) => [page, place]));
      found = found.filter((brief) => places.has(brief.page));
      if (wanted.order) sorted(found, wanted.order);
      else found.sort((a, b) => places.get(a.page) - places.get(b.page));
    } else {
      sorted(found, wanted.order);
    }
    if (turn !== asked) return; // another question was asked meanwhile
    list.replaceChildren(...found.slice(0, most).map(item));
    if (pages) pages.hidden = true;
    state.textContent = found.length
      ? finder.dataset.found.replace("{count}", found.length)
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
  finder.hidden = false;
  if (location.protocol === "file:" && fields.words) state.textContent = finder.dataset.webOnly;
})();
