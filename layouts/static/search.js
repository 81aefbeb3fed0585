// The search of /search/: what is typed is folded as the index is, asked of Pagefind, and shown as the lists show it.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const PAGE = 20; // results that are fetched and shown at a time
  const PAUSE = 200; // milliseconds without a key until the question is asked
  const byId = (id) => document.getElementById(id);
  const form = byId("search");
  if (!form) return;
  const { root, bundle, words, none, failed } = form.dataset;
  const found = JSON.parse(form.dataset.found);
  const [status, list, more, pattern] = ["found", "results", "more", "result"].map(byId);

  // Words as they are looked for: the same as pressfold/folding.py, by its tables.
  const rules = JSON.parse(form.dataset.rules);
  const abbreviation = new RegExp(rules.abbreviation, "gu");
  const unspaced = new RegExp(rules.unspaced, "gu");
  const pairs = (run) => {
    const characters = [...run];
    const couples = characters.slice(1).map((character, at) => characters[at] + character);
    return ` ${(couples.length ? couples : characters).join(" ")} `;
  };
  const fold = (text) => {
    const bare = text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase();
    const same = [...bare].map((character) => rules.letters[character] ?? character).join("");
    const plain = same.replace(abbreviation, "").match(/[\p{L}\p{N}]+/gu) ?? [];
    return plain.join(" ").replace(unspaced, pairs).split(" ").filter(Boolean).join(" ");
  };
  const QUOTED = /^\s*["“”„«].+["“”»]\s*$/u;
  const term = (text) => (QUOTED.test(text) && fold(text) ? `"${fold(text)}"` : fold(text));

  // The index, opened when it is first asked.
  let opened;
  const open = async () => {
    const pagefind = await import(new URL(bundle, location));
    // Pagefind cuts words by the page's language, which it reads here and now; ours are cut already.
    const page = document.documentElement;
    const language = page.lang;
    page.lang = "und";
    const index = pagefind.createInstance({});
    page.lang = language;
    await index.init();
    return index;
  };

  // The question stands in the address, so that it can be kept, sent and come back to.
  const FILTERS = ["company", "language", "year"];
  const recall = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of form.elements) if (asked.has(field.name)) field.value = asked.get(field.name);
    for (const field of form.querySelectorAll("select")) if (field.selectedIndex < 0) field.value = "";
  };
  const keep = () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", String(asked) ? `?${asked}` : location.pathname);
  };

  const inside = (name, ...children) => {
    const node = document.createElement(name);
    node.append(...children);
    return node;
  };
  const company = ([name, address]) => {
    const link = inside("a", inside("bdi", name));
    link.href = root + address;
    return [inside("span", link), " "];
  };
  const fill = (node, text) => { if (text) node.textContent = text; else node.remove(); };
  const shown = (said) => {
    const node = pattern.content.cloneNode(true);
    const at = (place) => node.querySelector(place);
    Object.assign(at(".headline a"), { href: root + said.address, textContent: said.title });
    at(".kicker").append(...(said.companies ?? []).flatMap(company));
    if (!said.companies) at(".kicker").remove();
    for (const place of [".headline", ".summary"]) Object.assign(at(place), { lang: said.lang, dir: said.dir });
    if (said.dir !== document.documentElement.dir) {
      at("article").classList.add("turned");
      at(".kicker")?.setAttribute("dir", said.dir);
    }
    const when = inside("time", said.when);
    when.dateTime = said.day;
    at(".when").append(when);
    fill(at(".tongue"), said.language);
    if (said.source) at(".source bdi").textContent = said.source; else at(".source").remove();
    if (!said.unconfirmed) at(".mark").remove();
    fill(at(".summary"), said.summary);
    return node;
  };

  // Of a word that no article has, Pagefind takes the beginning that one has: then nothing was found.
  const meant = async ([first], asked) => {
    if (!first) return true;
    const { content, locations } = await first.data();
    const there = content.split(" ").filter((_, at) => locations.includes(at));
    return asked.replaceAll('"', "").split(" ").every((word) => there.some((other) => other.startsWith(word)));
  };

  let turn = 0; // of the questions; an answer to an earlier one comes too late
  let results = [];
  const page = (from) => Promise.all(results.slice(from, from + PAGE).map(
    async (result) => shown(JSON.parse((await result.data()).anchors[0].id)),
  ));
  const next = async () => {
    const [mine, before] = [turn, list.children.length];
    const items = await page(before);
    if (mine !== turn || before !== list.children.length) return;
    list.append(...items);
    more.hidden = list.children.length >= results.length;
    list.children[before].querySelector(".headline a").focus();
  };
  const answered = async () => {
    const given = new FormData(form);
    const wanted = term(given.get("q"));
    const filters = Object.fromEntries(FILTERS.map((name) => [name, given.get(name)]).filter(([, value]) => value));
    if (!wanted && !Object.keys(filters).length) return null;
    const sort = given.get("order") === "newest" || !wanted ? { day: "desc" } : {};
    const index = await (opened ??= open());
    const answer = (await index.search(wanted || null, { filters, sort })).results;
    return !wanted || (await meant(answer, wanted)) ? answer : [];
  };
  const count = (number) => {
    const form = found[new Intl.PluralRules(words).select(number)] ?? found.other;
    return number ? form.replace("%(num)s", number) : none;
  };
  const ask = async () => {
    const mine = ++turn;
    keep();
    let said;
    let items = [];
    try {
      const answer = await answered();
      if (mine !== turn) return;
      results = answer ?? [];
      items = await page(0);
      said = answer ? count(answer.length) : "";
    } catch {
      if (mine !== turn) return;
      results = [];
      opened = undefined; // the next question tries again
      said = failed;
    }
    if (mine !== turn) return;
    list.replaceChildren(...items);
    more.hidden = items.length >= results.length;
    status.textContent = said;
  };

  let waiting;
  const soon = (pause) => { clearTimeout(waiting); waiting = setTimeout(ask, pause); };
  form.addEventListener("input", (event) => soon(event.target.name === "q" ? PAUSE : 0));
  form.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
  more.addEventListener("click", () => next().catch(() => { status.textContent = failed; }));
  recall();
  if (location.search) ask();
  else form.elements.q.focus();
});
