"""What stands above and below the text of a brief: title block and imprint."""

from __future__ import annotations

from ...language.dates import long_date
from ...model import Inlines, Person
from .inlines import inlines_to_runs
from .runs import Dress, paragraph, text_run
from .writing import Writing


def title_block(writing: Writing) -> str:
    """Return the title and what belongs to it. The title comes first: other programs expect it."""
    front = writing.numbered.brief.front
    parts = (
        _inlines("Title", front.title, writing)
        or _line("Title", writing.numbered.brief.title, writing),
        _inlines("Subtitle", front.subtitle, writing),
        "" if "authors" in writing.placed else _line("Author", authors(writing), writing),
        _line("Date", " · ".join(_facts(writing)), writing),
        _inlines("Disclaimer", front.disclaimer, writing),
    )
    return "".join(parts)


def _inlines(style: str, inlines: Inlines, writing: Writing) -> str:
    if not inlines:
        return ""
    front = writing.numbered.brief.front
    return paragraph(style, writing.block(front, inlines_to_runs(inlines, writing)))


def _line(style: str, text: str, writing: Writing) -> str:
    return paragraph(style, text_run(text, writing.dress)) if text else ""


def authors(writing: Writing) -> str:
    return "; ".join(_person(person) for person in writing.numbered.brief.front.authors)


def _person(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.affiliation)))


def _facts(writing: Writing) -> list[str]:
    """Return what the line below the authors says: dates, edition, reviewers."""
    front = writing.numbered.brief.front
    placed = writing.placed
    facts = []
    said = "checked-on" in placed or ("date" in placed and not front.date)
    if front.checked_on and not said:
        date = long_date(front.checked_on, writing.lang)
        facts.append(writing.term("checked-on").format(date=date))
    elif front.date and not front.checked_on and "date" not in placed:
        facts.append(long_date(front.date, writing.lang))
    if front.edition and "edition" not in placed:
        facts.append(writing.term("edition").format(edition=front.edition))
    if front.reviewers and "reviewers" not in placed:
        names = ", ".join(person.name for person in front.reviewers)
        facts.append(writing.term("reviewed-by").format(names=names))
    return facts


def imprint(writing: Writing) -> str:
    """Return the lines below the list of references: contact and licence."""
    front = writing.numbered.brief.front
    label = Dress(style="Strong", bold=True, right_to_left=writing.right_to_left)
    return "".join(
        [
            paragraph(
                "Imprint",
                text_run(f"{writing.term(name)} ", label) + text_run(words, writing.dress),
            )
            for name, words in (("contact", front.contact), ("licence", front.licence))
            if words and name not in writing.placed
        ]
    )
