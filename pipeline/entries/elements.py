"""The elements of a style (CSL 1.0.2, rendering elements) but for names and dates."""

from __future__ import annotations

import re
from functools import cached_property

from ..model import references
from .dates import Date, DatePart
from .dress import bare
from .element import Element, value
from .item import Missing, Variables
from .names import EtAl, Name, Names, Substitute
from .numbers import Label, Number, Numbers

# A number, with letters before or after it, or several of them (CSL 1.0.2, choose, is-numeric).
_NUMBER = r"[^\W\d_]*\d+[^\W\d_]*"
_NUMERIC = re.compile(rf"\s*{_NUMBER}(?:\s*[-–—,&]\s*{_NUMBER})*\s*")


class Text(Numbers):
    """A variable, macro, term or string."""

    @cached_property
    def counts(self) -> bool:
        if macro := self.get("macro"):
            return self.style.macro(macro).counts
        return self.get("variable", "year-suffix") != "year-suffix"

    @cached_property
    def _macro(self) -> Element | None:
        return self.style.macro(self.attributes["macro"]) if self.get("macro") else None

    @cached_property
    def _fixed(self) -> str | None:
        """A term or a string: the same in each entry."""
        if "value" in self.attributes:
            return self.marked_up(self.get("value"))
        form = self.get("form", "long")
        number = self.locales.multiple if self.get("plural") == "true" else self.locales.single
        return self.marked_up(number(self.get("term", ""), None if form == "long" else form))

    def render(self, item: Variables) -> str | None:
        if "variable" in self.attributes:
            return self.marked_up(self._variable(item))
        if self._macro is not None:
            return self.marked_up(self._macro.joined_children(item))
        return self._fixed

    def _variable(self, item: Variables) -> str | None:
        """The number of an entry is not part of it: writers set that beside it."""
        variable = self.attributes["variable"]
        if variable == "citation-number":
            return None
        if self.get("form") == "short" and f"{variable}-short" in item:
            variable += "-short"
        if variable.startswith("page"):
            return value(self.numbers(item["page"], variable))
        return value(str(item[variable]))


class Group(Element):
    """What belongs together; it is left out where all of its variables are empty.

    A macro that is not empty counts as a variable that is not (CSL 1.0.2, group): else there would
    be an "In" before a container that is not known.
    """

    counts = True

    @cached_property
    def _calls(self) -> bool:
        return any(child.counts for child in self.children)

    def render(self, item: Variables) -> str | None:
        delimiter = self.get("delimiter", "")
        texts = self.rendered(item, delimiter)
        says = any(child.counts or "macro" in child.attributes for child, _ in texts)
        if not texts or (self._calls and not says):
            raise Missing
        return self.marked_up(delimiter.join(text for _, text in texts))


class Choose(Element):
    """The first of several whose tests hold; it is the group round it that joins their texts."""

    transparent = True

    def joined_children(self, item: Variables, delimiter: str = "") -> str | None:
        for child in self.children:
            if not isinstance(child, If) or child.holds(item):
                return child.joined_children(item, delimiter)
        return None


class If(Element):
    """A choice and its tests. An entry has no locator, and stands after no other citation."""

    @cached_property
    def _asked(self) -> list[list[str]]:
        tests = ("type", "variable", "is-numeric", "is-uncertain-date", "locator", "position")
        return [self.get(test, "").split() for test in tests]

    def holds(self, item: Variables) -> bool:
        types, variables, numeric, uncertain, *never = self._asked
        results = [type_ == item.type for type_ in types]
        results += [variable in item for variable in variables]
        results += [_is_numeric(str(item.get(variable, ""))) for variable in numeric]
        results += [item.get(date, references.Date()).circa for date in uncertain]
        results += [False for asked in never for _ in asked]
        match self.get("match"):
            case "any":
                return any(results)
            case "none":
                return not any(results)
            case _:
                return all(results)


def _is_numeric(text: str) -> bool:
    """Say whether a text is a number, or several: `1–3`, `2nd & 3rd`."""
    return _NUMERIC.fullmatch(bare(text)) is not None


# The class of each element by its name in CSL; the others are there for what stands in them.
ELEMENTS = {
    "choose": Choose,
    "date": Date,
    "date-part": DatePart,
    "else-if": If,
    "et-al": EtAl,
    "group": Group,
    "if": If,
    "label": Label,
    "name": Name,
    "names": Names,
    "number": Number,
    "substitute": Substitute,
    "text": Text,
}
