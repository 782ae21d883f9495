// The slides of a lesson, one at a time. Without this script, they stand below one another.
//
// `window.shelfDeck` is what the scripts of this folder share: which slide is shown, and in which view.
(() => {
  "use strict";

  const root = document.documentElement;
  const slides = [...document.querySelectorAll(".slide")];
  if (slides.length === 0) return;

  const isPresenter = new URLSearchParams(location.search).has("presenter");
  // Below this there is no room for a slide: a telephone, or a page that its reader has enlarged. Paper has its
  // own style sheet.
  const room = matchMedia("print, (width >= 50em) and (height >= 25em)");
  const status = document.querySelector('[data-shows="said"]');
  const headings = slides.map((slide) => slide.querySelector("h2"));
  const listeners = [];

  const deck = {
    name: root.dataset.deck,
    isPresenter,
    slides,
    at: 0,
    wanted: isPresenter ? "presenter" : "show",
    isBlank: false,
    // Calls back after every change of slide, view or blank screen.
    whenChanged: (listener) => listeners.push(listener),
    changed: () => listeners.forEach((listener) => listener()),
  };
  window.shelfDeck = deck;

  const inRange = (number) => Math.min(Math.max(number, 0), slides.length - 1);

  // What the address names: a slide, or something in one; `null` for neither.
  function target() {
    const id = location.hash.slice(1);
    try {
      return document.getElementById(decodeURIComponent(id));
    } catch {
      return document.getElementById(id);
    }
  }

  const holding = (element) => slides.indexOf(element?.closest(".slide"));

  function view() {
    return room.matches || isPresenter ? deck.wanted : "text";
  }

  function show() {
    const now = view();
    root.dataset.view = now;
    slides.forEach((slide, index) => {
      slide.classList.toggle("now", index === deck.at);
      slide.classList.toggle("then", index === deck.at + 1);
      const place = `${index + 1} of ${slides.length}`;
      slide.setAttribute("aria-label", isPresenter && index === deck.at + 1 ? `Next: ${place}` : place);
      slide.querySelector(".face").inert = now === "overview";
    });
    for (const [name, end] of [["previous", 0], ["next", slides.length - 1]]) {
      document.querySelector(`.steps [data-do="${name}"]`).setAttribute("aria-disabled", String(deck.at === end));
    }
    document.querySelector("button.blank").hidden = !deck.isBlank || isPresenter;
    deck.changed();
  }

  function say(words) {
    status.textContent = words;
  }
  deck.say = say;

  // Tells people who do not see the slide that it is another one: the heading gets the focus, unless a
  // button has it, which is pressed again and again.
  function tell() {
    const heading = headings[deck.at];
    const focused = document.activeElement;
    const isBusy = focused?.closest(".steps, .desk, dialog");
    if (isPresenter || isBusy) say(`${deck.at + 1} of ${slides.length}: ${heading.textContent}`);
    else heading.focus({ preventScroll: view() !== "text" });
  }

  // Shows a slide. A jump can be taken back with the browser's button; a step cannot, so that the button
  // leads out of the slides after a talk of forty steps.
  deck.go = (number, { isJump = false, isQuiet = false } = {}) => {
    const to = inRange(number);
    if (to === deck.at) return;
    deck.at = to;
    const address = `#${encodeURIComponent(slides[to].id)}`;
    if (isJump) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    show();
    if (view() === "text") slides[to].scrollIntoView();
    if (!isQuiet) tell();
  };

  deck.look = (wanted) => {
    deck.wanted = deck.wanted === wanted ? "show" : wanted;
    show();
    scrollTo(0, 0);
    if (view() === "overview") slides[deck.at].querySelector(".to").focus();
    else if (view() === "text") slides[deck.at].scrollIntoView();
    else headings[deck.at].focus();
  };

  deck.blank = (isBlank = !deck.isBlank) => {
    if (isBlank === deck.isBlank) return;
    deck.isBlank = isBlank;
    show();
    const cover = document.querySelector("button.blank");
    if (isPresenter) say(isBlank ? "The screen in the room is blank." : "The room sees the slide again.");
    else if (isBlank) cover.focus();
    else headings[deck.at].focus();
  };

  // The notes below the slide, on the same screen.
  deck.notes = () => {
    if (isPresenter) return;
    if (deck.wanted !== "show") deck.look("show");
    root.toggleAttribute("data-notes");
    show();
  };

  // An address that somebody typed, followed, or went back to.
  function follow() {
    const named = target();
    const at = holding(named);
    if (at < 0) return;
    const isOther = at !== deck.at;
    deck.at = at;
    if (deck.wanted === "overview") deck.wanted = "show";
    // A publication stands in the notes.
    if (named.closest(".notes") && deck.wanted === "show") root.setAttribute("data-notes", "");
    show();
    named.scrollIntoView({ block: "nearest" });
    if (isOther || named === slides[at]) tell();
  }

  for (const [index, slide] of slides.entries()) {
    const link = document.createElement("a");
    link.className = "to";
    link.href = `#${encodeURIComponent(slide.id)}`;
    link.setAttribute("aria-label", `${index + 1}: ${headings[index].textContent}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      deck.wanted = "show";
      if (index === deck.at) deck.look("show");
      else deck.go(index, { isJump: true });
      show();
      headings[deck.at].focus();
    });
    slide.append(link);
  }

  document.querySelector(".steps").hidden = false;
  document.querySelector(".desk").hidden = !isPresenter;
  if (isPresenter) {
    document.title = `Lecturer: ${document.title}`;
    for (const name of ["presenter", "notes", "overview", "text"]) {
      document.querySelector(`dialog.more [data-do="${name}"]`).closest("li").hidden = true;
    }
    let last;
    deck.whenChanged(() => {
      document.querySelector(".after-last").hidden = deck.at < slides.length - 1;
      document.querySelector(".which-next").hidden = deck.at === slides.length - 1;
      if (last !== deck.at) slides[deck.at].querySelector(".notes").scrollTop = 0;
      last = deck.at;
    });
  }
  deck.at = inRange(holding(target()));
  room.addEventListener("change", show);
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  deck.start = () => {
    show();
    if (view() !== "text" && !isPresenter && location.hash) headings[deck.at].focus();
  };
})();
