// Runs before the page is painted: shows it in the colours that the reader chose. It is the one script
// without an integrity attribute, so that it can help a folder of pages on a stick (see below).
(() => {
  "use strict";

  const KEY = "shelf-ready.appearance";
  const root = document.documentElement;

  function chosen() {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return "";
    }
  }

  function show(appearance) {
    if (["light", "dark", "contrast"].includes(appearance)) root.dataset.appearance = appearance;
    else delete root.dataset.appearance;
  }

  show(chosen());

  // A browser can prove the integrity of no file that comes from a folder, and then refuses it.
  function giveStyles() {
    for (const refused of document.querySelectorAll("link[integrity]")) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = refused.href;
      refused.replaceWith(link);
    }
  }

  function giveScripts() {
    for (const refused of document.querySelectorAll("script[integrity]")) {
      const script = document.createElement("script");
      script.src = refused.src;
      refused.replaceWith(script);
    }
  }

  if (location.protocol === "file:") {
    giveStyles();
    document.addEventListener("DOMContentLoaded", () => {
      giveStyles();
      giveScripts();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("appearance");
    if (!select) return;
    select.value = root.dataset.appearance ?? "";
    select.closest(".appearance").hidden = false;
    select.addEventListener("change", () => {
      show(select.value);
      try {
        if (select.value) localStorage.setItem(KEY, select.value);
        else localStorage.removeItem(KEY);
      } catch {
        // The choice then lasts until the page is left.
      }
    });
  });
})();
