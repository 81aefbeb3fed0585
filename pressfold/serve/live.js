// Added by `pressfold serve`: reloads the page when the site was written anew, and shows the problems of the newest
// build over it. What `pressfold build` writes holds no script.
(() => {
  "use strict";
  const script = document.currentScript;
  const mark = script.dataset.mark;
  let stream = null;
  let told = "[]";
  let box = null;

  const style = `
    :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    section {
      --paper: #fff4f1; --ink: #2a1410; --edge: #b3261e; color-scheme: light;
      display: flex; gap: 1rem; align-items: start; box-sizing: border-box; max-height: 60vh; padding: 1rem;
      background: var(--paper); color: var(--ink); border-top: 4px solid var(--edge);
      box-shadow: 0 -4px 24px rgb(0 0 0 / .3); font: 15px/1.5 system-ui, sans-serif; text-align: left;
    }
    @media (prefers-color-scheme: dark) {
      section { --paper: #2b1512; --ink: #ffe9e4; --edge: #ff8a75; color-scheme: dark; }
    }
    @media print { :host { display: none; } }
    div { flex: 1; min-width: 0; max-height: calc(60vh - 2rem); overflow: auto; }
    h2 { margin: 0 0 .5rem; font-size: 1em; }
    ul { margin: 0; padding: 0; list-style: none; }
    li { margin: .375rem 0; overflow-wrap: anywhere; }
    code { font: bold .9375em/1.5 ui-monospace, monospace; color: var(--edge); }
    button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 4px; padding: .25rem .75rem; }
    :focus-visible { outline: 3px solid var(--edge); outline-offset: 2px; }
  `;

  const made = (name, text = "", attributes = {}) => {
    const node = document.createElement(name);
    node.textContent = text;
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };

  const close = () => {
    box?.remove();
    box = null;
  };

  const show = (problems) => {
    if (JSON.stringify(problems) === told) return; // one that was closed stays closed until something changes
    told = JSON.stringify(problems);
    close();
    if (!problems.length) return;
    const list = made("ul");
    for (const { path, line, message, hint } of problems) {
      const item = made("li");
      const where = made("code", line ? `${path}:${line}` : path, { dir: "ltr" });
      const said = made("bdi", `${message}${hint ? ` (${hint})` : ""}`);
      item.append(where, ": ", said);
      list.append(item);
    }
    const words = made("div", "", { tabindex: "0" }); // a long list scrolls by keyboard
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    words.append(made("h2", `${count}; the site stays as it was`), list);
    const button = made("button", "Close", { type: "button", title: "Escape closes it too" });
    button.addEventListener("click", close);
    const section = made("section", "", { role: "alert", lang: "en", dir: "ltr" });
    section.append(words, button);
    box = made("pressfold-problems");
    const inside = box.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // a page's policy forbids style elements, not this
    sheet.replaceSync(style);
    inside.adoptedStyleSheets = [sheet];
    document.documentElement.append(box);
    inside.append(section);
  };

  const listen = () => {
    if (document.hidden) { // browsers keep few connections to one server: hidden pages give theirs up
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(new URL("events", script.src));
      stream.onmessage = (event) => {
        const state = JSON.parse(event.data);
        if (state.mark === mark) {
          show(state.problems);
        } else {
          stream.close();
          location.reload();
        }
      };
    }
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("visibilitychange", listen);
  listen();
})();
