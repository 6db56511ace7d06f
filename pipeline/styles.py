"""The look of the outputs: the files of a house style, read once.

A house style is a folder. A file that it lacks is taken from the default house style, which is
`styles/` of this repository and travels inside the installed package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from os.path import exists  # unlike that of `Path`, it raises for no name
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from .contrast import low_contrasts
from .diagnostics import CODES, Diagnostic, Severity, Span, did_you_mean
from .diagnostics.values import read_values
from .language.terms import language_tag
from .marks import PRESETS, SEPARATE, Marks, marks_problem
from .model import PDF_STANDARDS, WORD_CITATIONS

PAPERS = ("a4", "letter")
COLUMNS = (1, 2)
BACK_REFERENCES = ("on", "off")
_KINDS: Mapping[str, type] = {"fonts": dict, "colours": str, "press": str, "press-colours": str}
_KIND_WORDS = {str: "text", int: "number", dict: "table"}
_INKS = r"|(100|[0-9]{1,2})( (100|[0-9]{1,2})){3}"
FILES = ("brief.html.j2", "base.css", "screen.css", "print.css", "press.css")


class BadTemplate(Exception):
    """Why the template of a house style cannot be filled."""


class Font(Struct, frozen=True):
    """A font family, and where each system gets it from (package names)."""

    family: str
    stands_for: str = ""  # the font of the same widths that Word users have
    packages: Mapping[str, str] = field(default_factory=dict)  # {"debian": …, "brew": …}


class House(Struct, frozen=True):
    """What `house.toml` says. Sizes are in points, colours are CSS hex colours."""

    name: str
    lang: str
    paper: str
    columns: int
    marks: str
    citation_style: str
    word_citations: str  # one of `WORD_CITATIONS`
    pdf_standard: str  # one of `PDF_STANDARDS`
    back_references: str
    fonts: Mapping[str, Font]
    sizes: Mapping[str, float]
    colours: Mapping[str, str]
    budgets: Mapping[str, float]  # {"words": …, "pages": …}
    press: Mapping[str, str]  # {"profile": …, "condition": …}
    press_colours: Mapping[str, str]  # "C M Y K" in per cent, by the name of a colour
    severities: Mapping[str, Severity]
    mark: Mapping[str, str | bool]  # what it changes in the preset `marks`


class Styles(Struct, frozen=True):
    """A house style as its files say it."""

    house: House
    files: Mapping[str, str]  # text by name: "brief.html.j2", "base.css", …
    reference_docx: bytes = b""  # a Word file whose styles are used; b"" for the house's own


def default_folder() -> Path:
    """Return the folder of the default house style: in the package, or in the source tree."""
    packaged = Path(__file__).with_name("house")
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "styles"


def load_styles(folder: Path | None) -> tuple[Styles, list[Diagnostic]]:
    """Read a house style; what it leaves out is the default house style's.

    Findings have the codes "bad-house-style" and "low-contrast". The result is usable even where
    there are some.
    """
    default = default_folder()
    folders = [folder, default] if folder and folder.resolve() != default.resolve() else [default]
    diagnostics: list[Diagnostic] = []
    values = _read_toml(default / "house.toml", diagnostics)
    if len(folders) > 1 and exists(folders[0] / "house.toml"):
        found = _read_toml(folders[0] / "house.toml", diagnostics)
        values = _merged(values, found, folders[0] / "house.toml", diagnostics)
    diagnostics += _hard_to_read(values, folders[0] / "house.toml")
    files = {}
    for name in FILES:
        path = next(found / name for found in folders if exists(found / name))
        text = _read_text(path, diagnostics)
        files[name] = (default / name).read_text("utf-8") if text is None else text
        diagnostics += _addresses(path, files[name])
    return Styles(_house(values), files), diagnostics


def _hard_to_read(values: Mapping[str, Any], path: Path) -> list[Diagnostic]:
    found = []
    for name, ground, ratio in low_contrasts(values["colours"]):
        message = f"`{name}` on {ground} has a contrast of {ratio:.1f}:1, and text needs 4.5:1"
        span = _key_span(path, name) if exists(path) else Span.on_line(str(path), 1, 1, 1)
        hint = "choose a darker colour, or a lighter ground"
        found.append(Diagnostic("low-contrast", message, span, hint))
    return found


ADDRESS = re.compile(r"@import\s+(?:url\()?|url\(", re.IGNORECASE)


def _addresses(path: Path, text: str) -> list[Diagnostic]:
    """Return a finding for each address in a style sheet: nothing is ever fetched for one."""
    found = []
    lines = text.splitlines() if path.suffix == ".css" else ()
    for number, line in enumerate(lines, start=1):
        for start in ADDRESS.finditer(line):
            target = line[start.end() :].lstrip(" '\"")
            if not target.startswith(("data:", "#")):
                span = Span.on_line(str(path), number, start.start() + 1, len(start[0]))
                hint = "write what it holds into the style sheet, or as a data: URL"
                found.append(Diagnostic("remote-file", "a style sheet fetches nothing", span, hint))
    return found


def _read_text(path: Path, diagnostics: list[Diagnostic]) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        message = f"the file cannot be read: {reason.lower()}"
        diagnostics.append(Diagnostic("bad-house-style", message, Span.of_file(str(path))))
        return None


def _read_toml(path: Path, diagnostics: list[Diagnostic]) -> dict[str, Any]:
    text = _read_text(path, diagnostics)
    values = read_values((text or "").encode(), dict[str, Any], str(path), "bad-house-style")
    if isinstance(values, Diagnostic):
        diagnostics.append(values)
        return {}
    return values


def _merged(
    default: dict[str, Any],
    found: dict[str, Any],
    path: Path,
    diagnostics: list[Diagnostic],
) -> dict[str, Any]:
    """Return the default values with those found over them; a wrong one is said and left out."""
    merged = dict(default)
    for key, value in found.items():
        if problem := _problem(key, value, default):
            message, hint = problem
            diagnostics.append(Diagnostic("bad-house-style", message, _key_span(path, key), hint))
        elif isinstance(value, dict):
            merged[key] = default[key] | value
        else:
            merged[key] = value
    inks, own = merged["press-colours"], found.get("press-colours", {})
    for name, colour in default["colours"].items():
        # The default's inks are for the default's colours. Text stays in black ink alone: small
        # letters of several inks are blurred where the plates do not meet.
        if name in inks and name not in own and name != "text":
            inks = inks if merged["colours"][name] == colour else {**inks, name: ""}
    merged["press-colours"] = inks
    if wrong := marks_problem(_changed(PRESETS[merged["marks"]], merged["mark"])):
        name, reason, hint = wrong
        span = _key_span(path, "mark", name)
        diagnostics.append(Diagnostic("bad-house-style", f"`mark.{name}` {reason}", span, hint))
        merged["mark"] = default["mark"]
    return merged


def _problem(key: str, value: object, default: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return what is wrong with a value, and a hint; None if it is well."""
    if key not in default:
        return f"`{key}` means nothing in a house style", did_you_mean(key, default)
    kind = type(default[key])
    if type(value) is not kind:  # `true` is an `int` to Python, and no number here
        return f"`{key}` must be a {_KIND_WORDS[kind]}", ""
    if key == "lang" and (not value or language_tag(str(value)) != value):
        return f"`{value}` is no language tag", "write one such as en-GB or fr"
    choices = {
        "marks": tuple(PRESETS),
        "paper": PAPERS,
        "columns": COLUMNS,
        "word-citations": WORD_CITATIONS,
        "pdf-standard": PDF_STANDARDS,
        "back-references": BACK_REFERENCES,
    }.get(key)
    if choices and value not in choices:
        return f"`{key}` cannot be `{value}`", f"choose one of: {', '.join(map(str, choices))}"
    if key == "mark" and isinstance(value, dict):
        return _kind_problem(value)
    if key == "severities" and isinstance(value, dict):
        return _severity_problem(value)
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in default[key]:
                return f"`{key}.{name}` means nothing", did_you_mean(name, default[key])
            if not isinstance(inner, _KINDS.get(key, float | int)):
                message = f"`{key}.{name}` has a value of the wrong kind"
                return message, "see the default house.toml"
            if key == "fonts" and not _is_font(inner):
                return f"`fonts.{name}` needs a family", 'family = "…", and package names'
            if key == "press-colours" and not re.fullmatch(_INKS, str(inner)):
                hint = 'cyan, magenta, yellow and black in per cent: "0 0 0 100"'
                return f"`{key}.{name}` cannot be `{inner}`", hint
    return None


