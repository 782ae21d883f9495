// A book of which every text carries an attack, and its twin, of which the same texts are harmless.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

// Each would set `window.owned`, open a dialog, ask for something elsewhere, bring in a file or a directive, or end
// what it stands in.
export const attacks = [
  `<script>window.owned=1;alert(1)</script>`,
  `<img src=https://evil.example/x onerror=window.owned=1>`,
  `"><svg onload=window.owned=1>`,
  `' autofocus onfocus=window.owned=1 x='`,
  `</title></script></style></textarea><b>`,
  `--><b>x</b><!--`,
  `]]><b>x</b><!doctype x>`,
  `[a](javascript:window.owned=1) ![b](https://evil.example/b.png)`,
  `<https://evil.example/> [c]: https://evil.example/`,
  `{{#include /etc/passwd}} {{{x}}} {{x}}`,
  `<!-- shelf:search --> <!-- shelf:head -->`,
  `&lt;script&gt; &#60;b&#62; &amp;quot;`,
  `a\u202eb\u2066c\u200bd\u009be\u0085f`,
  `\`<b> **x** _y_ ~~z~~ ^a^ $m$ | p |`,
  `<w:t>x</w:t> hyperlink "https://evil.example"`,
  `<style>@import url(https://evil.example/)</style>`,
];

// A piece for a test is short.
const waived = `[[waive]]\nrule = "words/length"\nreason = "A piece for a test."\n`;
// Easy words, so that those of an attack do not make the piece hard to read, with those of a harmless `says`.
const easy = "This says what is harmless. " + "We look at it. It is as it was. You can see it too. ".repeat(12);

export const toml = (text) => `"${[...text].map((c) => (/[\x00-\x1f"\\\x7f-\x9f]/.test(c) ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c)).join("")}"`;
const review = `[review]\nstatus = "draft"\nchecked = 2026-11-22\ndue = 2027-05-22\n`;

