"""citeproc-py's CSL elements with our corrections: the classes that a style is read with.

citeproc-py makes an object of its class for each XML element of a style or locale. Reading both
with our classes leaves the package as it is. Each correction names the fault it is for; all of
them are for citeproc-py 0.11.1.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import String

from pipeline.entries.corrected import Corrected, value
from pipeline.entries.dates import Date, DatePart
from pipeline.entries.dress import bare
from pipeline.entries.names import Name, NamePart, Names, Substitute

# A number, with letters before or after it, or several of them (CSL 1.0.2, choose, is-numeric).
_NUMBER = r"[^\W\d_]*\d+[^\W\d_]*"
_NUMERIC = re.compile(rf"\s*{_NUMBER}(?:\s*[-–—,&]\s*{_NUMBER})*\s*")
_PAGE = re.compile(r"([^\W\d_]*)(\d+)")
_BETWEEN_PAGES = frozenset("-–,&")
_MOST_DIGITS = 4  # of an ordinal or roman number: "1" followed by a million zeros is none


class Term(Corrected, model.Term):
    """A term as a plain string: citeproc-py's own strings are slow and forget points."""

    @cached_property
    def single(self) -> str:
        return str(super().single)

    @cached_property
    def multiple(self) -> str:
        return str(super().multiple)


class Ranges:
    """Ranges of pages."""

    get_root: Any

    def _format_last_page(self, first: str, last: str) -> str:
        """Shorten a last page. citeproc-py is wrong on `100–1001`, `123–5` and `S71–S102`."""
        style = self.get_root().get("page-range-format")
        one, other = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
        if not (style and one and other) or other[1] not in ("", one[1]):
            return last
        digits = one[2][: max(0, len(one[2]) - len(other[2]))] + other[2]
        if style == "expanded":
            return one[1] + digits
        if digits == one[2]:
            return last
        if len(digits) != len(one[2]):
            return digits
        return str(super()._format_last_page(one[2], digits))  # type: ignore[misc]


class Text(Corrected, Ranges, model.Text):
    """A variable, macro, term or string."""

    @cached_property
    def _macro(self) -> Any:
        return self.get_macro(self.get("macro")) if self.get("macro") else None

    @cached_property
    def _fixed(self) -> Any:
        """A term or a string: the same in each entry."""
        text = String(self.get("value")) if self.get("value") else self._term(None)
        return self.markup(text, None)

    def render(self, item: Any) -> Any:
        if self.get("variable"):
            return self.markup(self._variable(item), None)
        if self._macro is not None:
            return self.markup(self._macro.render_children(item), None)
        return self._fixed

    def _variable(self, item: Any) -> str | None:
        """The number of an entry is not part of it: writers set that beside it."""
        variable = self.get("variable")
        if variable == "citation-number":
            return None
        if self.get("form") == "short" and f"{variable}-short" in item.reference:
            variable += "-short"
        if variable.startswith("page"):
            return value(str(self._process(item.reference["page"], variable)))
        return value(str(item.reference[variable]))


class Number(Corrected, Ranges, model.Number):
    """A number."""

    def format_number(self, number: str) -> str:
        """Leave a number as written where it should be one: citeproc-py makes "007" a "7"."""
        form = self.get("form", "numeric")
        if form == "numeric" or not number.isdecimal() or len(number) > _MOST_DIGITS:
            return number
        return (
            self.ordinal(int(number)) if form == "ordinal" else str(super().format_number(number))
        )


class Label(Corrected, model.Label):
    """The term that goes with a number."""

    def process(self, item: Any, variable: str | None = None, *of_names: Any, **rest: Any) -> Any:
        """Say nothing where there is no number (CSL 1.0.2, label): citeproc-py prints "p."."""
        if variable is None and self.get("variable") not in item.reference:
            return None
        return super().process(item, variable, *of_names, **rest)

    def _is_plural(self, item: Any) -> bool:
        """citeproc-py looks for the number of pages of a book in its citation, and raises.

        It takes `187–` and `xiv, 383` for one page.
        """
        variable = self.get("variable")
        if variable.startswith("number-of"):
            return bare(item.reference[variable]) != "1"
        if variable == "page" and not _BETWEEN_PAGES.isdisjoint(item.reference.get("page", "")):
            return True
        return bool(super()._is_plural(item))


class Group(Corrected, model.Group):
    """What belongs together; it is left out where all of its variables are empty.

    citeproc-py takes a macro of terms for no variable, though one that is not empty counts as a
    variable that is not (CSL 1.0.2, group): the "In" before a container that is not known.
    """

    def process(self, item: Any) -> str:
        texts = self.rendered(item, self.get("delimiter", ""))
        called = any(child.counts for child in self.children)
        rendered = any(child.counts or child.get("macro") for child, _ in texts)
        if not texts or (called and not rendered):
            raise VariableError
        return str(self.join([text for _, text in texts]))


class Choose(Corrected, model.Choose):
    """The first of several whose tests hold; it is the group round it that joins their texts."""

    def render(self, item: Any, delimiter: str = "") -> Any:
        for child in self.children:
            if child.holds(item.reference):
                return child.render_children(item, delimiter)
        return None


class Condition(Corrected):
    """The tests of a choice. Nothing here has a locator, or stands after another citation."""

    @cached_property
    def _asked(self) -> list[list[str]]:
        tests = ("type", "variable", "is-numeric", "is-uncertain-date", "locator", "position")
        return [self.get(test, "").split() for test in tests]

    def holds(self, reference: Any) -> bool:
        types, variables, numeric, *never = self._asked
        results = [type_ == reference.type for type_ in types]
        results += [variable in reference for variable in variables]
        results += [_is_numeric(reference.get(variable, "")) for variable in numeric]
        results += [False for asked in never for _ in asked]
        match self.get("match"):
            case "any":
                return any(results)
            case "none":
                return not any(results)
            case _:
                return all(results)


def _is_numeric(text: str) -> bool:
    """citeproc-py takes `1–3` and `2nd & 3rd` for words."""
    return _NUMERIC.fullmatch(bare(str(text))) is not None


class If(Condition, model.If):
    pass


class ElseIf(Condition, model.Else_If):
    pass


class Else(Corrected, model.Else):
    def holds(self, _: Any) -> bool:
        return True


def _corrected(element: type[Any]) -> type[Any]:
    return type(element.__name__, (Corrected, element), {})


_OURS = {
    "choose": Choose,
    "date": Date,
    "date-part": DatePart,
    "else": Else,
    "else-if": ElseIf,
    "group": Group,
    "if": If,
    "label": Label,
    "name": Name,
    "name-part": NamePart,
    "names": Names,
    "number": Number,
    "substitute": Substitute,
    "term": Term,
    "text": Text,
}
_THEIRS = {
    element.__name__.replace("_", "-").lower(): element
    for element in model.CitationStylesElement.__subclasses__()
    if element.__module__ == model.__name__
}
# The class of each element by its name in CSL.
ELEMENTS = {
    **{name: _corrected(element) for name, element in _THEIRS.items()},
    **_OURS,
    "locale": model.Locale,  # where terms are found, not looked up
}
