// The built HTML as text: its tags and their attributes. Enough for pages of our own, which hold no
// comments or scripts with tags inside (html.test.mjs has them looked at by a real parser).
const tag = /<([a-z][a-z0-9-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi;
const attribute = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;

// Every opening tag: its name, its attributes, and where the text after it begins.
export function tags(html) {
  const text = html.replaceAll(/<!--[\s\S]*?-->/g, "");
  return [...text.matchAll(tag)].map((found) => ({
    name: found[1].toLowerCase(),
    attributes: Object.fromEntries(
      [...found[2].matchAll(attribute)].map(([, name, double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? ""]),
    ),
    text: text.slice(found.index + found[0].length).split("<", 1)[0],
  }));
}