// Markdown of an editor that keeps to the rules: what would be HTML or a link stands in code or is escaped.
export const escaped = (text) => text.replace(/[\\`*_{}[\]<>#|~!&$^()"'-]/g, "\\$&");

// Writes the book to `folder`. `text(index, channel)` is what stands in a channel of the piece `index`.
export function write(folder, text) {
  const put = (path, content) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const part of ["css", "js", "fonts", "search", "slides", "index.hbs", "redirect.hbs", "favicon.svg"]) {
    cpSync(join(root, "theme", part), join(folder, "theme", part), { recursive: true });
  }
  cpSync(join(root, "book.toml"), join(folder, "book.toml"));
  let summary = "# Summary\n\n";
  let sources = "";
  let terms = "";
  let changes = "";
  attacks.forEach((_, index) => {
    const say = (channel) => text(index, channel);
    const value = (channel) => toml(say(channel));
    summary += `- [Piece ${index}](answers/piece-${index}.md)\n`;
    put(
      `src/answers/piece-${index}.md`,
      `+++\nkind = "answer"\nquestion = ${toml(`${say("question")}?`)}\naudience = ["press"]\ntopics = ["exposure"]\n` +
        `also = [${value("also")}]\nsays = ${value("says")}\nmessages = [${value("message")}, "Two.", "Three."]\n` +
        `action = ${value("action")}\navoid = [${toml(`Not "this": ${say("avoid")}.`)}, 'Not "that": it is not so.']\n${review}${waived}+++\n\n` +
        `${easy}\n\nWords of piece ${index} with a TERM${"abcdefghijklmnop"[index]}.[^source-${index}]\n\n` +
        `## ${escaped(say("heading"))} {#part}\n\nA [${escaped(say("link text"))}](piece-${(index + 1) % attacks.length}.md#part) see [the lesson](../lessons/lesson-${index + 1}.md), and \`\` ${say("code")} \`\`.\n\n` +
        `![${escaped(say("alt text"))}](picture.svg)\n\n` +
        `\`\`\`${say("info").replaceAll("`", "")}\n${say("code block")}\n\`\`\`\n\n{{#figure figure-${index}}}\n\n| ${escaped(say("cell"))} | b |\n|---|---|\n| c | d |\n`,
    );
    put(
      `content/figures/figure-${index}.toml`,
      `title = ${value("figure title")}\nplain = ${value("figure words")}\nkind = "table"\ncolumns = ["What", ${value("column")}]\n` +
        `[[row]]\nwhen = "2026"\ncells = ["One", ${value("figure cell")}]\nsources = ["source-${index}"]\n`,
    );
    sources +=
      `[[source]]\nkey = "source-${index}"\ntitle = ${value("source title")}\npublisher = ${value("publisher")}\n` +
      `edition = ${value("edition")}\nread = ${value("read")}\nurl = "https://example.org/${index}"\nverified = "seen"\nopened = 2026-11-22\n\n`;
    terms += `[[term]]\nterm = "TERM${"abcdefghijklmnop"[index]}"\nexpansion = ${value("expansion")}\nplain = ${value("term")}\n\n`;
    changes += `[[change]]\nid = "change-${index}"\ndate = 2026-11-22\nwhat = ${toml(`${say("change")}.`)}\npages = ["answers/piece-${index}.md"]\n\n`;
    put(
      `src/lessons/lesson-${index + 1}.md`,
      `+++\nkind = "lesson"\ntitle = ${value("lesson title")}\naudience = ["educator"]\ntopics = ["exposure"]\n[lesson]\nnumber = ${index + 1}\n` +
        `minutes = 10\nneeds = [${value("needs")}]\nnext = ["answers/piece-${index}.md"]\n[[lesson.objective]]\nid = "tell"\nsays = ${toml(`Distinguish ${say("objective")}.`)}\n` +
        `[[lesson.part]]\nwhat = ${value("part")}\nminutes = 4\nfrom = "a-part"\n[[lesson.part]]\nwhat = "Quiz"\nminutes = 6\nis = "quiz"\n${review}+++\n\n` +
        `A lesson.[^source-${index}]\n\n## ${escaped(say("slide"))} {#a-part}\n\nA sentence, ${escaped(say("slide words"))}.\n\n{{#notes 4}}\n\n${easy}Beside it: ${escaped(say("notes"))}.[^source-${index}]\n`,
    );
    summary += `- [Lesson ${index + 1}](lessons/lesson-${index + 1}.md)\n`;
    put(
      `content/quizzes/lesson-${index + 1}.toml`,
      `lesson = "lessons/lesson-${index + 1}.md"\nminutes = 6\n` +
        ["one", "two", "three", "four", "five"]
          .map(
            (id) =>
              `[[question]]\nid = "${id}"\nobjective = "tell"\nasks = ${value("asks")}\nwhy = ${value("why")}\nsources = ["source-${index}"]\n` +
              `[[question.option]]\nsays = ${toml(`Right: ${say("right option")}`)}\nright = true\n[[question.option]]\nsays = ${toml(`Wrong: ${say("wrong option")}`)}\nbecause = ${value("because")}\n`,
          )
          .join(""),
    );
  });
  for (const [name, directive] of [["glossary", "glossary"], ["sources", "sources"], ["questions", "questions"], ["versions", "versions"], ["changes", "changes"], ["lessons", "lessons"]]) {
    summary += `- [The ${name}](${name}.md)\n`;
    put(`src/${name}.md`, `+++\nkind = "page"\ntitle = "The ${name}"\naudience = ["press"]\ntopics = ["exposure"]\n${review}+++\n\n{{#${directive}}}\n`);
  }
  put("src/SUMMARY.md", summary);
  put("src/answers/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  put("content/sources.toml", sources);
  put("content/terms.toml", terms);
  put("content/changes.toml", changes);
}
