// Words as the search knows them: how a text falls into words, which of them count, and their stems.
// Sets `window.shelfSearch`, which find.js and results.js add to, and search.js uses.
(() => {
  "use strict";

  // Too common to tell one page from another.
  const COMMON = new Set(
    ("a about an and any are as at be been but by can could did do does doesnt dont for from had has have " +
      "how i if in into is it its may me my of on or our shall should so some than that the their them " +
      "then there these they this those to us was we were what when where which who why will with would " +
      "you your").split(" "),
  );

  // A word, with what hangs together by hyphens, dots and the like: C-ECHO, PS3.15, de-identification.
  const COMPOUND = /[\p{L}\p{N}]+(?:[-‐‑./_'’][\p{L}\p{N}]+)*/gu;

  // Each word of the text with where it stands, and its parts: ["clear", "text"] for "clear-text".
  function compounds(text) {
    return [...text.matchAll(COMPOUND)].map(({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      parts: found
        .toLowerCase()
        .replaceAll(/['’]/g, "")
        .split(/[-‐‑./_]/),
    }));
  }

  // Every word of the text, small; that of a compound also as one: clear, text, cleartext.
  function words(text) {
    return compounds(text).flatMap(({ parts }) => (parts.length > 1 ? [...parts, parts.join("")] : parts));
  }

  const ENDINGS = [
    [/(?<=[^aeiou])ies$/, "y"],
    [/(?<=ss|sh|ch|x)es$/, ""],
    [/(?<=[^siu])s$/, ""],
    [/(?<=.{4})(?:ications?|icating|icated?|ication)$/, ""],
    [/(?<=.{4})(?:ations?|ating|ated?|ings?|ions?|ures?|ed|er)$/, ""],
    [/(?<=.{4})(?:y|e|i)$/, ""],
  ];

  const stems = new Map();

  // What the forms of a word share: encrypt for encrypts, encrypted and encryption.
  function stem(word) {
    if (word.length < 5 || /\d/.test(word)) return word;
    if (!stems.has(word)) stems.set(word, ENDINGS.reduce((stem, [ending, other]) => stem.replace(ending, other), word));
    return stems.get(word);
  }

  window.shelfSearch = { compounds, words, stem, isCommon: (word) => COMMON.has(word) };
})();
