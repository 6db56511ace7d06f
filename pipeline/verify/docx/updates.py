"""What Word would print after an update of all fields, compared with what the file prints.

ECMA-376, part 1: 17.16.5 (fields), 17.16.4 (formats), 17.11 (footnotes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from ..messages import name, quote
from ..readback import Remark
from ..texts import squeezed
from .contract import CITATION, Field, is_container, qualified, read_field
from .pieces import Paragraph, Piece
from .styles import value

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_OURS = frozenset({"REF", "SEQ", "NOTEREF", "PAGEREF", "TOC", "BIBLIOGRAPHY", "CITATION", "ADDIN"})
_HARMLESS = frozenset(
    {"HYPERLINK", "PAGE", "NUMPAGES", "STYLEREF", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "TITLE"}
    | {"AUTHOR", "FILENAME", "DOCPROPERTY", "SECTION", "SECTIONPAGES", "LISTNUM", "EQ", "SYMBOL"}
)


def after_update(
    body: Sequence[Paragraph],
    notes: Sequence[Paragraph],
    labels: Mapping[int, str],
    calls: Mapping[str, str],
) -> Iterator[Remark]:
    """Yield what an update would change.

    `labels` are the numbers of headings by the id of their paragraph; `calls` the numbers of
    footnotes by bookmark.
    """
    paragraphs = [*body, *notes]
    counted = _sequences(body) | _sequences(notes)
    contents = _bookmarks(paragraphs, counted)
    headings = {
        piece.name: labels.get(id(paragraph), "")
        for paragraph in paragraphs
        for piece in paragraph.pieces
        if piece.kind == "open"
    }
    for paragraph in paragraphs:
        listed = any(map(is_container, paragraph.inside))
        for piece in paragraph.pieces:
            if piece.kind != "field":
                continue
            found, said = read_field(piece.name), squeezed(piece.text)
            now: str | None = None
            if found.kind == "SEQ":
                now = counted.get(id(piece))
            elif found.kind == "REF" and found.arguments and not listed:
                now = _repeated(found, contents, headings)
            elif found.kind == "NOTEREF" and found.arguments:
                now = calls.get(found.arguments[0])
            if found.kind == "REF" and found.arguments and found.arguments[0] not in contents:
                if found.arguments[0][:1] != "_":
                    yield Remark(
                        f"a field repeats {name(found.arguments[0])}, which is missing: after an "
                        "update Word prints an error"
                    )
            elif now is not None and squeezed(now).rstrip(".") != said.rstrip("."):
                yield Remark(f"after an update Word prints {quote(now)} instead of {quote(said)}")


def other_fields(paragraphs: Sequence[Paragraph]) -> Iterator[Remark]:
    """Yield the fields in citations or entries that print digits and are not ours."""
    for paragraph in paragraphs:
        is_open = False
        for piece in paragraph.pieces:
            if piece.name.startswith(CITATION):
                is_open = (is_open or piece.kind == "open") and piece.kind != "close"
            if piece.kind != "field" or not any(c.isdigit() for c in piece.text):
                continue
            kind = read_field(piece.name).kind
            if kind not in _OURS and (is_open or kind not in _HARMLESS):
                words = f"a field {name(piece.name.strip())} prints {quote(piece.text)}"
                yield Remark(f"{words}, which may change", certain=is_open)


def _sequences(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Return what each SEQ field prints after an update, by the id of its piece (17.16.5.56).

    Those of footnotes do not count for the text, says Word's documentation of the field.
    """
    counts: dict[str, int] = {}
    found: dict[int, str] = {}
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            read = read_field(piece.name) if piece.kind == "field" else Field("")
            if read.kind != "SEQ" or not read.arguments:
                continue
            identity = read.arguments[0].lower()
            reset = read.after(r"\r")
            if reset is not None and reset.isdigit() and len(reset) < 10:
                counts[identity] = int(reset)
            elif r"\c" not in read.switches:
                counts[identity] = counts.get(identity, 0) + 1
            shown = formatted(counts.get(identity, 0), read)
            is_hidden = r"\h" in read.switches and r"\*" not in read.switches
            found[id(piece)] = "" if is_hidden else shown
    return found


