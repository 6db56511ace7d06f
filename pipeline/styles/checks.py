"""What is wrong with the values of a `house.toml`, and with what its colours and CSS ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from ..colours import WHITE, contrast, hex_digits, rgb_of_hex
from ..diagnostics import CODES, Severity, did_you_mean
from ..language.tags import language_tag
from ..language.terms import term
from ..marks import PRESETS, SEPARATE
from ..model import COLUMNS, PAPERS, PDF_STANDARDS, WORD_CITATIONS, AnchorKind
from ..text import CONTROLS, WEB, link_target, scheme
from .house import GENERIC, LABELLED, PROCESSES, RUNNING_FIELDS

CHOICES: Mapping[str, tuple[object, ...]] = {
    "marks": tuple(PRESETS),
    "paper": PAPERS,
    "columns": COLUMNS,
    "word-citations": WORD_CITATIONS,
    "pdf-standard": PDF_STANDARDS,
    "back-references": ("on", "off"),
    "figure-captions": ("above", "below"),
    "table-captions": ("above", "below"),
    "figure-style": ("plain", "ruled", "boxed"),
    "summary-style": ("boxed", "ruled"),
    "reference-list": ("full", "compact"),
    "number-sections": ("on", "off"),
    "number-paragraphs": ("on", "off"),
    "corrections-at": ("top", "end"),
    "after-release": ("edition", "correction", "both"),
    "corrections": ("offered", "all", "none"),
}
_KIND_WORDS = {str: "text", int: "number", float: "number", dict: "table"}
_SMALLEST, _LARGEST = 4.0, 144.0  # points of a size
_WIDEST = 300.0  # millimetres
_TALLEST = 60.0  # millimetres of a logo
# Of a label, with or without the place of its number. Links in a PDF are known by this form.
_WORDS = r"[^\W\d_][^\d{}\n]{0,29}"
LABEL = re.compile(
    rf"|{_WORDS}(\{{number\}}[\u3040-\u9fff\uac00-\ud7af]?)?|\{{number\}}\.? {_WORDS}"
)
INKS = re.compile(r"|(100|[0-9]{1,2})( (100|[0-9]{1,2})){3}")
_THICKEST = 2.0  # millimetres of a leaf: board
_LEAST_CONTRAST = 4.5  # for text of ordinary size (WCAG 2.2, success criterion 1.4.3)
# What the house prints in each colour, and on what: paper, or the ground of boxes and code.
_PAPER = "white paper"
_ON_GROUNDS = (
    *((name, _PAPER) for name in ("text", "muted", "accent", "alert")),
    *((name, "tint") for name in ("text", "muted", "accent")),
)
_COUNTED_APART: tuple[AnchorKind, ...] = ("figure", "table")
_ADDRESS = re.compile(r"@import\s+(?:url\()?|url\(", re.IGNORECASE)


class Problem(Struct, frozen=True):
    """What is wrong with a key of `house.toml`, or with the key `inner` of its table."""

    message: str
    hint: str
    inner: str = ""


def value_problem(key: str, value: object, default: Mapping[str, Any]) -> Problem | None:
    """Return what is wrong with a value, None if it can be used.

    `default` are the values of the default house style: they say which keys and kinds there are.
    """
    if key not in default:
        return Problem(f"`{key}` is not a key of house styles", did_you_mean(key, default))
    kind = type(default[key])
    if type(value) is not kind:  # to Python `true` is an `int`, but it is not a number here
        return Problem(f"`{key}` must be a {_KIND_WORDS[kind]}", "")
    if problem := _control_character(key, value):
        return problem
    if key == "lang" and (not value or language_tag(str(value)) != value):
        return Problem(f"`{value}` is not a language tag", "write one such as en-GB or fr")
    if key in CHOICES and value not in CHOICES[key]:
        choices = ", ".join(map(str, CHOICES[key]))
        return Problem(f"`{key}` cannot be `{value}`", f"choose one of: {choices}")
    if not isinstance(value, dict):
        return None
    inner_problem = {
        "mark": _mark_problem,
        "severities": _severity_problem,
        "labels": label_problem,
    }.get(key)
    for name, inner in value.items():
        if key == "page" and name in PAPERS and isinstance(inner, dict):
            found = (_inner_problem(key, each, v, default[key]) for each, v in inner.items())
            problem = next(filter(None, found), None)
        elif inner_problem:
            problem = inner_problem(name, inner)
        else:
            problem = _inner_problem(key, name, inner, default[key])
        if problem:
            return problem
    return None


def _control_character(key: str, value: object, inner: str = "") -> Problem | None:
    """Return the first character of a value that no output can hold, or that nobody sees."""
    match value:
        case str() if found := CONTROLS.search(value):
            shown = f"{key}.{inner}" if inner else key
            message = f"`{shown}` holds a control character (U+{ord(found[0]):04X})"
            return Problem(message, "delete it", inner)
        case dict():
            each = (_control_character(key, one, inner or name) for name, one in value.items())
            return next(filter(None, each), None)
        case list():
            each = (_control_character(key, one, inner) for one in value)
            return next(filter(None, each), None)
        case _:
            return None


def _inner_problem(
    key: str, name: str, value: object, default: Mapping[str, object]
) -> Problem | None:
    if name not in default:
        return Problem(f"`{key}.{name}` means nothing", did_you_mean(name, default), name)
    kind = type(default[name])
    if type(value) not in ((int, float) if kind in (int, float) else (kind,)):
        return Problem(f"`{key}.{name}` must be a {_KIND_WORDS[kind]}", "", name)
    match key, value:
        case "budgets", float() | int() if not isinstance(value, int) or value < 1:
            return Problem(f"`{key}.{name}` cannot be {value:g}", "a whole number above 0", name)
        case "fonts", dict() if not _is_font(value):
            hint = 'family = "…", and files = ["…"] or package names; generic is serif, …'
            return Problem(f"`fonts.{name}` needs a family", hint, name)
        case "sizes", float() | int() if not _SMALLEST <= value <= _LARGEST:
            hint = f"it is in points, from {_SMALLEST:g} to {_LARGEST:g}"
            return Problem(f"`{key}.{name}` cannot be {value:g}", hint, name)
        case "page", float() | int() if not 0 <= value <= _WIDEST:
            hint = "it is in millimetres"
            return Problem(f"`{key}.{name}` cannot be {value:g}", hint, name)
        case "logo", float() | int() if not 0 < value <= _TALLEST:
            hint = f"it is in millimetres, up to {_TALLEST:g}"
            return Problem(f"`{key}.{name}` cannot be {value:g}", hint, name)
        case "cover" | "first-page", str() if _is_switch(key, name) and value not in ("on", "off"):
            return Problem(f"`{key}.{name}` cannot be `{value}`", "choose one of: on, off", name)
        case "header" | "footer", str() if problem := _slot_problem(value):
            return Problem(f"`{key}.{name}` {problem[0]}", problem[1], name)
        case "site", str() if value and not _is_site(value):
            hint = 'an address with its last slash: "https://briefs.example.org/"'
            return Problem(f"`{key}.{name}` cannot be `{value}`", hint, name)
        case "press", str() if name == "process" and value not in PROCESSES:
            hint = f"choose one of: {', '.join(PROCESSES)}"
            return Problem(f"`{key}.{name}` cannot be `{value}`", hint, name)
        case "press", int() | float() if not 0 < value <= _THICKEST:
            hint = "the thickness of one leaf in millimetres: 0.1 of paper of 100 g/m²"
            return Problem(f"`{key}.{name}` cannot be `{value:g}`", hint, name)
        case "colours", str() if not _is_colour(value):
            hint = 'write a hex colour: "#0b4f6c" or "#abc"'
            return Problem(f"`{key}.{name}` cannot be `{value}`", hint, name)
        case "press-colours", str() if not INKS.fullmatch(value):
            hint = 'cyan, magenta, yellow and black in per cent: "0 0 0 100"'
            return Problem(f"`{key}.{name}` cannot be `{value}`", hint, name)
    return None


def _is_switch(key: str, name: str) -> bool:
    return key == "first-page" or name == "show"


def _slot_problem(slot: str) -> tuple[str, str] | None:
    """Return what is wrong with a slot of a header or footer, and a hint."""
    for field in re.findall(r"\{([^{}]*)\}", slot):
        if field not in RUNNING_FIELDS:
            near = did_you_mean(field, RUNNING_FIELDS)
            return f"has no field `{field}`", near or f"the fields are: {', '.join(RUNNING_FIELDS)}"
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", slot)):
        return "has a brace without its other half", "write fields as {title}"
    if "{logo}" in slot and slot != "{logo}":
        return "has more than the logo", "give it a place of its own: left, center or right"
    return None


def _severity_problem(code: str, severity: object) -> Problem | None:
    if code not in CODES:
        return Problem(f"there is no code `{code}`", did_you_mean(code, CODES), code)
    if severity not in [found.value for found in Severity]:
        return Problem(f"`{severity}` is not a severity", "error, warning, info or off", code)
    if CODES[code].severity is Severity.ERROR and severity != "error":
        return Problem(f"`{code}` stays an error", "an output would be wrong without it", code)
    return None


def _mark_problem(name: str, value: object) -> Problem | None:
    """Return what is wrong with the name or the kind of a change to a preset of marks."""
    known = {name.replace("_", "-"): type(value) for name, value in asdict(SEPARATE).items()}
    if name not in known:
        return Problem(f"`mark.{name}` means nothing", did_you_mean(name, known), name)
    if not isinstance(value, known[name]):
        kind = "true or false" if known[name] is bool else "a text"
        return Problem(f"`mark.{name}` must be {kind}", "", name)
    return None


def label_problem(name: str, value: object) -> Problem | None:
    """Return what is wrong with a label, or with those of a language."""
    if name not in LABELLED and isinstance(value, dict):
        if language_tag(name) != name:
            hint = "write one such as fr or en-GB"
            return Problem(f"`labels.{name}` is not a language tag", hint, name)
        found = (label_problem(kind, label) for kind, label in value.items())
        return next(filter(None, found), None)
    if name not in LABELLED:
        return Problem(f"`labels.{name}` means nothing", did_you_mean(name, LABELLED), name)
    if not isinstance(value, str):
        return Problem(f"`labels.{name}` must be a text", "", name)
    if not LABEL.fullmatch(value):
        hint = 'a word or two without digits: "Fig.", or with the place of the number: "図{number}"'
        return Problem(f"`labels.{name}` cannot be `{value}`", hint, name)
    return None


def alike_labels(labels: Mapping[str, Mapping[AnchorKind, str]]) -> Iterator[tuple[str, str]]:
    """Yield each language in which figures and tables would be called by one word, and that."""
    for lang, own in labels.items():
        said = {"figure": term("figure", lang), "table": term("table", lang), **own}
        words = [re.sub(r"\{number\}|\W", "", said[kind]).casefold() for kind in _COUNTED_APART]
        if words[0].endswith(words[1]) or words[1].endswith(words[0]):
            yield lang, said["figure"].replace("{number}", "").strip()


def _is_font(value: Mapping[str, object]) -> bool:
    files, generic = value.get("files", []), value.get("generic", GENERIC[0])
    texts = [inner for name, inner in value.items() if name != "files"]
    texts += files if isinstance(files, list) else [files]
    return (
        "family" in value
        and generic in GENERIC
        and isinstance(files, list)
        and all(isinstance(text, str) for text in texts)
    )


def _is_site(value: str) -> bool:
    return link_target(value) == value and scheme(value) in WEB and value.endswith("/")


def _is_colour(value: str) -> bool:
    try:
        return bool(hex_digits(value))
    except ValueError:
        return False


def low_contrasts(
    colours: Mapping[str, str], cover: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the name of each colour of text that is hard to read on its ground, and a message."""
    for name, ground in _ON_GROUNDS:
        ratio = contrast(rgb_of_hex(colours[name]), rgb_of_hex(colours.get(ground, WHITE)))
        if ratio < _LEAST_CONTRAST:
            shown = ground if ground == _PAPER else f"`{ground}`"
            yield name, f"`{name}` on {shown} has a contrast of {ratio:.1f}:1; text needs 4.5:1"
    paint = rgb_of_hex(colours[cover["ground"]])
    best = max(contrast(rgb_of_hex(ink), paint) for ink in (WHITE, colours["text"]))
    if cover["show"] == "on" and best < _LEAST_CONTRAST:
        name = cover["ground"]
        yield name, f"text on `{name}`, the cover, has a contrast of {best:.1f}:1; it needs 4.5:1"


def fetched(css: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield what a style sheet would fetch from elsewhere, with its line from 1."""
    for number, line in enumerate(css.splitlines(), start=1):
        for start in _ADDRESS.finditer(line):
            target = line[start.end() :].lstrip(" '\"")
            if not target.startswith(("data:", "#")):
                yield number, start
