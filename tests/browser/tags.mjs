// Reads the tags of HTML, and of XML, without a browser.
//
// In: text. Out: each start tag in the order of the text, with its name and its attributes as a browser reads them; what
// scripts, styles and comments hold aside.
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of an attribute as a browser reads it. */
function decode(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : decimal ? String.fromCodePoint(+decimal) : (ENTITIES[name] ?? whole));
}

/** The tags of a page, each with its name and attributes; what scripts, styles and comments hold aside. */
export function tags(html) {
  const found = [];
  const code = html.replace(/<!--[\s\S]*?-->/g, '').replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi, '$1');
  for (const [, name, rest] of code.matchAll(/<([a-z][\w-]*)((?:\s+[^\s"'<>\/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*\/?>/gi)) {
    const attributes = {};
    for (const [, key, , double, single, bare] of rest.matchAll(/([^\s"'<>\/=]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g)) {
      attributes[key.toLowerCase()] = decode(double ?? single ?? bare ?? '');
    }
    found.push({ name: name.toLowerCase(), attributes });
  }
  return found;
}
