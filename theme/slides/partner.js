// The window for the room and that of the lecturer, each of which steps the other.
//
// A window finds the other by the handle that opening gives to both, and speaks to it alone. In a folder on
// a stick, pages have no origin that could be compared; what proves that a message is meant for us is a
// token in the names of both windows, which stay when a page is loaded again.
(() => {
  "use strict";

  const deck = window.shelfDeck;
  if (!deck) return;

  const ROLE = deck.isPresenter ? "presenter" : "room";
  const OTHER = deck.isPresenter ? "room" : "presenter";
  const isFolder = location.protocol === "file:";
  const line = document.querySelector('[data-shows="partner"]');
  const again = document.querySelector('.desk [data-do="partner"]');

  const token = /^shelf-(?:room|presenter)-([0-9a-f]{16})$/.exec(window.name)?.[1] ?? fresh();
  window.name = `shelf-${ROLE}-${token}`;

  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  let partner = window.opener;
  let isHeard = false;
  // How many things both windows have been told: whoever knows of more is right.
  let turn = 0;
  let isTold = false;
  let last = state();

  function state() {
    return JSON.stringify({ slide: deck.slides[deck.at].id, isBlank: deck.isBlank, clock: deck.clock });
  }

  function post(what) {
    if (!partner || partner.closed) return;
    const message = { shelf: deck.name, token, role: ROLE, what, turn, state: last };
    try {
      partner.postMessage(message, isFolder ? "*" : location.origin);
    } catch {
      // The window has gone to another website.
    }
  }

  function take(told) {
    const { slide, isBlank, clock } = JSON.parse(told);
    isTold = true;
    deck.clock = { before: Number(clock.before) || 0, since: clock.since === null ? null : Number(clock.since) };
    const at = deck.slides.findIndex(({ id }) => id === slide);
    if (at >= 0) deck.go(at);
    deck.blank(Boolean(isBlank));
    isTold = false;
    last = state();
    deck.changed();
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (!source || source === window || (!isFolder && origin !== location.origin)) return;
    if (data?.shelf !== deck.name || data.token !== token || data.role !== OTHER) return;
    // After this window was loaded again, it has no handle until the other one calls.
    if (source !== partner) {
      if (partner && !partner.closed && isHeard) return;
      partner = source;
    }
    isHeard = true;
    if (Number.isInteger(data.turn) && data.turn > turn) {
      turn = data.turn;
      take(data.state);
    }
    if (data.what === "call") post("answer");
    report();
  });

  deck.whenChanged(() => {
    if (isTold) return;
    const now = state();
    if (now === last) return;
    last = now;
    turn += 1;
    post("answer");
  });

  const isThere = () => Boolean(partner && !partner.closed && isHeard);

  function report() {
    if (!deck.isPresenter) return;
    const words = isThere() ? "The other window follows." : "The other window is not open.";
    const seen = isThere() && deck.isBlank ? `${words} Its screen is blank.` : words;
    if (line.textContent !== seen) line.textContent = seen;
    again.hidden = isThere();
  }

  function call() {
    if (partner?.closed) {
      partner = null;
      isHeard = false;
    }
    post("call");
    report();
  }

  // Opens the other window, or shows it where it is open. Says whether the browser let it.
  deck.openPartner = () => {
    if (isThere()) {
      partner.focus();
      return true;
    }
    const address = new URL(location.href);
    address.search = deck.isPresenter ? "" : "?presenter";
    const opened = window.open(address.href, `shelf-${OTHER}-${token}`, "popup,width=1280,height=800");
    if (!opened || opened.closed) return false;
    partner = opened;
    isHeard = false;
    return true;
  };

  setInterval(call, 1000);
  deck.callPartner = call;
})();
