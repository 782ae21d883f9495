// One result of the search, as readers see it.
(() => {
  "use strict";

  const { compounds, marked } = window.shelfSearch;
  const LONGEST = 150;

  // An element with text in it, in which the words that were found are marked.
  function element(name, className, text, terms) {
    const made = document.createElement(name);
    if (className) made.className = className;
    for (const [part, isFound] of marked(text, terms)) {
      if (isFound) made.append(element("mark", "", part, new Set()));
      else made.append(part);
    }
    return made;
  }

  const hits = (text, terms) => marked(text, terms).filter(([, isFound]) => isFound);
  const wordsOf = (text, terms) => new Set(hits(text, terms).map(([part]) => part.toLowerCase()));

  // The heading under which more of the words stand than in the title, where there is one.
  function section({ title, headings = [] }, terms) {
    let most = Math.max(1, wordsOf(title, terms).size);
    let best;
    for (const heading of headings) {
      const size = wordsOf(heading[1], terms).size;
      if (size > most) [most, best] = [size, heading];
    }
    return best;
  }

  // A part of the text with words that neither the title nor the answer has.
  function context({ title, says = "", text = "" }, terms) {
    const seen = wordsOf(`${title} ${says}`, terms);
    let most = 0;
    let best = "";
    for (const line of text.split("\n")) {
      const fresh = [...wordsOf(line, terms)].filter((word) => !seen.has(word)).length;
      if (fresh > most) [most, best] = [fresh, line];
    }
    return best && (seen.size < 2 || !says) ? cut(best, terms) : "";
  }

  // The text around the first word found, with marks where it was cut, between words.
  function cut(line, terms) {
    if (line.length <= LONGEST) return line;
    const [[first, isFound]] = marked(line, terms);
    const at = isFound ? 0 : first.length;
    const all = compounds(line);
    const start = all.find(({ start }) => start >= at - LONGEST / 3)?.start ?? 0;
    const end = all.findLast(({ end }) => end <= start + LONGEST)?.end ?? line.length;
    return `${start > 0 ? "… " : ""}${line.slice(start, end)}${end < line.length - 1 ? " …" : ""}`;
  }

  window.shelfSearch.resultOf = ({ entry, terms }, index, root) => {
    const heading = section(entry, terms);
    const item = document.createElement("li");
    const link = element("a", "", entry.title, terms);
    link.href = root + (heading ? `${entry.address}#${encodeURIComponent(heading[0])}` : entry.address);
    const where = [entry.kind, entry.part].filter(Boolean).join(" · ");
    item.append(link, element("p", "search-where", where, new Set()));
    if (heading) item.append(element("p", "search-section", `§ ${heading[1]}`, terms));
    if (entry.says) {
      const says = element("p", "search-says", entry.says, terms);
      says.id = `search-says-${index}`;
      link.setAttribute("aria-describedby", says.id);
      item.append(says);
    }
    const around = context(entry, terms);
    if (around) item.append(element("p", "search-context", around, terms));
    return item;
  };
})();
