// Finds entries for what somebody types: the exact word before its forms, a word that the pages know
// before one that it may be a slip of, all the words before some of them.
(() => {
  "use strict";

  const { compounds, words, stem, isCommon } = window.shelfSearch;

  const WEIGHTS = { title: 6, also: 6, says: 3, about: 2, headings: 2.5, text: 1 };
  // A term explains a word; the reader more often wants an answer.
  const BY_KIND = { Answer: 1.2, Term: 0.7, Page: 0.6, Lesson: 0.6 };

  const leaves = (query) => (typeof query === "string" ? [query] : query.queries.flatMap(leaves));

  const field = (entry, name) =>
    name === "headings" ? (entry.headings ?? []).map(([, heading]) => heading).join("\n") : (entry[name] ?? "");

  // Gives, once all is read, a function from what was typed to the entries that fit, best first, and the terms found in each.
  window.shelfSearch.finder = async (MiniSearch, pages) => {
    const known = new Set();
    const engine = new MiniSearch({
      fields: Object.keys(WEIGHTS),
      extractField: (entry, name) => (name === "id" ? entry.id : field(entry, name)),
      tokenize: words,
      processTerm: (word) => {
        if (isCommon(word)) return null;
        const forms = [...new Set([word, stem(word)])];
        for (const form of forms) known.add(form);
        return forms;
      },
    });
    // A few at a time, so that typing goes on meanwhile.
    await engine.addAllAsync(pages.map((entry, id) => ({ ...entry, id })), { chunkSize: 4 });
    const vocabulary = [...known];
    const isBegun = (word) => known.has(word) || vocabulary.some((other) => other.startsWith(word));

    const as = (text, options = {}) => ({ queries: [text], combineWith: "OR", ...options });
    const any = (queries) => ({ combineWith: "OR", queries });
    const all = (queries) => ({ combineWith: "AND", queries });

    // The word itself and its forms; for one that no page has, those that it may have been meant to be.
    function spellings(word) {
      const meant = [as(word, { prefix: word.length > 1 }), as(stem(word))];
      if (isBegun(word) || known.has(stem(word))) return any(meant);
      const swaps = [...word].slice(1).map((_, at) => {
        const letters = [...word];
        [letters[at], letters[at + 1]] = [letters[at + 1], letters[at]];
        return letters.join("");
      });
      const swapped = swaps.filter((other) => known.has(other));
      if (swapped.length > 0) return any(swapped.map((other) => as(other)));
      // A name with a digit is another name, and no slip.
      if (/\d/.test(word)) return any(meant);
      return as(word, { fuzzy: word.length < 9 ? 1 : 2 });
    }

    // A compound is known as one word or by its parts.
    function compound(parts) {
      if (parts.length === 1) return spellings(parts[0]);
      const joined = parts.join("");
      const apart = all(parts.map(spellings));
      return isBegun(joined) ? any([as(joined, { prefix: true }), apart]) : apart;
    }

    // What was typed, a query for each word. Two words that the pages know as one, such as "start tls",
    // count as that one too.
    function queries(typed) {
      const found = compounds(typed).map(({ parts }) => parts);
      const telling = found.filter(([first, ...more]) => more.length > 0 || !isCommon(first));
      const counted = telling.length > 0 ? telling : found;
      const asked = [];
      for (let at = 0; at < counted.length; at += 1) {
        const pair = [...counted[at], ...(counted[at + 1] ?? [])];
        if (pair.length === 2 && counted[at].length === 1 && known.has(pair.join(""))) {
          asked.push(any([as(pair.join(""), { boost: 3 }), all(pair.map(spellings))]));
          at += 1;
        } else {
          asked.push(compound(counted[at]));
        }
      }
      return asked;
    }

    // A page with more of the words comes first, unless another says far more about the rest.
    function rank(results, asked) {
      const spelled = asked.map((query) => new Set(leaves(query)));
      for (const result of results) {
        const matched = spelled.filter((leaf) => result.queryTerms.some((term) => leaf.has(term))).length;
        // MiniSearch multiplies by the number of spellings found, which says little.
        result.score *= (matched / asked.length) ** 2 / result.queryTerms.length;
      }
      return results.sort((one, other) => other.score - one.score || one.id - other.id);
    }

    return (typed, most) => {
      const asked = queries(typed);
      if (asked.length === 0) return { found: [], total: 0 };
      const results = engine.search(any(asked), {
        boost: WEIGHTS,
        boostDocument: (id) => BY_KIND[pages[id].kind ?? "Page"] ?? 1,
        tokenize: (text) => [text],
        processTerm: (word) => word,
      });
      const found = rank(results, asked).slice(0, most);
      return {
        found: found.map(({ id, terms }) => ({ entry: pages[id], terms: new Set(terms) })),
        total: results.length,
      };
    };
  };

  // The parts of a text, each with whether it is a word that was found.
  window.shelfSearch.marked = (text, terms) => {
    const parts = [];
    let end = 0;
    const isFound = (word) => terms.has(word) || (!isCommon(word) && terms.has(stem(word)));
    for (const { start, end: stop, parts: [...parts_] } of compounds(text)) {
      if (!isFound(parts_.join("")) && !parts_.some(isFound)) continue;
      parts.push([text.slice(end, start), false], [text.slice(start, stop), true]);
      end = stop;
    }
    return [...parts, [text.slice(end), false]].filter(([part]) => part);
  };
})();
