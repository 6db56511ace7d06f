"""The reference list: numbers that Word counts, and links back to the citations."""

from __future__ import annotations

from msgspec.structs import replace

from ...csl import entry_language
from ...direction import has_letters_from_left, has_letters_from_right, is_right_to_left
from ...language.locators import locator_text
from ...language.terms import between_items
from ...model import BIBLIOGRAPHY, Change
from ...model.references import Reference, Run, plain
from ...numbering import NumberedBrief, Place
from ...ooxml import REFERENCE_SEQUENCE, page_field, sequence_field, w
from ...xml import Element
from .changes import in_change, marked, marked_line
from .contents import gallery
from .context import Context
from .fields import field_end, field_runs, field_start, link_outside, link_to_bookmark
from .managed_citations import BIBLIOGRAPHIES, language_switch
from .runs import TAB, RunFormat, embedded, paragraph, text_runs, unnumbered

_NUMBER = "\0"  # stands for a page number in the words round it


def bibliography_to_elements(context: Context) -> list[Element]:
    """Return the heading and one paragraph for each reference; nothing if none is cited."""
    references = context.numbered.bibliography
    gone = context.numbered.redline.gone if context.numbered.redline else ()
    if not references and not gone:
        return []
    heading = _heading(context)
    entries = [_entry(reference, context) for reference in references]
    manager = context.word_citations
    if manager != "ref" and entries:
        instruction = BIBLIOGRAPHIES[manager].format(language=language_switch(context.lang))
        entries[0] = [*field_start(instruction), *entries[0]]
        entries[-1] = [*entries[-1], field_end()]
    listed = [_listed(*pair, context) for pair in zip(entries, references, strict=True)]
    place = _place_of_gone(context.numbered)
    listed[place:place] = [_gone(reference, context) for reference in gone]
    if manager != "word":
        return [heading, *listed]
    properties = w("sdtPr", w("id", val=context.controls.next()), w("bibliography"))
    own = w("sdt", properties, w("sdtContent", *listed))
    return [gallery("Bibliographies", [heading, own], context)]


def _listed(entry: list[Element], reference: Reference, context: Context) -> Element:
    found = paragraph("Bibliography", entry)
    redline = context.numbered.redline
    if redline and reference.anchor in redline.new:
        return marked([found], "inserted", context)[0]
    return found


def _heading(context: Context) -> Element:
    """Return the heading; of a redline only one edition may have references."""
    redline = context.numbered.redline
    change: Change | None = None
    if redline and not context.numbered.bibliography:
        change = "deleted"
    elif redline and not redline.older.bibliography:
        change = "inserted"
    own = in_change(context, change) if change else context
    words = text_runs(own.term("references"), own.run_format)
    title = own.bookmarks.anchor(BIBLIOGRAPHY, words)
    heading = paragraph("Heading1", title, *unnumbered())
    return marked([heading], change, context)[0] if change else heading


def _place_of_gone(numbered: NumberedBrief) -> int:
    """Return where the references are listed that only the older edition of a redline cites.

    It is at the end; but an entry that was inserted there must follow one that stays, with which it
    is joined if it is rejected.
    """
    references, redline = numbered.bibliography, numbered.redline
    new = redline.new if redline else frozenset()
    lasting = [n for n, found in enumerate(references) if found.anchor not in new]
    if not lasting or lasting[-1] + 1 == len(references):
        return len(references)
    return lasting[-1]


def _gone(reference: Reference, context: Context) -> Element:
    """Return the entry of a reference that only the older edition of a redline has."""
    entry = paragraph("Bibliography", _entry(reference, in_change(context, "deleted")))
    return marked([entry], "deleted", context)[0]


