// What there is to look at: one page of each layout, each appearance, and two devices.

export const layouts = {
  "landing page": "index.html",
  answer: "answers/why-no-mandate.html",
  "answer with samples": "answers/turn-on-encryption.html",
  "answer with a chart": "answers/exposure-numbers.html",
  "incident sheet": "incidents/ransomware.html",
  paper: "papers/own-tools.html",
  checklist: "checklist.html",
  "every question": "questions.html",
  "as reporters ask": "asked.html",
  "press room": "press.html",
  sources: "sources.html",
  glossary: "glossary.html",
  "rules for editors": "editors/rules.html",
  "nothing here": "404.html",
};

// What the reader's system asks for, and what the reader chose on the page.
export const appearances = {
  light: { media: { colorScheme: "light" } },
  dark: { media: { colorScheme: "dark" } },
  "light, more contrast": { media: { colorScheme: "light", contrast: "more" } },
  "dark, more contrast": { media: { colorScheme: "dark", contrast: "more" } },
  "dark, chosen on a light system": { media: { colorScheme: "light" }, chosen: "dark" },
  "forced colours": { media: { colorScheme: "dark", forcedColors: "active" } },
};

export const devices = { desk: { width: 1280, height: 900 }, telephone: { width: 390, height: 844 } };

// Shows the page in an appearance; the choice is made with the page's own control.
export async function appear(page, { media, chosen = "" }) {
  await page.emulateMedia({ contrast: "no-preference", forcedColors: "none", reducedMotion: "reduce", ...media });
  await page.locator("#appearance").selectOption(chosen);
}
