// What is printed: the slides, or the slides with their notes. `?print=notes` asks for these in the address.
(() => {
  "use strict";

  const deck = window.shelfDeck;
  if (!deck) return;

  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get("print") === "notes" ? "notes" : "slides";
  root.dataset.print = asked;

  deck.print = (what) => {
    root.dataset.print = what;
    window.print();
  };

  // Notes that their reader folded are printed all the same.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".notes:not([open])")];
    for (const notes of folded) notes.open = true;
  });
  addEventListener("afterprint", () => {
    for (const notes of folded) notes.open = false;
    root.dataset.print = asked;
  });
})();
