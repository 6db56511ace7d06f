"""What of a brief does not leave the house: its source, and the names of reviewers."""

from __future__ import annotations

from msgspec.structs import replace

from ..model import FrontMatter, Person


def outgoing(front: FrontMatter) -> FrontMatter:
    """Return front matter for outsiders: reviewers are known by their roles and affiliations."""
    reviewers = (_unnamed(person) for person in front.reviewers)
    return replace(
        front,
        embed_source=False,
        reviewers=tuple(person for person in reviewers if person.name),
    )


def _unnamed(person: Person) -> Person:
    if not person.role:
        return Person(person.affiliation, date=person.date)
    return Person(person.role, affiliation=person.affiliation, date=person.date)