def formatted(number: int, found: Field) -> str:
    """Return a number as the switches of its field print it (17.16.4.3)."""
    styles = [
        following
        for word, following in zip(found.words, (*found.words[1:], ""), strict=True)
        if word == r"\*"
    ]
    for style in (s for s in styles if s.upper() not in ("MERGEFORMAT", "CHARFORMAT")):
        match style.lower():
            case "arabic" | "arabicdash":
                return str(number) if style.lower() == "arabic" else f"- {number} -"
            case "roman":
                return _roman(number) if style[:1] == "R" else _roman(number).lower()
            case "alphabetic":
                return _alphabetic(number, upper=style[:1] == "A")
            case "ordinal":
                return f"{number}."
            case "hex":
                return f"{number:X}"
            case _:
                return f"{number} ({style})"
    picture = found.after(r"\#")
    if picture is not None and picture.strip("0#"):
        return f"{number} ({picture})"
    if picture is not None and picture.count("0") > len(str(number)):
        return str(number).zfill(picture.count("0"))
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for worth, letters in _ROMAN:
        while number >= worth:
            found, number = found + letters, number - worth
    return found


def _alphabetic(number: int, upper: bool) -> str:
    if number < 1:
        return str(number)
    letter = chr(ord("A" if upper else "a") + (number - 1) % 26)
    return letter * ((number - 1) // 26 + 1)


def _bookmarks(paragraphs: Sequence[Paragraph], counted: Mapping[int, str]) -> dict[str, str]:
    """Return what each bookmark encloses after an update, hidden text included: REF repeats it."""
    found: dict[str, str] = {}
    open_ones: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            match piece.kind:
                case "open" if piece.name not in found:
                    open_ones[piece.name] = []
                case "close" if piece.name in open_ones:
                    found[piece.name] = "".join(open_ones.pop(piece.name))
                case "text" | "field":
                    text = counted.get(id(piece), piece.text)
                    for texts in open_ones.values():
                        texts.append(text)
                case _:
                    pass
    return found | {bookmark: "".join(texts) for bookmark, texts in open_ones.items()}


def _repeated(found: Field, contents: Mapping[str, str], headings: Mapping[str, str]) -> str | None:
    """Return what a REF field prints after an update (17.16.5.51); None where that is unknown."""
    bookmark = found.arguments[0]
    if {r"\p", r"\f", r"\d"} & set(found.switches):
        return None
    if {r"\r", r"\n", r"\w"} & set(found.switches):
        return headings.get(bookmark) or ("0" if bookmark in headings else None)
    text = contents.get(bookmark)
    styles = [word.upper() for word in found.words if word[:1] != "\\"]
    if text is not None and text.strip().isdigit() and {"ROMAN", "ALPHABETIC"} & set(styles):
        return formatted(int(text), found)
    return text


# Footnotes -------------------------------------------------------------------------------------


def call_numbers(
    calls: Sequence[Piece], roots: Sequence[Element]
) -> tuple[dict[int, str], list[Remark]]:
    """Return the number of each call by the id of its piece, as Word counts (17.11.11 and on).

    `roots` are the parts that may say how: the settings and the document.
    """
    start, form, remarks = 1, "decimal", []
    forms = set()  # of the sections
    for root in roots:
        former = [s for c in root.iter(qualified("w:sectPrChange")) for s in c]
        sections = [s for s in root.iter(qualified("w:sectPr")) if s not in former]
        for place in sections or [root]:
            properties = place.find(qualified("w:footnotePr"))
            if properties is not None:
                first = value(properties, "w:numStart")
                start = int(first) if first.isdigit() and len(first) < 6 else start
                if value(properties, "w:numRestart") in ("eachPage", "eachSect"):
                    message = "footnote numbers restart on each page or in each section"
                    remarks.append(Remark(message))
            said = properties is not None and value(properties, "w:numFmt")
            forms.add(said or form)
        if not sections:
            form, forms = forms.pop(), set()
    if len(forms) > 1:
        remarks.append(Remark("sections number their footnotes in different ways"))
    form = min(forms, default=form)
    numbers, count = {}, start - 1
    for call in calls:
        if call.text:
            numbers[id(call)] = call.text
            continue
        count += 1
        numbers[id(call)] = _in_form(count, form)
    return numbers, remarks


def _in_form(number: int, form: str) -> str:
    match form:
        case "decimal":
            return str(number)
        case "upperRoman":
            return _roman(number)
        case "lowerRoman":
            return _roman(number).lower()
        case "upperLetter" | "lowerLetter":
            return _alphabetic(number, upper=form == "upperLetter")
        case _:
            return f"{number} ({form})"
