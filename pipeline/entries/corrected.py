"""What all of our CSL elements correct in those of citeproc-py 0.11.1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import join

from pipeline.entries import dress
from pipeline.entries.dress import BEGIN, CLOSE_QUOTE, END, MARKS, OPEN_QUOTE, pieces

# A term that lacks a form is taken in the next one (CSL 1.0.2, terms).
_NEXT_FORM = {"verb-short": "verb", "symbol": "short"}


# A point that ends a word, or parts initials: "J.", "U.S.".
_MARK = "[\ufdd0-\ufdef]*"
_POINT_OF_ABBREVIATION = re.compile(
    rf"\.(?!{_MARK}\w)|(?<![^\W_]{{2}})(?<=[^\W\d_])\.(?=[^\W\d_](?![^\W_]))"
)

_AFFIXES = ("prefix", "suffix")
_DRESS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")
_CHANGES = (*_AFFIXES, *_DRESS, "quotes", "strip-periods", "text-case")


class Corrected:
    """A mixin that stands before a class of `citeproc.model`.

    citeproc-py asks the XML anew for each entry. What is the same in all of them is a cached
    property: `CompiledStyle` keeps the elements, and with them what they found out.
    """

    get: Any  # of lxml: the value of an attribute
    get_root: Any
    iterchildren: Any

    @cached_property
    def children(self) -> list[Any]:
        return list(self.iterchildren())

    @cached_property
    def counts(self) -> bool:
        """Whether this is a variable, or holds one (CSL 1.0.2, group)."""
        return bool(super().calls_variable())  # type: ignore[misc]

    def calls_variable(self) -> bool:
        return self.counts

    def get_macro(self, name: str) -> Any:
        return self.get_root().macros[name]

    @cached_property
    def _changes(self) -> bool:
        return any(self.get(name) for name in _CHANGES)

    @cached_property
    def _dresses(self) -> bool:
        return any(self.get(name) for name in _DRESS)

    def get_formatter(self) -> Any:
        return Formatter

    def render_children(self, item: Any, delimiter: str = "") -> Any:
        """Return the texts of the children, joined; None where they have none."""
        texts = [text for _, text in self.rendered(item, delimiter)]
        return join(texts, delimiter) if texts else None

    def rendered(self, item: Any, delimiter: str) -> list[tuple[Any, Any]]:
        """Return each child that has a text, with it; `delimiter` is of the group round them."""
        found = []
        for child in self.children:
            through = (delimiter,) if isinstance(child, model.Choose) else ()
            try:
                text = child.render(item, *through)
            except VariableError:
                continue
            if text is not None:
                found.append((child, text))
        return found

    def markup(self, text: Any, *language: Any) -> Any:
        """Return a text as its element wants it: most change nothing."""
        return super().markup(text, *language) if self._changes else text or None  # type: ignore[misc]

    def format(self, text: Any) -> Any:
        return super().format(text) if self._dresses else text  # type: ignore[misc]

    def get_term(self, name: str, form: str | None = None, **_: Any) -> Any:
        """Return a term, in another form before in another language.

        citeproc-py takes the short form of another language before the long form of this one, and
        looks each up anew by XPath: a third of its time.
        """
        root = self.get_root()
        if (name, form) not in root.terms_found:
            root.terms_found[name, form] = _term(root.terms, name, form)
        return root.terms_found[name, form]

    def ordinal(self, number: int) -> str:
        """Return "3rd". citeproc-py takes the suffix of another language if this has but one."""
        for terms in self.get_root().terms:
            if ("ordinal", None) not in terms:
                continue
            names = (f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}", "ordinal")
            found = [terms.get((name, None)) for name in names]
            fits = [term for term in found if term is not None and _fits(term, number)]
            return f"{number}{fits[0].single}" if fits else str(number)
        return str(number)

    def quote(self, text: str) -> str:
        """Mark quotes only: which they are is known when all of them can be counted."""
        quoted = self.get("quotes", "false") == "true"
        return OPEN_QUOTE + text + CLOSE_QUOTE if quoted else text

    def strip_periods(self, text: str) -> str:
        """Drop the points of abbreviations; citeproc-py makes "Nipponcom" of "Nippon.com"."""
        if self.get("strip-periods") != "true":
            return text
        return _POINT_OF_ABBREVIATION.sub("", text)

    def case(self, text: str, language: str | None = None) -> str:
        """Change the case of terms; of what an author wrote, that of the first letter at most.

        citeproc-py and others lower the nouns of a title: "powers canada and japan".
        """
        case = self.get("text-case")
        if case == "capitalize-first":
            return capitalised(text)
        if case is None or BEGIN in text:
            return text
        match case:
            case "lowercase":
                return text.lower()
            case "uppercase":
                return text.upper()
            case "sentence":
                return capitalised(text)
            case _:
                return " ".join(map(capitalised, text.split(" ")))


Terms = Mapping[tuple[str, str | None], Any]  # the terms of a language by name and form


def _term(languages: list[Terms], name: str, form: str | None) -> Any:
    for terms in languages:
        wanted = form
        while (name, wanted) not in terms:
            if wanted is None:
                break
            wanted = _NEXT_FORM.get(wanted)
        else:
            return terms[name, wanted]
    return None


def _fits(term: Any, number: int) -> bool:
    """Say whether a suffix is for this number (CSL 1.0.2, ordinal suffixes, match)."""
    digits = str(term.get("name")).partition("-")[2]
    match term.get("match"):
        case "whole-number":
            return int(digits) == number
        case "last-two-digits":
            return digits == f"{number % 100:02}"
        case _:
            return True


def capitalised(text: str) -> str:
    """Return a string with marks whose first visible character is a capital."""
    characters = pieces(text)
    for position, character in enumerate(characters):
        if character[0] not in MARKS:
            return "".join([*characters[:position], character.upper(), *characters[position + 1 :]])
    return text


def value(text: str) -> str:
    """Mark what an author wrote."""
    return BEGIN + text + END


class Formatter:
    """How a style marks its dress: what citeproc-py calls a formatter. Nothing is escaped."""

    @staticmethod
    def preformat(text: str) -> str:
        return str(text)

    @staticmethod
    def Italic(text: str) -> str:
        return f"{dress.ITALIC}{text}{dress.CLOSE}"

    @staticmethod
    def Bold(text: str) -> str:
        return f"{dress.BOLD}{text}{dress.CLOSE}"

    @staticmethod
    def SmallCaps(text: str) -> str:
        return f"{dress.SMALL_CAPS}{text}{dress.CLOSE}"

    @staticmethod
    def Superscript(text: str) -> str:
        return f"{dress.SUPER}{text}{dress.CLOSE}"

    @staticmethod
    def Subscript(text: str) -> str:
        return f"{dress.SUB}{text}{dress.CLOSE}"

    Oblique = Italic
    Light = Underline = preformat  # a run has no such dress