def _severity_problem(severities: Mapping[str, object]) -> tuple[str, str] | None:
    for code, severity in severities.items():
        if code not in CODES:
            return f"there is no code `{code}`", did_you_mean(code, CODES)
        if severity not in [found.value for found in Severity]:
            return f"`{severity}` is no severity", "error, warning, info or off"
        if CODES[code].severity is Severity.ERROR and severity != "error":
            return f"`{code}` stays an error", "an output would be wrong without it"
    return None


def _is_font(value: object) -> bool:
    if not isinstance(value, dict) or "family" not in value:
        return False
    return all(isinstance(inner, str) for inner in value.values())


def _kind_problem(changes: Mapping[str, object]) -> tuple[str, str] | None:
    """Return what is wrong with the names and kinds of the changes to a preset of marks."""
    known = {name.replace("_", "-"): type(value) for name, value in asdict(SEPARATE).items()}
    for name, value in changes.items():
        if name not in known:
            return f"`mark.{name}` means nothing", did_you_mean(name, known)
        if not isinstance(value, known[name]):
            kind = "true or false" if known[name] is bool else "a text"
            return f"`mark.{name}` must be {kind}", ""
    return None


def _key_span(path: Path, key: str, inner: str = "") -> Span:
    """Return where a key stands, or a key inside its table."""
    found = Span.on_line(str(path), 1, 1, 1)
    wanted = key
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if re.match(rf"\s*\[?{re.escape(wanted)}(?![\w-])", line):
            found = Span.on_line(str(path), number, line.index(wanted) + 1, len(wanted))
            if wanted == inner or not inner:
                break
            wanted = inner
    return found


def _house(values: Mapping[str, Any]) -> House:
    simple = {name.replace("_", "-") for name in House.__struct_fields__} - {"fonts", "severities"}
    given = {name.replace("-", "_"): values[name] for name in simple}
    fonts = {
        role: Font(
            font["family"],
            font.get("stands-for", ""),
            {k: v for k, v in font.items() if k not in ("family", "stands-for")},
        )
        for role, font in values["fonts"].items()
    }
    severities = {code: Severity(value) for code, value in values["severities"].items()}
    return House(**given, fonts=fonts, severities=severities)


def house_marks(house: House, name: str) -> Marks:
    """Return the marks of a preset, with the house's changes if it is the house's own.

    They are the default ones for a name that is none.
    """
    preset = PRESETS.get(name, SEPARATE)
    return _changed(preset, house.mark) if name == house.marks else preset


def _changed(marks: Marks, changes: Mapping[str, Any]) -> Marks:
    return replace(marks, **{name.replace("-", "_"): value for name, value in changes.items()})
