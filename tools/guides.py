"""Build the website of the guides with `brief site` (`make guides URL=https://…/`).

The guides are briefs: Markdown that reads well on a code host, too. Only their links differ. There
they lead to files, here to the pages of the site, whose address they need to know.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from pipeline.cli import main

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build" / "guides"
# Pages that are not in docs/, but that guides lead to.
OTHERS = ("pipeline/diagnostics/explanations.md", "briefs/japan-canada.md", "briefs/congestion.md")
HOUSE = """\
name = "Briefwright"

[site]
url = "{url}"

[severities] # of what a page about marks and links cannot do without
hand-typed-mark = "off"
unclosed-quote = "off"
"""
_CODE = re.compile(r"^( *)(`{3,})[^\n]*\n.*?^\1\2$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(
    r"\]\((?!\w+:)(?P<folder>[\w./-]*/)?(?P<name>[\w-]+)\.md(?:#(?P<place>[\w-]+))?\)"
)
_PLACE = re.compile(r"\]\(#(?P<place>[\w-]+)\)")


def build(folder: Path, url: str) -> int:
    """Write the guides as briefs into a folder, and their site; return the exit code."""
    briefs = write(folder, url)
    return main(["site", "--styles", str(folder / "styles"), *map(str, briefs)])


def write(folder: Path, url: str) -> list[Path]:
    """Write the guides as briefs into a folder; return their files."""
    shutil.rmtree(folder / "briefs", ignore_errors=True)
    (folder / "briefs").mkdir(parents=True)
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles/house.toml").write_text(HOUSE.format(url=url), "utf-8")
    shutil.copy(ROOT / "references.bib", folder)
    for path in pages():
        text = with_links_to_pages(path.read_text("utf-8"), url)
        (folder / "briefs" / path.name).write_text(text, "utf-8")
        if (pictures := path.with_suffix("")).is_dir():
            shutil.copytree(pictures, folder / "briefs" / path.stem)
    return sorted((folder / "briefs").glob("*.md"))


def pages() -> list[Path]:
    """Return the Markdown files that become pages."""
    return [*sorted((ROOT / "docs").glob("*.md")), *(ROOT / name for name in OTHERS)]


def with_links_to_pages(text: str, url: str) -> str:
    """Return Markdown in which links to other guides lead to their pages, code left alone."""
    parts, end = [], 0
    for code in _CODE.finditer(text):
        parts += [_linked(text[end : code.start()], url), code[0]]
        end = code.end()
    return "".join([*parts, _linked(text[end:], url)])


def _linked(text: str, url: str) -> str:
    text = _LINK.sub(lambda found: f"]({url}{found['name']}.html{_anchor(found['place'])})", text)
    return _PLACE.sub(lambda found: f"]({_anchor(found['place'])})", text)


def _anchor(place: str | None) -> str:
    return f"#sec-{place}" if place else ""


if __name__ == "__main__":
    sys.exit(build(OUT, os.environ.get("URL") or "http://localhost:8000/"))
