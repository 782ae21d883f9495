// Keeps the ticks and notes of the checklist in this browser, and nowhere else.
//
// Without this script the list can be read, ticked and printed. Where the browser refuses to keep
// anything, as some do in private windows or when they are full, the list works until the page is left,
// and says so.
(() => {
  "use strict";

  const list = document.querySelector(".checklist");
  if (!list) return;

  const KEY = "shelf-ready.checklist.1";
  const KEPT =
    "Ticks and notes are kept in this browser, on this device, and are sent to nobody. “Clear” removes them.";
  const NUMBERS = (
    "None One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen " +
    "Sixteen Seventeen Eighteen Nineteen Twenty"
  ).split(" ");

  const progress = list.querySelector(".progress");
  const keeping = list.querySelector(".keeping");
  const NOT_KEPT = keeping.textContent;
  const tasks = [...list.querySelectorAll(".task")].map((item) => ({
    id: item.dataset.task,
    item,
    tick: item.querySelector("input"),
    note: item.querySelector("textarea"),
  }));

  // What is kept: { "task-id": { done: true, note: "…" } }. Ids that this page does not know stay as
  // they are, so that a task that comes back finds its tick.
  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
    } catch {
      return {};
    }
  }

  // Whether the browser has taken it.
  function write(kept) {
    try {
      if (Object.keys(kept).length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  function canKeep() {
    try {
      localStorage.setItem(`${KEY}.trial`, "");
      localStorage.removeItem(`${KEY}.trial`);
      return true;
    } catch {
      return false;
    }
  }

  // Says what becomes of ticks and notes.
  function tell(areKept) {
    const said = areKept ? KEPT : NOT_KEPT;
    if (keeping.textContent !== said) keeping.textContent = said;
  }

  // Puts what stands in a task's fields in the place of what was kept for it.
  function take(kept, { id, tick, note }) {
    delete kept[id];
    if (tick.checked || note.value) kept[id] = { done: tick.checked, note: oneLine(note.value) };
  }

  function keep(task) {
    const kept = read();
    take(kept, task);
    tell(write(kept));
  }

  // A note is one line, on the screen as on paper.
  function oneLine(text) {
    return text.replaceAll(/[\n\v\f\r\u0085\u2028\u2029]/g, " ");
  }

  function straighten({ note }) {
    const line = oneLine(note.value);
    if (line === note.value) return;
    const caret = note.selectionEnd;
    note.value = line;
    note.setSelectionRange(caret, caret);
  }

  function show(kept) {
    for (const task of tasks) {
      const mine = Object.hasOwn(kept, task.id) ? kept[task.id] : {};
      task.tick.checked = mine?.done === true;
      task.note.value = typeof mine?.note === "string" ? oneLine(mine.note.slice(0, task.note.maxLength)) : "";
      grow(task);
    }
    count();
  }

  function grow({ note }) {
    note.parentElement.dataset.note = note.value;
  }

  function inWords(number) {
    return NUMBERS[number] ?? String(number);
  }

  function count() {
    const done = tasks.filter(({ tick }) => tick.checked).length;
    const all = inWords(tasks.length).toLowerCase();
    const said = done === tasks.length ? `All ${all} done` : `${inWords(done)} of ${all} done`;
    // Said again, it would be read aloud again.
    if (progress.textContent !== said) progress.textContent = said;
  }

  // A cell of RFC 4180. A spreadsheet would run what begins with these characters; behind an
  // apostrophe, it is text.
  function cell(text) {
    const inert = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
    return `"${inert.replaceAll('"', '""')}"`;
  }

  function csv() {
    const words = (item, name) => item.querySelector(name).textContent.trim();
    const rows = tasks.map(({ item, tick, note }, index) => [
      String(index + 1),
      words(item, ".what label"),
      tick.checked ? "yes" : "no",
      note.value,
      words(item, ".why"),
      words(item, ".tag"),
      words(item, ".milestone"),
      words(item, ".answer"),
      item.querySelector(".answer").href,
    ]);
    rows.unshift(["Number", "Task", "Done", "Note", "Why", "Tag", "Milestone", "Answer", "Address"]);
    return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
  }

  function save() {
    // The mark in front tells spreadsheets that this is UTF-8.
    const file = new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "checklist.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function clear() {
    const kept = read();
    for (const task of tasks) take(kept, task);
    if (Object.keys(kept).length === 0) return;
    const others = Object.keys(kept).some((id) => tasks.every((task) => task.id !== id));
    const also = others ? ", also those of tasks that are no longer on this page" : "";
    if (!window.confirm(`Remove all ticks and notes from this browser${also}?`)) return;
    tell(write({}) && canKeep());
    show({});
  }

  // Some browsers tick the boxes of a page again when it is loaded again. Such ticks are old.
  function isFresh() {
    return performance.getEntriesByType("navigation")[0]?.type === "navigate";
  }

  // What somebody ticked or typed before this script was there counts, where nothing else is kept.
  function begin() {
    const kept = read();
    const fresh = isFresh();
    const isEarly = ({ tick, note }) => (fresh && tick.checked) || note.value;
    const early = tasks.filter((task) => !Object.hasOwn(kept, task.id) && isEarly(task));
    for (const task of early) take(kept, task);
    tell(early.length > 0 ? write(kept) : canKeep());
    show(kept);
  }

  for (const task of tasks) {
    task.tick.addEventListener("change", () => {
      keep(task);
      count();
    });
    task.note.addEventListener("input", () => {
      straighten(task);
      grow(task);
      keep(task);
    });
  }
  list.querySelector("button.print").addEventListener("click", () => window.print());
  list.querySelector("button.save").addEventListener("click", save);
  list.querySelector("button.clear").addEventListener("click", clear);
  // The same list in another tab.
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) show(read());
  });

  begin();
  list.querySelector(".tools").hidden = false;
})();
