// Writes a site with one long paper: node long.mjs CONTENT OUT
//
// In: the content of the sample site. Out: a folder with `site.toml` and a proposal of three drafts, each of more than
// 5,000 words with headings, lists, tables, notes and block numbers, so that the newest has a predecessor and
// the oldest has successors. The paragraphs are those of the sample, each once, since made-up ones pack better
// than real ones do; between two drafts some go, some come, and words change in others.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, read } from './browser.mjs';

const [content, out] = process.argv.slice(2);
const WORDS = 5000;
const PUBLISHED = ['2021-08-02', '2021-09-06', '2021-10-04'];

/** The paragraphs of a text, as words alone. */
function paragraphs(text) {
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/<!--[\s\S]*?-->/g, '');
  return body.split(/\n{2,}/).map((part) => part.replace(/\s+/g, ' ').trim()).filter((part) => /^[A-Z“]/.test(part))
    .map((part) => part.replace(/!?\[([^\]^]*)\]\([^)]*\)/g, '$1').replace(/\[\^[^\]]*\]/g, '').replace(/\{[^}]*\}/g, '').replace(/[*_`<>|~[\]]/g, ''));
}

const count = (text) => text.split(/\s+/).length;
const all = [...new Set(files(content).filter((path) => path.endsWith('.md')).flatMap((path) => paragraphs(read(content, path))))]
  .filter((part) => count(part) >= 15);

/** A section of six paragraphs, the last of them as a list, a table or a note. */
function section(parts, at) {
  const [last, ...first] = [...parts].reverse();
  const pieces = last.split(/(?<=[.;:]) /);
  const extras = [
    pieces.map((piece) => `- ${piece}`).join('\n'),
    ['| part | what it says | words |', '|---|---|--:|', ...pieces.map((piece, row) => `| ${row + 1} | ${piece} | ${count(piece)} |`)].join('\n'),
    `This is told in a note.[^n${at}]\n\n[^n${at}]: ${last}`,
  ];
  return [`${at % 3 ? '###' : '##'} ${first[0].split(' ').slice(0, 6).join(' ').replace(/[^\p{L}\p{N} ]/gu, '')}`, ...first.reverse(), extras[at % 3]].join('\n\n');
}

/** A draft: every ninth paragraph is in two of the three, and every fourth was worded otherwise before. */
function draft(number) {
  const kept = all.filter((_, at) => at % 9 !== number).map((part, at) => (at % 4 === number ? part.replace(/ (\p{L}+) /u, ' clearly $1 ') : part));
  let words = 0;
  const parts = kept.filter((part) => (words += count(part)) < WORDS * 1.1);
  const sections = [];
  // One paragraph left over makes no section.
  for (let at = 0; at + 1 < parts.length; at += 6) sections.push(section(parts.slice(at, at + 6), at / 6));
  return `---\npublished: ${PUBLISHED[number]}\nnote: Draft ${number + 1} of a long paper.\n---\n${sections.join('\n\n')}\n`;
}

const folder = join(out, 'content/proposals/long');
mkdirSync(folder, { recursive: true });
writeFileSync(join(out, 'site.toml'), 'title = "A long paper"\nbase_url = "https://example.org"\ntimezone = "Europe/London"\nlang = "en-GB"\n\n[rules]\naccessibility-statement = "off"\n');
writeFileSync(join(folder, 'index.md'), '---\ntitle: A long paper\nsummary: A paper of more than five thousand words, to be weighed.\nby: The secretariat\ncontact: papers@example.org\nrounds:\n  - round: 3\n    opens: 2021-10-04\n    closes: 2021-11-05\n---\n');
// Its terms are marked in the paper too, and weigh as they do in the sample.
writeFileSync(join(out, 'content/glossary.yaml'), read(content, 'glossary.yaml').replace(/^ +link:.*\n/gm, ''));
PUBLISHED.forEach((_, number) => writeFileSync(join(folder, `draft-${number + 1}.md`), draft(number)));