def _entry(reference: Reference, context: Context) -> list[Element]:
    """Return one entry. Its bookmark encloses the digits alone: marks repeat what it encloses.

    In the list of a reference manager the number is text: fields in its field would be lost.
    """
    opening, closing = _label(context)
    run_format, shown = context.run_format, context.number(reference.anchor)
    if context.word_citations == "ref":
        number = field_runs(sequence_field(REFERENCE_SEQUENCE), shown, run_format)
    else:
        number = text_runs(shown, run_format)
    return [
        *text_runs(opening, run_format),
        *context.bookmarks.anchor(reference.anchor, number),
        *text_runs(closing, run_format),
        TAB,
        *_entry_text(reference, context),
        *_back_references(reference, context),
    ]


def _label(context: Context) -> tuple[str, str]:
    """Return what is printed around the numbers of the list: as in the house's marks, or "3."."""
    marks = context.numbered.marks
    if marks.each or marks.opening == "[":
        return marks.opening, marks.closing
    return "", "."


def _entry_text(reference: Reference, context: Context) -> list[Element]:
    """Return what is printed after the number; in Latin letters, from left to right.

    The paragraph keeps the direction of the list: the numbers of all entries stand on one side.
    """
    own = entry_language(reference, context.lang)
    run_format = context.run_format if own == context.lang else RunFormat(lang=own)
    runs = context.numbered.entry(reference)
    content = [found for run in runs for found in _entry_run(run, run_format, context)]
    if run_format.right_to_left == context.right_to_left:
        return content
    return embedded(content, run_format, has_letters_from_right(plain(runs)))


def _entry_run(run: Run, run_format: RunFormat, context: Context) -> list[Element]:
    relation = context.outside_link(run.href) if run.href else None
    around = run_format.right_to_left
    if run.lang:
        turned = is_right_to_left(run.lang)
        run_format = replace(run_format, lang=run.lang, right_to_left=turned)
    run_format = replace(
        run_format,
        style="Hyperlink" if relation else "",
        bold=run.bold,
        italic=run.italic,
        small_caps=run.small_caps,
        underline=run.underline,
        position=run.position,
    )
    content = text_runs(run.text, run_format)
    if run_format.right_to_left != around:
        mixed = has_letters_from_left(run.text) and has_letters_from_right(run.text)
        content = embedded(content, run_format, mixed)
    if run.change:
        content = marked_line(content, run.change, context)
    return [link_outside(relation, content)] if relation else content


def _back_references(reference: Reference, context: Context) -> list[Element]:
    """Return "Cited in Section 1 (p. 2)", each place a link to the citation, its page a field."""
    places = context.numbered.cited_at.get(reference.anchor, ())
    if not places:
        return []
    muted = RunFormat(style="BackReference", right_to_left=context.right_to_left)
    found = text_runs(f" {context.term('cited-in')} ", muted)
    for place in places:
        if place is not places[0]:
            found += text_runs(between_items(context.lang), muted)
        label = text_runs(place.label, muted)
        if bookmark := context.bookmarks.of_citations.get(place.citation):
            # No field inside a link: LibreOffice loses it when it saves.
            page = _on_page(place, bookmark, muted, context)
            tip = f"{context.term('cited-in')} {place.label}"
            found += [link_to_bookmark(bookmark, label, tip), *page]
        else:
            found += label
    return found


def _on_page(place: Place, bookmark: str, run_format: RunFormat, context: Context) -> list[Element]:
    """Return " (p. 3)", which stays on the line of the word before, the number a field that shows
    an estimate until it is updated."""
    said = f" ({locator_text('page', _NUMBER, context.lang)})".replace(" ", "\N{NO-BREAK SPACE}")
    before, _, after = said.partition(_NUMBER)
    number = context.pages[place.citation]
    # LibreOffice 7.4 renames bookmarks in footnotes, and a reader may reject insertions: a field to
    # one of these would show an error.
    if context.word_citations == "ref" and bookmark not in context.bookmarks.unsure:
        page = field_runs(page_field(bookmark), number, run_format)
    else:
        page = text_runs(number, run_format)
    return [*text_runs(before, run_format), *page, *text_runs(after, run_format)]
