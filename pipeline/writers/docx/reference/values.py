"""What the fields of a reference docx are filled with."""

from __future__ import annotations

import datetime

from ....language.dates import long_date
from ....model import plain
from ..front import authors
from ..writing import Writing


def field_values(writing: Writing) -> dict[str, str]:
    """Return a text for each of `places.FIELDS`, "" for what the brief does not say."""
    brief = writing.numbered.brief
    front = brief.front

    def day(date: datetime.date | None) -> str:
        return long_date(date, writing.lang) if date else ""

    return {
        "title": brief.title,
        "subtitle": plain(front.subtitle),
        "date": day(front.date or front.checked_on),
        "checked-on": day(front.checked_on),
        "authors": authors(writing),
        "edition": front.edition,
        "reviewers": ", ".join(person.name for person in front.reviewers),
        "disclaimer": plain(front.disclaimer),
        "keywords": ", ".join(front.keywords),
        "contact": front.contact,
        "licence": front.licence,
    }
