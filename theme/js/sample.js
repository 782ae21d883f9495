// Ties the notes of a sample to their lines: whichever of the two has the pointer or the focus, both light
// up. Without this script, the number of a note leads to its line, and the other way round.
(() => {
  "use strict";

  for (const note of document.querySelectorAll(".sample .notices li")) {
    const callout = document.getElementById(note.id.replace(/-note-(\d+)$/, "-line-$1"));
    const line = callout?.closest(".line");
    if (!line) continue;
    const pair = [note, line];
    const light = (isLit) => {
      for (const part of pair) part.classList.toggle("lit", isLit);
    };
    for (const part of pair) {
      part.addEventListener("pointerenter", () => light(true));
      part.addEventListener("pointerleave", () => light(pair.some((one) => one.contains(document.activeElement))));
      part.addEventListener("focusin", () => light(true));
      part.addEventListener("focusout", () => light(pair.some((one) => one.matches(":hover"))));
    }
  }
})();
