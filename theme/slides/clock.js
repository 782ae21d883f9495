// The lecturer's clock: the time of day, the time since the start, and whether the lesson keeps to its plan.
(() => {
  "use strict";

  const deck = window.shelfDeck;
  if (!deck) return;

  const MINUTE = 60_000;
  const place = (name) => document.querySelector(`[data-shows="${name}"]`);
  const button = document.querySelector('.desk [data-do="clock"]');
  const minutes = deck.slides.map((slide) => Number(slide.dataset.minutes));

  // What has run before the last start, and when that was; both windows keep it.
  deck.clock = { before: 0, since: null };

  const elapsed = () => deck.clock.before + (deck.clock.since === null ? 0 : Date.now() - deck.clock.since);

  const two = (number) => String(number).padStart(2, "0");

  function inDigits(time) {
    const seconds = Math.floor(time / 1000);
    const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600];
    const short = `${Math.floor(rest / 60)}:${two(rest % 60)}`;
    return hours ? `${hours}:${short.padStart(5, "0")}` : short;
  }

  // Ahead, behind or neither: a slide has its time from the end of those before it. One that the plan gives no
  // time, such as the title, has a minute.
  function pace() {
    const from = minutes.slice(0, deck.at).reduce((sum, one) => sum + one, 0) * MINUTE;
    const to = from + (minutes[deck.at] || 1) * MINUTE;
    const time = elapsed();
    if (deck.clock.since === null && time === 0) return ["", "The clock stands."];
    if (time < from) return ["ahead", `${inDigits(from - time)} ahead`];
    if (time > to) return ["behind", `${inDigits(time - to)} behind`];
    return ["on", `On time, next in ${inDigits(to - time + 999)}`];
  }

  function write(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }

  function tick() {
    const day = new Date();
    write(place("clock"), `${two(day.getHours())}:${two(day.getMinutes())}`);
    write(place("elapsed"), inDigits(elapsed()));
    const until = minutes.slice(0, deck.at + 1).reduce((sum, one) => sum + one, 0);
    write(place("plan"), minutes[deck.at] ? `${minutes[deck.at]} min, until minute ${until}` : "No time of its own");
    const [state, words] = pace();
    write(place("pace"), words);
    place("pace").dataset.pace = state;
    write(button, deck.clock.since !== null ? "Pause the clock" : elapsed() ? "Go on" : "Start the clock");
  }

  deck.startOrPause = () => {
    deck.clock = deck.clock.since === null ? { before: elapsed(), since: Date.now() } : { before: elapsed(), since: null };
    deck.changed();
  };
  deck.reset = () => {
    deck.clock = { before: 0, since: deck.clock.since === null ? null : Date.now() };
    deck.changed();
  };

  if (!deck.isPresenter) return;
  deck.whenChanged(tick);
  setInterval(tick, 250);
})();
