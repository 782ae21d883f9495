// The search in the bar above every page. Nothing is loaded before a reader goes to the field; then
// everything happens here, and what is typed is sent to nobody.
(() => {
  "use strict";

  const search = document.querySelector(".search");
  if (!search) return;

  const MOST = 8;
  const KEY = "shelf-ready.search-key";
  const root = search.dataset.root;
  const input = search.querySelector("input");
  const panel = search.querySelector(".search-results");
  const status = search.querySelector("[role=status]");

  let find;
  let loading;
  let before;
  let saying;

  function load(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = search.dataset[name];
      // A browser can prove the integrity of no file that comes from a folder, and then refuses it.
      if (location.protocol !== "file:") script.integrity = search.dataset[`${name}Integrity`];
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });
  }

  function prepare() {
    loading ??= Promise.all([load("engine"), load("pages")])
      .then(() => window.shelfSearch.finder(window.MiniSearch, window.shelfPages))
      .then(
        (made) => {
          find = made;
          if (search.contains(document.activeElement)) show();
        },
        () => {
          loading = undefined;
          open([helping("The search could not be loaded.")], "The search could not be loaded.");
        },
      );
  }

  // A sentence, and links that help on.
  function helping(sentence) {
    const made = document.createElement("div");
    made.className = "search-none";
    const said = document.createElement("p");
    said.textContent = sentence;
    const list = document.createElement("ul");
    for (const [address, words] of helpers()) {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = words;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    made.append(said, list);
    return made;
  }

  function helpers() {
    return [
      ["questions.html", "Every question"],
      ["asked.html", "What we are asked"],
      ["glossary.html", "Glossary"],
    ].map(([address, words]) => [root + address, words]);
  }

  function show() {
    const typed = input.value.trim();
    if (!typed || !find) return close();
    const { found, total } = find(typed, MOST);
    if (found.length === 0) {
      open([helping(`Nothing found for “${typed}”. Try another word, or look here:`)], "Nothing found.");
      return;
    }
    const list = document.createElement("ul");
    list.setAttribute("role", "list");
    list.setAttribute("aria-label", "Results");
    list.append(...found.map((result, index) => window.shelfSearch.resultOf(result, index, root)));
    const number = total > MOST ? `The best ${MOST} of ${total} results.` : `${total} ${total === 1 ? "result" : "results"}.`;
    open([list], `${number} The down arrow leads to them.`);
  }

  // Says how many were found once typing stops.
  function open(content, said) {
    panel.replaceChildren(...content, foot());
    panel.hidden = false;
    panel.scrollTop = 0;
    clearTimeout(saying);
    saying = setTimeout(() => {
      status.textContent = said;
    }, 700);
  }

  function close() {
    clearTimeout(saying);
    status.textContent = "";
    panel.hidden = true;
  }

  // A shortcut of one key must be possible to turn off (WCAG 2.1.4): some people speak to their computer.
  function hasKey() {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return true;
    }
  }

  function foot() {
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = hasKey();
    tick.addEventListener("change", () => {
      try {
        if (tick.checked) localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, "off");
      } catch {
        tick.checked = true;
      }
    });
    label.append(tick, "The key / leads to the search");
    label.className = "search-key";
    return label;
  }

  const links = () => [...panel.querySelectorAll("a")];

  // From the field down through the results, and back.
  function walk(event) {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const isInField = document.activeElement === input;
    if (event.key === "Escape") leave();
    else if (at < 0 && !isInField) return;
    else if (event.key === "ArrowDown" && panel.hidden) show();
    else if (panel.hidden) return;
    else if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && !isInField) (all[at - 1] ?? input).focus();
    else if (event.key === "Enter" && isInField) all[0]?.focus();
    else return;
    event.preventDefault();
  }

  // The first time closes the results, the second returns to where the reader was.
  function leave() {
    if (!panel.hidden) {
      close();
      input.focus();
      return;
    }
    input.value = "";
    if (before?.isConnected && before !== document.body) before.focus();
    else input.blur();
  }

  const isField = (element) => element.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isField(event.target)) return;
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && hasKey();
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isSlash && !isK) return;
    event.preventDefault();
    before = document.activeElement;
    input.focus();
    input.select();
    show();
  });
  addEventListener("pointerdown", (event) => {
    if (!search.contains(event.target)) close();
  });

  search.addEventListener("keydown", (event) => {
    if (!event.isComposing) walk(event);
  });
  search.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) close();
  });
  // A result may stand on this very page.
  panel.addEventListener("click", (event) => {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) close();
  });
  input.addEventListener("focus", prepare);
  input.addEventListener("input", show);
  input.addEventListener("click", () => {
    if (panel.hidden) show();
  });

  search.hidden = false;
  // Another page or the browser may ask: questions.html?search=words.
  const asked = new URLSearchParams(location.search).get("search");
  if (asked) {
    input.value = asked.slice(0, input.maxLength);
    input.focus();
  }
})();
