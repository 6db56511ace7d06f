// Cards for marks and footnotes, and a list of contents that follows. The page reads well without.
"use strict";
(() => {
  const words = document.currentScript.dataset;
  const marks = ".mark, .mark-within, .footnote-call";
  let card = null;
  let opener = null;

  function close(giveBack) {
    if (!card) return;
    const from = opener;
    card.remove();
    card = opener = null;
    if (giveBack && from) from.focus();
  }

  function contentOf(target) {
    const inner = target.querySelector(".entry, .footnote-text");
    if (!inner) return null;
    const copy = inner.cloneNode(true);
    for (const part of [copy, ...copy.querySelectorAll("[id], [data-anchor]")]) {
      part.removeAttribute("id");
      part.removeAttribute("data-anchor");
    }
    for (const back of copy.querySelectorAll(".back")) back.remove();
    const around = inner.closest("[dir]");
    if (around) copy.dir = around.dir;
    return copy;
  }

  function open(mark) {
    const target = document.getElementById(decodeURIComponent(mark.hash.slice(1)))
      ?? document.getElementById(mark.hash.slice(1));
    const content = target && contentOf(target);
    if (!content) return false;
    close(false);
    opener = mark;
    card = document.createElement("div");
    card.className = "card";
    card.tabIndex = -1;
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", mark.title || mark.getAttribute("aria-label") || mark.textContent);
    const actions = document.createElement("p");
    actions.className = "actions";
    const link = document.createElement("a");
    link.href = mark.hash;
    link.textContent = words.list;
    link.addEventListener("click", () => close(false));
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.close;
    button.addEventListener("click", () => close(true));
    actions.append(link, button);
    card.append(content, actions);
    mark.after(card);
    place(mark);
    card.focus({ preventScroll: true });
    return true;
  }

  function place(mark) {
    const at = mark.getBoundingClientRect();
    const size = card.getBoundingClientRect();
    const left = Math.min(Math.max(12, at.left - 16), innerWidth - size.width - 12);
    const below = at.bottom + 8;
    const top = below + size.height < innerHeight ? below : Math.max(8, at.top - size.height - 8);
    card.style.left = `${Math.max(0, left)}px`;
    card.style.top = `${top}px`;
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.(marks);
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      if (opener === mark) return close(false); // the second click follows the link
      if (open(mark)) event.preventDefault();
    } else if (card && !card.contains(event.target)) {
      close(false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
  document.addEventListener("focusin", (event) => {
    if (card && !card.contains(event.target) && event.target !== opener) close(false);
  });
  addEventListener("resize", () => close(false));

  // The contents show which section is being read.
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  function follow() {
    let current = null;
    for (const heading of links.keys()) {
      if (heading.getBoundingClientRect().top < innerHeight / 4) current = heading;
    }
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  follow();
})();
