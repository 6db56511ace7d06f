// Print what an HTML validator finds in each file that is named, as JSON.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const loader = new StaticConfigLoader({ root: true, extends: ["html-validate:standard"] });
const judge = new HtmlValidate(loader);
const found = {};
for (const path of process.argv.slice(2)) {
  const { results } = await judge.validateString(readFileSync(path, "utf-8"));
  const messages = results.flatMap((result) => result.messages);
  found[path] = messages.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}
console.log(JSON.stringify(found));
