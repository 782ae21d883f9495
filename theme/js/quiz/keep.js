// Keeps the answers to the questions of a lesson in this browser, and nowhere else. What is kept, under the
// name of the lesson: { "question-id": ["the words that were chosen"] }. The words, because an option that
// became another is another answer.
(() => {
  "use strict";

  function keeperOf(lesson) {
    const key = `shelf-ready.quiz.${lesson}`;

    // Whatever lies there: answers to questions, each a list of words.
    function read() {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        const answers = kept && typeof kept === "object" ? Object.entries(kept) : [];
        const isAnswer = ([, words]) => Array.isArray(words) && words.every((word) => typeof word === "string");
        return new Map(answers.filter(isAnswer));
      } catch {
        return new Map();
      }
    }

    // Whether the browser has taken it.
    function write(answers) {
      try {
        if (answers.size === 0) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(Object.fromEntries(answers)));
        return true;
      } catch {
        return false;
      }
    }

    function canKeep() {
      try {
        localStorage.setItem(`${key}.trial`, "");
        localStorage.removeItem(`${key}.trial`);
        return true;
      } catch {
        return false;
      }
    }

    return { key, read, write, canKeep };
  }

  window.shelfQuiz = { keeperOf };
})();
