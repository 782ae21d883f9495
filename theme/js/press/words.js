// Words as the finder knows them: what kit/src/find/words.rs does, from the same tables. Sets
// `window.shelfPress`, which find.js adds to and asking.js uses.
(() => {
  "use strict";

  window.shelfPress = {};

  // Whether a character belongs to a word; accents that stand by themselves do.
  const isLetter = (letter) => /[\p{Alphabetic}\p{N}\u0300-\u036f]/u.test(letter);
  const isMark = (letter) => letter >= "\u0300" && letter <= "\u036f";
  const isNumber = (letter) => /\p{N}/u.test(letter);
  const length = (word) => [...word].length;

  window.shelfPress.wordsOf = ({ common, folds, endings, joins, silent, longest, slipFrom, stemFrom }) => {
    const telling = new Set(common.split(" "));
    const isCommon = (word) => telling.has(word);
    const plain = new Map(folds.flatMap(([letters, other]) => [...letters].map((letter) => [letter, other])));

    function fold(part) {
      const letters = [...part.toLowerCase()].filter((letter) => !isMark(letter) && !silent.includes(letter));
      return letters.map((letter) => plain.get(letter) ?? letter).join("");
    }

    // The words of a question: as typed, and their parts, small and folded.
    function words(text) {
      const letters = [...text].slice(0, longest);
      const found = [];
      let typed = "";
      const end = () => {
        let parts = [""];
        for (const letter of typed) {
          if (joins.includes(letter)) parts.push("");
          else parts.push(parts.pop() + letter);
        }
        parts = parts.map(fold).filter(Boolean);
        if (parts.length > 0) found.push({ typed, parts });
        typed = "";
      };
      letters.forEach((letter, at) => {
        const isJoin = joins.includes(letter) || silent.includes(letter);
        const goesOn = typed !== "" && at + 1 < letters.length && isLetter(letters[at + 1]);
        if (isLetter(letter) || (isJoin && goesOn)) typed += letter;
        else end();
      });
      end();
      return found;
    }

    // What the forms of a word share.
    function stem(word) {
      if (length(word) < stemFrom || [...word].some(isNumber)) return word;
      for (const step of endings) {
        const fits = step.find(
          ([ending, , least]) => word.endsWith(ending) && length(word) - length(ending) >= least,
        );
        if (fits) word = word.slice(0, word.length - fits[0].length) + fits[1];
      }
      return word;
    }

    const stems = (parts) => parts.filter((part) => !isCommon(part) && length(part) > 1).map(stem);

    function isSlip(one, other) {
      const [short, long] = one.length <= other.length ? [one, other] : [other, one];
      let same = 0;
      while (same < short.length && short[same] === long[same]) same += 1;
      const rest = (letters, from) => letters.slice(from).join("");
      if (long.length === short.length) {
        if (same === short.length) return true;
        if (rest(short, same + 1) === rest(long, same + 1)) return true;
        const areSwapped = short[same] === long[same + 1] && short[same + 1] === long[same];
        return same + 1 < short.length && areSwapped && rest(short, same + 2) === rest(long, same + 2);
      }
      return long.length === short.length + 1 && rest(short, same) === rest(long, same + 1);
    }

    // Whether one slip stands between a known stem and the word, or its stem.
    function slips(word, stem, known) {
      const [letters, ofStem, ofKnown] = [[...word], [...stem], [...known]];
      if (letters.length < slipFrom || ofKnown.length < slipFrom) return false;
      if ([...letters, ...ofKnown].some(isNumber)) return false;
      return letters[0] === ofKnown[0] && (isSlip(letters, ofKnown) || isSlip(ofStem, ofKnown));
    }

    return { words, stem, stems, slips, isCommon };
  };
})();
