"""The reference docx of a project: the file whose styles, headers and cover a Word output takes."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten

from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, did_you_mean
from ..disk import shown_path
from ..styles import Styles
from .loading import Loading

FILENAMES = ("reference.docx", "reference.dotx")


def with_reference_docx(
    styles: Styles, folder: Path | None, given: Path | None, loading: Loading
) -> tuple[Styles, list[Diagnostic]]:
    """Return styles with the file that is given, else with the one in the styles' folder."""
    inside = [folder / name for name in FILENAMES if folder and loading.disk.exists(folder / name)]
    path = given or next(iter(inside), None)
    if path is None:
        return styles, []
    content = loading.read(path)
    if isinstance(content, Diagnostic):
        return styles, [content]
    from ..writers.docx.template import FIELDS, BadReference, facts

    span = Span.of_file(shown_path(path))
    try:
        found = facts(content, styles.house)
    except BadReference as error:
        hint = "open it in Word and save it as .docx or .dotx"
        return styles, [Diagnostic("bad-reference-docx", str(error), span, hint)]
    diagnostics = [
        Diagnostic(
            "unknown-reference-docx-field",
            f"`{{{{{name}}}}}` is not a field, and is printed as it is",
            span,
            did_you_mean(name, (*FIELDS, "body")) or f"the fields are: {', '.join(FIELDS)}, body",
        )
        for name in found.unknown_fields
    ]
    if found.left_out:
        message = f"its text is left out, from “{shorten(found.left_out, 40)}” on"
        hint = "write `{{body}}` on a line of its own where the brief should stand"
        diagnostics.append(Diagnostic("reference-docx-text-left-out", message, span, hint))
    for address in found.linked:
        message = f"a picture of it is left out: it is not in the file, but at `{address[:80]}`"
        hint = "insert it into the file; Word would fetch it for each reader"
        diagnostics.append(Diagnostic("reference-docx-picture-left-out", message, span, hint))
    if found.missing_styles:
        names = ", ".join(f"`{name}`" for name in found.missing_styles)
        message = f"these styles are added from the house style: {names}"
        hint = "to use your own, create styles with these names in the file"
        diagnostics.append(Diagnostic("reference-docx-style-added", message, span, hint))
    return replace(styles, reference_docx=content), diagnostics
