"""Reading the files of a house style.

A house style is a folder. A file that it lacks is taken from the default house style.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic, Span, did_you_mean
from ..diagnostics.values import read_values
from ..disk import Disk
from ..marks import PRESETS, marks_problem
from .checks import alike_labels, fetched, low_contrasts, value_problem
from .folders import default_folder
from .geometry import geometries, geometry_problem, line_length_problem
from .house import EXTRA, Styles, changed_marks, house_of, labels_of
from .inlining import with_pictures_inside
from .own_fonts import load_faces
from .places import key_span

_FILES = ("brief.html.j2", "base.css", "screen.css", "print.css", "press.css", EXTRA)
_ON_SCREEN = ("base.css", "screen.css", EXTRA)
_BAD = "bad-house-style"
_LEAST_SIZE = 9  # points
_LARGEST = 64 * 1024 * 1024  # bytes of one file


def load_styles(folder: Path | None, disk: Disk | None = None) -> tuple[Styles, list[Diagnostic]]:
    """Read a house style, what it leaves out from the default one; None is the default itself.

    The result can be used even if there are findings ("bad-house-style", "low-contrast",
    "line-length", "small-type", "remote-file", "hides-numbers").
    """
    default, disk = default_folder(), disk or Disk()
    folders = [folder, default] if folder and folder.resolve() != default.resolve() else [default]
    diagnostics: list[Diagnostic] = []
    path = default / "house.toml"
    values, own = _read_toml(path, disk, diagnostics), {}
    if len(folders) > 1 and disk.exists(folders[0] / "house.toml"):
        path = folders[0] / "house.toml"
        own = _read_toml(path, disk, diagnostics)
        values = _merged(values, own, path, diagnostics)
    diagnostics += _hard_to_read(values, path)
    diagnostics += _line_length(values, path)
    diagnostics += _small_type(values, path)
    files: dict[str, str] = {}
    own_sheets: dict[str, str] = {}  # the paths of style sheets that are the house's own
    for name in _FILES:
        found = [each / name for each in folders if disk.exists(each / name)]
        if not found:
            files[name] = ""  # the default has no additions to itself
            continue
        sheet = found[0]
        text = _read_text(sheet, disk, diagnostics)
        files[name] = default_text(name) if text is None else text
        if name == EXTRA:
            files[name] = with_pictures_inside(files[name], sheet.parent, disk)
        diagnostics += _addresses(sheet, files[name])
        if name in _ON_SCREEN and not sheet.is_relative_to(default):
            own_sheets[name] = str(sheet)
    if own_sheets:
        diagnostics += _hiding(own_sheets, files, values["colours"])
    own_marks = own.get("marks") == values["marks"] or bool(own.get("mark"))
    house = house_of(values, own_marks)
    faces, problems = load_faces(house.fonts, path, disk)
    return Styles(house, files, faces=faces), [*diagnostics, *problems]


def _hard_to_read(values: Mapping[str, Any], path: Path) -> list[Diagnostic]:
    hint = "choose a darker colour, or a lighter background"
    return [
        Diagnostic("low-contrast", message, key_span(path, "colours", name), hint)
        for name, message in low_contrasts(values["colours"], values["cover"])
    ]


def _line_length(values: Mapping[str, Any], path: Path) -> list[Diagnostic]:
    measure = geometries(values["page"])[values["paper"]].measure
    hint = "change the margins or the `measure` of [page], or `body` of [sizes]"
    message = line_length_problem(measure, values["sizes"]["body"])
    span = key_span(path, "page")
    return [Diagnostic("line-length", message, span, hint)] if message else []


def _small_type(values: Mapping[str, Any], path: Path) -> list[Diagnostic]:
    return [
        Diagnostic(
            "small-type",
            f"`{name}` is {size:g} points: text of less than {_LEAST_SIZE} is hard to read",
            key_span(path, "sizes", name),
            f"make it {_LEAST_SIZE} or more",
        )
        for name, size in values["sizes"].items()
        if size < _LEAST_SIZE
    ]


def _hiding(
    own: Mapping[str, str], files: Mapping[str, str], colours: Mapping[str, str]
) -> list[Diagnostic]:
    """Return a finding for each rule by which a reader would not see a number of a web page."""
    from ..legibility import hidden_by, sample_page  # only for houses with CSS of their own

    values = "".join(f"--colour-{name}: {colour};" for name, colour in colours.items())
    sheets = {"values": f":root {{ {values} }}", **{name: files[name] for name in _ON_SCREEN}}
    return [
        Diagnostic(
            "hides-numbers",
            f"`{found.rule.shown}` would hide or change marks or entries: {found.reason}",
            Span.on_line(own[found.rule.path], found.rule.line, 1, 1),
            "leave marks, numbers and entries as they are; docs/verify.md says what is refused",
        )
        for found in hidden_by(sheets, sample_page())
        if found.rule.path in own
    ]


def _addresses(path: Path, text: str) -> list[Diagnostic]:
    """Return a finding for each address in a style sheet: nothing is ever fetched for one."""
    hint = "put its content into the style sheet, or use a data: URL"
    return [
        Diagnostic(
            "remote-file",
            "style sheets cannot fetch files",
            Span.on_line(str(path), line, start.start() + 1, len(start[0])),
            hint,
        )
        for line, start in (fetched(text) if path.suffix == ".css" else ())
    ]


def _read_text(path: Path, disk: Disk, diagnostics: list[Diagnostic]) -> str | None:
    try:
        return disk.read(path, _LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        message = f"the file cannot be read: {reason.lower()}"
        diagnostics.append(Diagnostic(_BAD, message, Span.of_file(str(path))))
        return None


def default_text(name: str) -> str:
    """Return a file of the default house style."""
    return "" if name == EXTRA else (default_folder() / name).read_text("utf-8")


def _read_toml(path: Path, disk: Disk, diagnostics: list[Diagnostic]) -> dict[str, Any]:
    text = _read_text(path, disk, diagnostics)
    values = read_values((text or "").encode(), dict[str, Any], str(path), _BAD)
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
    """Return the default values overridden by those found; wrong ones are reported instead."""
    merged = dict(default)
    for key, value in found.items():
        if problem := value_problem(key, value, default):
            span = key_span(path, key, problem.inner)
            diagnostics.append(Diagnostic(_BAD, problem.message, span, problem.hint))
        elif isinstance(value, dict):
            merged[key] = default[key] | value
        else:
            merged[key] = value
    inks, own = merged["press-colours"], found.get("press-colours")
    own = own if isinstance(own, dict) else {}
    for name, colour in default["colours"].items():
        # The default's inks are for the default's colours. Text stays in black ink alone: small
        # letters of several inks are blurred where the plates do not meet.
        if name in inks and name not in own and name != "text":
            inks = inks if merged["colours"][name] == colour else {**inks, name: ""}
    merged["press-colours"] = inks
    for lang, word in alike_labels(labels_of(merged["labels"], merged["lang"])):
        message = f"figures and tables would both be called `{word}` ({lang})"
        span, hint = key_span(path, "labels"), "give them two words: they are counted apart"
        diagnostics.append(Diagnostic(_BAD, message, span, hint))
        merged["labels"] = default["labels"]
    if (ground := merged["cover"]["ground"]) not in merged["colours"]:
        message, hint = f"`{ground}` is not a colour", did_you_mean(ground, merged["colours"])
        diagnostics.append(Diagnostic(_BAD, message, key_span(path, "cover", "ground"), hint))
        merged["cover"] = default["cover"]
    if reason := geometry_problem(geometries(merged["page"])):
        span = key_span(path, "page")
        diagnostics.append(Diagnostic(_BAD, f"`page` {reason}", span, "see the default house.toml"))
        merged["page"] = default["page"]
    if wrong := marks_problem(changed_marks(PRESETS[merged["marks"]], merged["mark"])):
        name, reason, hint = wrong
        span = key_span(path, "mark", name)
        diagnostics.append(Diagnostic(_BAD, f"`mark.{name}` {reason}", span, hint))
        merged["mark"] = default["mark"]
    return merged
