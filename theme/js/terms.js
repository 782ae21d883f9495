// Notes on words of the trade. The style sheet shows and hides them; this adds what it cannot: the first
// tap shows a note where a second follows the link, Escape sends it away, and none ends below the screen.
(() => {
  "use strict";

  const WORD = ".term > a";
  let open = null;
  let touched = false;

  const term = (target) => (target instanceof Element ? target.closest(".term") : null);

  function shut() {
    open?.classList.remove("open");
    open = null;
  }

  // Below its word; above it, where the screen ends sooner.
  function place(word) {
    const note = word.querySelector(".tip");
    note.classList.remove("above");
    note.classList.toggle("above", note.getBoundingClientRect().bottom > innerHeight);
  }

  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (open && !open.contains(event.target)) shut();
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(WORD) : null;
    // A key that follows the link is a click without a count.
    if (!link || !touched || event.detail === 0) return;
    const tapped = term(link);
    if (tapped === open) return;
    event.preventDefault();
    shut();
    open = tapped;
    open.classList.remove("quiet");
    open.classList.add("open");
    place(open);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const shown of document.querySelectorAll(".term:is(:hover, :focus-within, .open)")) shown.classList.add("quiet");
    shut();
  });

  // The focus may scroll the page first.
  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const entered = term(event.target);
      if (entered && !entered.contains(event.relatedTarget)) requestAnimationFrame(() => place(entered));
    });
  }

  // Once left, a word may show its note again.
  for (const name of ["mouseout", "focusout"]) {
    document.addEventListener(name, (event) => {
      const left = term(event.target);
      if (left && !left.contains(event.relatedTarget)) left.classList.remove("quiet");
    });
  }
})();
