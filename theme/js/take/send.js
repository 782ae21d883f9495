// Two more ways to take a piece along: as plain text, and on paper.
(() => {
  "use strict";

  const ways = document.querySelector(".take .ways");
  if (!ways) return;

  // What is not the piece: ways around the page, notes that appear, what stands at its head already.
  const LEFT_OUT = "nav, .take, .take-picture, .tip, .copy, .callout, .back, .heard, button, svg, script, hr, .state, .facts";
  const BLOCKS = /^(H[1-6]|P|UL|OL|DL|LI|DT|DD|PRE|BLOCKQUOTE|TABLE|FIGURE|FIGCAPTION|DIV|SECTION)$/;

  const words = (text) => text.replaceAll(/\s+/g, " ").trim();
  const indented = (text, first) => first + text.replaceAll("\n", "\n" + " ".repeat(first.length));
  const underlined = (text, line) => `${text}\n${line.repeat(Math.max(3, [...text].length))}`;

  // The text of an element on one line: numbers of sources in brackets, addresses outside the site after
  // their words.
  function inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return "";
    if (node.matches(".footnote-reference")) return `[${words(node.textContent)}]`;
    if (node.matches('a[href^="#fr-"]')) return "";
    if (node.matches(".action strong")) return `${words(node.textContent)}: `;
    const text = [...node.childNodes].map(inline).join("");
    const isAway = node.matches('a[href^="http"]') && !text.includes(node.getAttribute("href"));
    return isAway ? `${text} (${node.getAttribute("href")})` : text;
  }

  function items(list) {
    let number = 0;
    const mark = () => {
      number += 1;
      if (list.matches(".footnote-definition")) return `[${number}] `;
      return list.tagName === "OL" ? `${number}. ` : "- ";
    };
    return [...list.children].map((item) => indented(blocks(item).join("\n"), mark())).join("\n");
  }

  // A line that was typed or printed, with the number of its note.
  function line(printed) {
    const text = [...printed.querySelectorAll("kbd, samp")].map((part) => part.textContent).join("") || printed.textContent;
    const sign = printed.matches(".command") ? "$ " : "";
    const note = printed.querySelector(".callout");
    return `  ${sign}${text.trimEnd()}${note ? `  [note ${note.textContent}]` : ""}`.trimEnd();
  }

  function sample(figure) {
    const title = words(inline(figure.querySelector(".sample-title")));
    const plain = words(inline(figure.querySelector(".sample-plain")));
    const printed = [...figure.querySelectorAll(".transcript .line")].map(line);
    const notes = [...figure.querySelectorAll(".notices li")].map((note, at) => `[note ${at + 1}] ${words(inline(note))}`);
    const from = words(inline(figure.querySelector(".provenance")));
    return [`${title}\n${plain}`, printed.join("\n"), notes.join("\n"), from].filter(Boolean);
  }

  function rows(table) {
    const cells = (row) => [...row.cells].map((cell) => words(inline(cell))).filter(Boolean).join(" | ");
    return [...table.rows].map(cells).filter(Boolean).join("\n");
  }

  // The blocks of an element, each as text without an empty line around it.
  function blocks(element) {
    const found = [];
    let line = "";
    const end = () => {
      if (words(line)) found.push(words(line));
      line = "";
    };
    for (const node of element.childNodes) {
      const isBlock = node.nodeType === Node.ELEMENT_NODE && BLOCKS.test(node.tagName);
      if (!isBlock) {
        line += inline(node);
        continue;
      }
      end();
      if (!node.matches(LEFT_OUT)) found.push(...block(node));
    }
    end();
    return found;
  }

  function block(node) {
    if (node.matches("figure.sample")) return sample(node);
    if (node.matches("h1")) return [underlined(words(inline(node)), "=")];
    if (node.matches("h2, h3, h4, h5, h6")) return [underlined(words(inline(node)), "-")];
    if (node.matches("ul, ol")) return [items(node)];
    if (node.matches("table")) return [rows(node)];
    if (node.matches("pre")) return [indented(node.textContent.trimEnd(), "  ")];
    if (node.matches("blockquote, dd")) return [indented(blocks(node).join("\n\n"), "  ")];
    return blocks(node);
  }

  // Where the piece can be read; nothing as long as the site has no home.
  function address() {
    if (document.querySelector('meta[name="robots"][content~="noindex"]')) return "";
    const link = document.querySelector('link[rel="canonical"]');
    return link ? `Read it here: ${link.href}` : "";
  }

  // The piece as it can stand in a letter: title, state, answer, text, sources.
  function plain(article) {
    const [title, ...rest] = blocks(article);
    const about = [".state", ".facts"].map((name) => words(article.querySelector(name)?.textContent ?? ""));
    return [title, about.filter(Boolean).join("\n"), ...rest, address()].filter(Boolean).join("\n\n") + "\n";
  }

  function add(offer, take) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = offer;
    button.addEventListener("click", () => take(button));
    ways.append(button);
  }

  if (navigator.clipboard?.writeText) {
    const said = document.createElement("p");
    said.className = "about";
    said.setAttribute("role", "status");
    ways.after(said);
    add("Copy as text", async () => {
      try {
        await navigator.clipboard.writeText(plain(ways.closest("article")));
        said.textContent = "Copied as plain text: the piece, what the programs printed, and the sources.";
      } catch {
        said.textContent = "The browser did not allow it.";
      }
    });
  }
  add("Print or save as PDF", () => window.print());
})();
