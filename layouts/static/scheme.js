// Dark or light as the reader chose, else as the system prefers; in the head, so that no page flashes in the other one.
"use strict";
{
  const KEY = "pressfold-scheme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Where storage is forbidden the choice holds for the page alone.
  const recall = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const keep = (scheme) => {
    try { scheme ? localStorage.setItem(KEY, scheme) : localStorage.removeItem(KEY); } catch { /* see above */ }
  };

  const chosen = () => root.dataset.scheme;
  const dark = () => (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
  const choose = (scheme) => {
    if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  choose(recall());

  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("scheme");
    const show = () => button.setAttribute("aria-pressed", String(dark()));
    if (!button) return;
    button.addEventListener("click", () => {
      const wanted = dark() ? "light" : "dark";
      const usual = system.matches ? "dark" : "light";
      choose(wanted === usual ? null : wanted); // from then on the system is followed again
      keep(chosen());
      show();
    });
    system.addEventListener("change", show);
    addEventListener("storage", (event) => { if (event.key === KEY) { choose(event.newValue); show(); } });
    addEventListener("pageshow", () => { choose(recall()); show(); }); // a page that the browser had kept
    show();
    button.hidden = false;
  });
}
