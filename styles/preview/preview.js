// Show the page of a brief, and exchange it when there is a new one, at the place that was read.
"use strict";
(() => {
  const name = decodeURIComponent(location.pathname.split("/").pop());
  const file = encodeURIComponent(name);
  const pages = document.getElementById("pages");
  const state = document.getElementById("state");
  const problems = document.getElementById("problems");
  let shown = null; // the frame that is seen
  let wanted = 0;
  let files = {};

  // The element at the top of the window, and how far above it the text begins.
  function placeIn(frame) {
    const view = frame?.contentWindow;
    if (!view || frame.contentDocument.URL === "about:blank") return null;
    for (const element of frame.contentDocument.querySelectorAll("main [id]")) {
      const top = element.getBoundingClientRect().top;
      if (top >= 0 && top < view.innerHeight) return { id: element.id, top, y: view.scrollY };
    }
    return { id: "", top: 0, y: view.scrollY };
  }

  function restore(frame, place) {
    const view = frame.contentWindow;
    if (!place || place.y === 0) return;
    const element = place.id && frame.contentDocument.getElementById(place.id);
    const top = element
      ? view.scrollY + element.getBoundingClientRect().top - place.top
      : place.y;
    view.scrollTo({ top, behavior: "instant" });
  }

  function prepare(frame) {
    const page = frame.contentDocument;
    for (const link of page.querySelectorAll("a[href^='http']")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    document.title = page.title;
    label();
  }

  function load(version) {
    wanted = version;
    const frame = document.createElement("iframe");
    frame.title = "The page of the brief";
    frame.className = "waiting";
    frame.addEventListener("load", () => {
      if (version !== wanted) return frame.remove();
      restore(frame, placeIn(shown));
      frame.className = "";
      shown?.remove();
      shown = frame;
      shown.dataset.version = version;
      prepare(frame);
    }, { once: true });
    frame.src = `../page/${file}.html?${version}`;
    pages.append(frame);
  }

  const words = { waiting: "…", held: "(errors)", made: "", failed: "failed" };

  function label() {
    for (const kind of ["docx", "pdf"]) {
      const { state: found = "waiting", detail = "" } = files[kind] ?? {};
      const button = document.getElementById(kind);
      const what = kind === "pdf" ? "PDF" : "Word";
      button.textContent = [what, words[found], detail].filter(Boolean).join(" ");
      if (found === "made") button.href = `../page/${file}.${kind}`;
      else button.removeAttribute("href");
      const own = shown?.contentDocument?.querySelector(`.download[href$=".${kind}"]`);
      if (own) own.toggleAttribute("aria-busy", found === "waiting");
    }
  }

  function report(found) {
    const open = problems.open;
    problems.hidden = !found.problems.length;
    problems.querySelector("summary").textContent = found.counts;
    problems.querySelector("div").replaceChildren(...found.problems.map((problem) => {
      const text = document.createElement("pre");
      text.className = problem.severity;
      text.textContent = problem.text;
      return text;
    }));
    problems.open = found.is_wrong || open;
  }

  const events = new EventSource(`../events/${file}`);
  events.onmessage = (event) => {
    const found = JSON.parse(event.data);
    files = found.files;
    state.textContent = found.words;
    state.className = found.is_wrong ? "wrong" : "";
    report(found);
    if (found.version && found.version !== wanted) load(found.version);
    label();
  };
  events.onerror = () => {
    state.textContent = "The preview has ended. Start `brief preview` again.";
    state.className = "wrong";
  };
})();
