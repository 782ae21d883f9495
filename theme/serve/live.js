// Loads the page again when the site was made anew, and shows what the build found beside it. Only
// `cargo shelf serve` adds it to pages. The policy allows no connections, so it asks for scripts that wait.
(() => {
  "use strict";
  const site = Number(document.currentScript.dataset.site);
  const root = document.documentElement;
  const hiddenKey = "shelf-findings-hidden";
  let seen = 0;
  let waiting = false;

  function wait() {
    // Who is not looked at leaves the connection to others.
    if (waiting || document.hidden || document.readyState !== "complete") return;
    waiting = true;
    const script = document.createElement("script");
    const done = (pause) => {
      script.remove();
      waiting = false;
      setTimeout(wait, pause);
    };
    script.src = `/-/wait?page=${encodeURIComponent(location.pathname)}&seen=${seen}`;
    script.addEventListener("load", () => done(again));
    script.addEventListener("error", () => done(1000));
    document.head.append(script);
  }

  // Until the server has said, and where what it says cannot be read.
  let again = 1000;
  document.addEventListener("shelf:news", ({ detail }) => {
    again = detail.again;
    if (detail.site !== site) {
      waiting = true;
      location.reload();
      return;
    }
    if (detail.edition === seen) return;
    seen = detail.edition;
    show(detail);
  });
  document.addEventListener("visibilitychange", wait);
  // Not before the page is whole: a script that waits would keep the browser loading.
  window.addEventListener("load", wait);

  function make(name, className, ...children) {
    const element = document.createElement(name);
    element.className = className;
    // Strings become text, whatever they say.
    element.append(...children);
    return element;
  }

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  function inWords(errors, warnings) {
    const parts = [];
    if (errors) parts.push(count(errors, "error"));
    if (warnings) parts.push(count(warnings, "warning"));
    return parts.join(" and ");
  }

  function row(path, found) {
    const place = make("code", "shelf-findings-place", `${path}:${found.line}:${found.column}`);
    const kind = make("strong", "shelf-findings-kind", `${found.severity} `, make("code", "", found.rule));
    const item = make("li", `shelf-findings-${found.severity}`, make("p", "", kind), make("p", "", place));
    item.append(make("p", "", found.problem), make("p", "shelf-findings-help", `Help: ${found.help}`));
    return item;
  }

  function other(found) {
    const name = found.page ? make("a", "", found.path) : make("code", "", found.path);
    if (found.page) name.href = found.page;
    return make("li", "", name, `: ${inWords(found.errors, found.warnings)}`);
  }

  function list(title, items, more, noun) {
    if (items.length === 0) return [];
    const all = make("ul", "", ...items);
    if (more) all.append(make("li", "", `and ${more} more ${noun}`));
    return [make("h3", "", title), all];
  }

  function show(news) {
    document.querySelector(".shelf-findings")?.remove();
    root.classList.remove("shelf-findings-open");
    const nothing = !news.trouble && news.here.length === 0 && news.elsewhere.length === 0;
    if (nothing) return;

    const state = news.current
      ? "The site was made, with warnings."
      : site
        ? "The build stopped. The page you see is the last good one."
        : "The build stopped, and there is no website yet.";
    const body = make("div", "shelf-findings-body", make("h2", "", "What the build found"), make("p", "", state));
    body.id = "shelf-findings-body";
    body.tabIndex = 0;
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", "What the build found");
    if (news.trouble) body.append(make("p", "shelf-findings-error", news.trouble));
    body.append(...list("On this page", news.here.map((found) => row(news.path, found)), news.more, "on this page"));
    body.append(...list("Elsewhere", news.elsewhere.map(other), news.moreElsewhere, "files"));

    const sum = (key) => news.elsewhere.reduce((total, found) => total + found[key], 0);
    const here = (kind) => news.here.filter((found) => found.severity === kind).length;
    const total = inWords(here("error") + sum("errors"), here("warning") + sum("warnings")) || "trouble";
    const button = make("button", "shelf-findings-button");
    button.type = "button";
    button.setAttribute("aria-controls", body.id);
    const status = make("p", "shelf-findings-status");
    status.setAttribute("role", "status");
    const panel = make("aside", "shelf-findings", button, status, body);
    panel.lang = "en";
    panel.dir = "ltr";
    panel.setAttribute("aria-label", "Findings of the build");

    // Hidden until something else is found, also when the page is loaded again.
    const what = JSON.stringify([news.trouble, news.here, news.elsewhere]);
    const open = (isOpen) => {
      body.hidden = !isOpen;
      root.classList.toggle("shelf-findings-open", isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
      button.textContent = isOpen ? "Hide findings" : `Show findings: ${total}`;
      try {
        if (isOpen) sessionStorage.removeItem(hiddenKey);
        else sessionStorage.setItem(hiddenKey, what);
      } catch {
        // Without a memory, it is open each time.
      }
    };
    button.addEventListener("click", () => open(body.hidden));
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || body.hidden) return;
      open(false);
      button.focus();
    });
    let wasHidden = false;
    try {
      wasHidden = sessionStorage.getItem(hiddenKey) === what;
    } catch {
      // As above.
    }
    document.body.append(panel);
    open(!wasHidden);
    // Said by a screen reader only if it comes after the element.
    setTimeout(() => (status.textContent = `${state} ${total}.`), 100);
  }
})();
