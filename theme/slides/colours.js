// Shows the slides in the colours that the reader chose here, or on a page of the site.
(() => {
  "use strict";

  const KEY = "shelf-ready.appearance";
  const root = document.documentElement;
  const select = document.querySelector('[data-shows="colours"]');
  if (!select) return;

  function show(appearance) {
    const isKnown = ["light", "dark", "contrast"].includes(appearance);
    if (isKnown) root.dataset.appearance = appearance;
    else delete root.dataset.appearance;
    select.value = isKnown ? appearance : "";
  }

  try {
    show(localStorage.getItem(KEY) ?? "");
  } catch {
    // Then the colours are those of the system.
  }
  select.addEventListener("change", () => {
    show(select.value);
    try {
      if (select.value) localStorage.setItem(KEY, select.value);
      else localStorage.removeItem(KEY);
    } catch {
      // The choice then lasts until the page is left.
    }
  });
  // The other window of the pair.
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY) show(newValue ?? "");
  });
})();
