// Buttons and keys. Those of one letter or digit can be turned off (WCAG 2.1.4): some people speak to their
// computer. The keys of the remotes that lecturers hold are those for pages.
(() => {
  "use strict";

  const deck = window.shelfDeck;
  if (!deck) return;

  const KEY = "shelf-ready.slide-keys";
  const dialog = document.querySelector("dialog.more");
  const blocked = dialog.querySelector(".blocked");
  const tick = dialog.querySelector('[data-shows="keys"]');
  // Digits that were typed, until Enter.
  let digits = "";

  function hasKeys() {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return tick.checked;
    }
  }

  tick.checked = hasKeys();
  tick.addEventListener("change", () => {
    try {
      if (tick.checked) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "off");
    } catch {
      // The choice then lasts until the page is left.
    }
  });

  function more() {
    if (!dialog.open) dialog.showModal();
  }

  function openPartner() {
    const isOpen = deck.openPartner();
    blocked.hidden = isOpen;
    if (!isOpen) more();
    else if (dialog.open) dialog.close();
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => deck.say("The browser did not allow full screen."));
  }

  const step = (by) => {
    if (deck.isBlank) deck.blank(false);
    deck.go(deck.at + by);
  };

  const actions = {
    previous: () => step(-1),
    next: () => step(1),
    first: () => deck.go(0, { isJump: true }),
    last: () => deck.go(deck.slides.length - 1, { isJump: true }),
    more() {
      blocked.hidden = true;
      more();
    },
    presenter: openPartner,
    partner: openPartner,
    notes: () => deck.notes(),
    overview: () => !deck.isPresenter && deck.look("overview"),
    text: () => !deck.isPresenter && deck.look("text"),
    full: fullScreen,
    blank: () => deck.blank(),
    clock: () => deck.startOrPause(),
    reset: () => deck.reset(),
    print: () => deck.print("slides"),
    "print-notes": () => deck.print("notes"),
    close: () => dialog.close(),
  };

  const KEYS = {
    ArrowRight: "next",
    ArrowDown: "next",
    PageDown: "next",
    " ": "next",
    ArrowLeft: "previous",
    ArrowUp: "previous",
    PageUp: "previous",
    Home: "first",
    End: "last",
  };
  const LETTERS = { b: "blank", ".": "blank", f: "full", n: "notes", o: "overview", p: "presenter", t: "text", "?": "more" };

  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (!name) return;
    // The dialogue is in the way of what it starts.
    if (dialog.open && !["close", "presenter", "more"].includes(name)) dialog.close();
    actions[name]();
  });

  // In the overview, arrows lead from slide to slide.
  function walk(key) {
    const links = [...document.querySelectorAll(".slide .to")];
    const at = links.indexOf(document.activeElement);
    const inRow = links.filter((link) => link.getBoundingClientRect().top === links[0].getBoundingClientRect().top).length;
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, ArrowDown: inRow, ArrowUp: -inRow }[key];
    const to = key === "Home" ? 0 : key === "End" ? links.length - 1 : by && at + by;
    if (to === undefined) return false;
    links[to]?.focus();
    return true;
  }

  // Whether a key means something to what has the focus, or scrolls a long text.
  function isTaken({ key, target }) {
    if (target.closest?.("input, select, textarea")) return true;
    const view = document.documentElement.dataset.view;
    if (view === "text") return !(key in LETTERS);
    const isPressed = key === " " || key === "Enter";
    if (isPressed && target.closest?.("button, a, summary")) return true;
    const scrolls = target.closest?.(".notes");
    return Boolean(scrolls) && ["ArrowDown", "ArrowUp"].includes(key) && scrolls.scrollHeight > scrolls.clientHeight;
  }

  function act(event) {
    const { key } = event;
    const view = document.documentElement.dataset.view;
    if (key === "Escape") {
      digits = "";
      if (deck.isBlank) deck.blank(false);
      else if (view === "overview" || (view === "text" && deck.wanted === "text")) deck.look("show");
      else return false;
      return true;
    }
    if (isTaken(event)) return false;
    if (view === "overview" && walk(key)) return true;
    if (hasKeys() && /^[0-9]$/.test(key)) {
      digits = (digits + key).slice(-3);
      return true;
    }
    if (key === "Enter" && digits) {
      deck.go(Number(digits) - 1, { isJump: true });
      digits = "";
      return true;
    }
    digits = "";
    const name = KEYS[key] ?? (hasKeys() ? LETTERS[key.toLowerCase()] : undefined);
    if (!name) return false;
    actions[name]();
    return true;
  }

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || dialog.open) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event)) event.preventDefault();
  });

  deck.start();
  deck.callPartner();
})();
