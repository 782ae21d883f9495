// The press room's field: the piece that answers a question, why, and what to send. Everything happens
// here, and what is typed is sent to nobody. Without this script the page is the whole list.
(() => {
  "use strict";

  const asking = document.querySelector(".press .asking");
  if (!asking) return;

  const input = asking.querySelector("textarea");
  const list = asking.querySelector(".found");
  const status = asking.querySelector("[role=status]");

  const SURE = "One piece fits best.";
  const NOTHING = "Nothing here answers that. Try other words, or look through the list below.";
  const FAILED = "The words of the pieces could not be loaded. The list below has every piece.";

  let find;
  let loading;
  let saying;

  function load() {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = asking.dataset.index;
      // A browser can prove the integrity of no file that comes from a folder, and then refuses it.
      if (location.protocol !== "file:") script.integrity = asking.dataset.indexIntegrity;
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });
  }

  function prepare() {
    loading ??= load().then(
      () => {
        find = window.shelfPress.finderOf(window.shelfPress.index);
        show();
      },
      () => {
        loading = undefined;
        say(FAILED);
      },
    );
  }

  // Seen at once, and heard once typing stops.
  function say(words) {
    clearTimeout(saying);
    saying = setTimeout(() => {
      status.textContent = words;
    }, 400);
  }

  // The entry of the list, without its id, with the words that led to it.
  function offer({ slug, because }) {
    const entry = document.getElementById(`piece-${slug}`);
    if (!entry) return [];
    const item = document.createElement("li");
    item.className = "entry";
    item.dataset.piece = slug;
    item.append(...[...entry.children].map((child) => child.cloneNode(true)));
    const why = document.createElement("p");
    why.className = "why";
    why.textContent = `Why: ${because.join("; ")}.`;
    item.querySelector("h3").after(why);
    return [item];
  }

  function show() {
    const question = input.value.trim();
    const found = question && find ? find(question) : [];
    const items = found.flatMap(offer);
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
    const isSure = found.some(({ sure }) => sure);
    list.classList.toggle("sure", isSure);
    if (!question) say("");
    else if (find) say(items.length === 0 ? NOTHING : isSure ? sure(items.length) : unsure(items.length));
  }

  const others = (number) => (number === 2 ? "Another comes" : `${number - 1} others come`);
  const sure = (number) => (number === 1 ? SURE : `${SURE} ${others(number)} after it.`);
  const unsure = (number) => (number === 1 ? "One piece may fit." : `No piece stands out. These ${number} fit best:`);

  input.addEventListener("focus", prepare);
  input.addEventListener("input", () => {
    prepare();
    show();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      list.querySelector("a")?.focus();
    }
    if (event.key === "Escape" && input.value !== "") {
      event.preventDefault();
      input.value = "";
      show();
    }
  });
  asking.hidden = false;
  // A browser may bring back what was typed.
  if (input.value) prepare();
})();
