// What is wrong with a slide, as it stands in the browser: checks that slides.test.mjs runs on every deck, and
// on one that fails them.

// The most words on a slide. What a scanner printed does not count, nor do the lines at the foot.
export const MOST_WORDS = 40;
// The least size of a letter, in pixels, where the slide has 1280 of them.
export const LEAST_SIZE = 24;
export const ROOM = { width: 1280, height: 720 };

// Runs in the page: looks at the slide that is shown.
function examine({ mostWords, leastSize }) {
  const slide = document.querySelector(".slide.now");
  const face = slide.querySelector(".face");
  const foot = face.querySelector(".foot");
  const inside = face.getBoundingClientRect();
  const below = foot.getBoundingClientRect();
  const steps = document.querySelector(".steps").getBoundingClientRect();
  const wrong = [];
  let letters = 0;

  const isHeard = (element) => Boolean(element.closest(".heard"));
  const named = (element) => `<${element.localName}> ${element.textContent.trim().slice(0, 40)}`;
  const within = (box, end) =>
    box.left >= inside.left - 1 && box.right <= inside.right + 1 && box.top >= inside.top - 1 && box.bottom <= end + 1;

  if (Math.abs(inside.width - innerWidth) > 1 || Math.abs(inside.height - innerHeight) > 1)
    wrong.push(`the slide is ${inside.width} x ${inside.height} pixels`);

  for (const element of face.querySelectorAll("*")) {
    if (isHeard(element)) continue;
    const end = foot.contains(element) ? inside.bottom : below.top;
    const box = element.getBoundingClientRect();
    if (!within(box, end)) wrong.push(`stands outside: ${named(element)}`);
    if (element.matches("h2, h3, p, li, th, td, pre, figcaption") && element.scrollWidth > element.clientWidth + 1) wrong.push(`holds more than it shows: ${named(element)}`);
  }

  const walker = document.createTreeWalker(face, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || isHeard(element)) continue;
    letters += text.data.trim().length;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      // A line's spaces may reach over its end; letters may not.
      if (box.left < inside.left - 1 || box.right > inside.right + 1) wrong.push(`runs out: ${named(element)}`);
      const covers = box.right > steps.left && box.left < steps.right && box.bottom > steps.top && box.top < steps.bottom;
      if (covers) wrong.push(`below the buttons: ${named(element)}`);
    }
    const scale = element instanceof SVGElement ? Math.abs(element.getScreenCTM().d) : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < leastSize - 0.05) wrong.push(`letters of ${size.toFixed(1)} pixels: ${named(element)}`);
  }
  for (const element of face.querySelectorAll("li")) {
    const size = parseFloat(getComputedStyle(element, "::before").fontSize);
    if (size < leastSize - 0.05) wrong.push(`a mark of ${size} pixels: ${named(element)}`);
  }

  const counted = face.cloneNode(true);
  for (const uncounted of counted.querySelectorAll(".foot, .heard, .cited, pre, svg, .lesson, .state")) uncounted.remove();
  // Blocks end words.
  for (const block of counted.querySelectorAll("h1, h2, h3, p, li, th, td, figcaption, br")) block.append(" ");
  const words = counted.textContent.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (words > mostWords) wrong.push(`${words} words`);
  if (letters < 10) wrong.push("nothing stands on it");
  return [...new Set(wrong)].map((what) => `${slide.id}: ${what}`);
}

export const wrongWith = (page) => page.evaluate(examine, { mostWords: MOST_WORDS, leastSize: LEAST_SIZE });

// Goes through the slides with the key of remotes, and says what is wrong with each; `visit` sees each as it stands.
export async function walk(page, seen = async () => {}) {
  const ids = await page.locator(".slide").evaluateAll((slides) => slides.map((slide) => slide.id));
  const wrong = [];
  await page.keyboard.press("Home");
  await page.evaluate(() => document.fonts.ready);
  for (const [index, id] of ids.entries()) {
    const shown = await page.locator(".slide .face:visible").evaluateAll((faces) => faces.map((face) => face.parentElement.id));
    if (shown.join() !== id) wrong.push(`${id}: ${shown.join(", ") || "nothing"} is shown in its place`);
    wrong.push(...(await wrongWith(page)));
    await seen(id, index);
    await page.keyboard.press("PageDown");
  }
  return { ids, wrong };
}
