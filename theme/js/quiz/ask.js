// The quiz of a lesson: choose, check, be told why, try again. Without this script the answer to each
// question can be unfolded below it. Nothing that a reader chooses leaves the browser.
(() => {
  "use strict";

  const quiz = document.querySelector(".quiz");
  if (!quiz) return;

  const KEPT =
    "Your answers are kept in this browser, on this device, and are sent to nobody. “Clear my answers” removes them.";
  const NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split(" ");
  // A second press that was meant for the button which stood there before.
  const TOO_SOON = 500;

  const keeper = window.shelfQuiz.keeperOf(quiz.dataset.lesson);
  const score = quiz.querySelector(".score");
  const keeping = quiz.querySelector(".keeping");
  const NOT_KEPT = keeping.textContent;
  const questions = [...quiz.querySelectorAll(".question")].map((box) => ({
    id: box.dataset.question,
    box,
    options: [...box.querySelectorAll(".option")].map((item) => ({
      item,
      input: item.querySelector("input"),
      words: item.querySelector(".said").textContent,
      isRight: item.hasAttribute("data-right"),
    })),
    check: box.querySelector(".check"),
    again: box.querySelector(".again"),
    verdict: box.querySelector(".verdict"),
    answer: box.querySelector(".answer"),
    // Whether it has been checked, and with what success.
    told: undefined,
    since: 0,
  }));

  const capital = (words) => words[0].toUpperCase() + words.slice(1);
  const inWords = (number) => NUMBERS[number] ?? String(number);
  const chosen = ({ options }) => options.filter(({ input }) => input.checked);

  function element(name, words, className = "") {
    const made = document.createElement(name);
    made.textContent = words;
    if (className) made.className = className;
    return made;
  }

  // A sign that is seen, and words for everybody.
  function mark(isRight, words) {
    const made = element("strong", ` ${words}`, isRight ? "good" : "bad");
    const sign = element("span", isRight ? "✓" : "✗", "sign");
    sign.setAttribute("aria-hidden", "true");
    made.prepend(sign);
    return made;
  }

  function reasonFor(question, { input }) {
    const because = question.answer.querySelector(`[data-because="${input.value}"]`);
    const item = element("li", ` ${because.textContent}`);
    item.prepend(element("span", `${input.value}:`, "letter"));
    return item;
  }

  // What is wrong with an answer: each wrong choice with its reason, and that something right is missing.
  function reasons(question) {
    const wrong = chosen(question).filter(({ isRight }) => !isRight);
    const items = wrong.map((option) => reasonFor(question, option));
    const isMissing = question.options.some(({ input, isRight }) => isRight && !input.checked);
    if (isMissing && question.options[0].input.type === "checkbox") {
      const rest = wrong.length === 0 ? "What you chose is right, and more is." : "Something right is missing.";
      items.push(element("li", rest));
    }
    const list = element("ul", "", "wrong");
    list.setAttribute("role", "list");
    list.append(...items);
    return list;
  }

  // Tells what the choice is worth. The right answer stays folded after a wrong one, so that it can be looked for.
  function tell(question) {
    const isRight = question.options.every((option) => option.input.checked === option.isRight);
    question.told = isRight;
    question.since = performance.now();
    if (isRight) question.verdict.replaceChildren(mark(true, "Right."));
    else question.verdict.replaceChildren(mark(false, "Not right."), reasons(question));
    for (const option of question.options) {
      option.input.disabled = true;
      option.item.querySelector(".yours")?.remove();
      if (!option.input.checked) continue;
      const yours = mark(option.isRight, "your answer");
      yours.classList.add("yours");
      option.item.querySelector("label").append(yours);
    }
    question.answer.hidden = false;
    question.answer.open = isRight;
    show(question);
  }

  // Takes back what was told, and the choice.
  function reset(question) {
    question.told = undefined;
    question.since = performance.now();
    question.verdict.replaceChildren();
    for (const { item, input } of question.options) {
      input.disabled = false;
      input.checked = false;
      item.querySelector(".yours")?.remove();
    }
    question.answer.open = false;
    question.answer.hidden = true;
    show(question);
  }

  function show({ box, told, check, again }) {
    box.classList.toggle("told", told !== undefined);
    check.hidden = told !== undefined;
    again.hidden = told === undefined;
  }

  // Said again, it would be read aloud again.
  function say(where, words) {
    if (where.textContent !== words) where.textContent = words;
  }

  function count() {
    const all = questions.length;
    const done = questions.filter(({ told }) => told !== undefined).length;
    const right = questions.filter(({ told }) => told === true).length;
    if (done === 0) say(score, `None of ${inWords(all)} answered.`);
    else if (done < all) say(score, `${capital(inWords(done))} of ${inWords(all)} answered, ${inWords(right)} right.`);
    else if (right < all) say(score, `All ${inWords(all)} answered, ${inWords(right)} right.`);
    else say(score, `All ${inWords(all)} right.`);
  }

  function keep(question) {
    const answers = keeper.read();
    if (question.told === undefined) answers.delete(question.id);
    else answers.set(question.id, chosen(question).map(({ words }) => words));
    say(keeping, keeper.write(answers) ? KEPT : NOT_KEPT);
  }

  function check(question) {
    if (question.told !== undefined || performance.now() - question.since < TOO_SOON) return;
    if (chosen(question).length === 0) {
      question.verdict.replaceChildren(element("strong", "Choose an answer first."));
      question.options[0].input.focus();
      return;
    }
    tell(question);
    keep(question);
    count();
    // What had the focus can no longer be used.
    question.again.focus();
  }

  function again(question) {
    if (performance.now() - question.since < TOO_SOON) return;
    reset(question);
    keep(question);
    count();
    question.options[0].input.focus();
  }

  // Puts in place what was kept. An answer with words that are no option of the question any more is old.
  function restore() {
    const answers = keeper.read();
    for (const question of questions) {
      reset(question);
      question.since = -Infinity;
      const words = answers.get(question.id) ?? [];
      const isKnown = (word) => question.options.some((option) => option.words === word);
      if (words.length === 0 || !words.every(isKnown)) continue;
      for (const option of question.options) option.input.checked = words.includes(option.words);
      tell(question);
      question.since = -Infinity;
    }
    count();
  }

  function clear() {
    if (keeper.read().size === 0 && questions.every(({ told }) => told === undefined)) return;
    if (!window.confirm("Remove your answers to this quiz from this browser?")) return;
    for (const question of questions) reset(question);
    say(keeping, keeper.write(new Map()) && keeper.canKeep() ? KEPT : NOT_KEPT);
    count();
  }

  // A source leads back to where it is cited. Where that is an answer that nobody has seen yet, to its question.
  function lead(event) {
    const link = event.target.closest?.('a[href^="#fr-"]');
    const cited = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const question = cited && questions.find(({ answer }) => answer.contains(cited));
    if (!question) return;
    if (question.answer.hidden) {
      event.preventDefault();
      question.options[0].input.focus();
      question.box.scrollIntoView();
    } else {
      question.answer.open = true;
    }
  }

  for (const question of questions) {
    for (const { input } of question.options) {
      input.hidden = false;
      input.addEventListener("change", () => question.verdict.replaceChildren());
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.repeat) return;
        event.preventDefault();
        check(question);
      });
    }
    question.check.addEventListener("click", () => check(question));
    question.again.addEventListener("click", () => again(question));
    question.check.parentElement.hidden = false;
  }
  quiz.querySelector(".clear").addEventListener("click", clear);
  document.addEventListener("click", lead);
  // The same quiz in another tab.
  addEventListener("storage", (event) => {
    if (event.key === keeper.key || event.key === null) restore();
  });

  restore();
  say(keeping, keeper.canKeep() ? KEPT : NOT_KEPT);
  quiz.querySelector(".tools").hidden = false;
  // What was told before is there to be read, and is not news.
  for (const { verdict } of questions) verdict.setAttribute("role", "status");
})();
