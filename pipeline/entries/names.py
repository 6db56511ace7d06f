"""Names as CSL wants them (CSL 1.0.2, names)."""

# mypy: allow-subclassing-any
from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from pipeline import references
from pipeline.entries.corrected import Corrected, value
from pipeline.entries.native import native_name
from pipeline.references import OTHERS

_ELIDED = ("'", "’", "-")


class NamePart(Corrected, model.Name_Part):
    pass


class Name(Corrected, model.Name):
    """How the names of one variable are set."""

    @cached_property
    def _options(self) -> dict[str, Any]:
        return {}

    def option(self, name: str) -> Any:
        if name not in self._options:
            self._options[name] = self._option(name)
        return self._options[name]

    def _option(self, name: str) -> Any:
        """A style may give an option once for all names (CSL 1.0.2, inheritable name options)."""
        of_all = f"name-{name}" if name in ("form", "delimiter") else name
        option = self.get(name, self.get_root().bibliography.get_option(of_all))
        if name in ("initialize-with-hyphen", "et-al-use-last"):
            return option == "true"
        return int(option) if name.startswith("et-al") else option

    @cached_property
    def _and_others(self) -> str:
        return str(self.et_al() or "")

    @cached_property
    def _name_parts(self) -> list[Any]:
        return list(self.findall("cs:name-part", self.nsmap))

    def process(self, item: Any, variable: str, **_: Any) -> str:
        names: tuple[references.Name, ...] = item.reference[variable]
        others = OTHERS in names
        names = tuple(name for name in names if name != OTHERS)
        least = self.option("et-al-min")
        most = self.option("et-al-use-first")
        cut = bool(least) and len(names) + others >= max(least, 2) and most < len(names)
        shown = names[:most] if cut else names
        texts = [self._name(name, place) for place, name in enumerate(shown)]
        if cut and self.option("et-al-use-last") and most <= least - 2:
            return self._delimiter().join([*texts, "… " + self._name(names[-1], len(names))])
        if cut or others:
            return self._with_others(texts)
        return self._with_and(texts)

    def _delimiter(self) -> str:
        return str(self.option("delimiter"))

    def _with_others(self, texts: list[str]) -> str:
        """citeproc-py prints BibTeX's `and others` as a person of that name."""
        names = self._delimiter().join(texts)
        and_others = self._and_others
        if not names or not and_others:
            return names or and_others
        rule = self.option("delimiter-precedes-et-al")
        return names + self._separator(rule, len(texts) > 1) + and_others

    def _with_and(self, texts: list[str]) -> str:
        """citeproc-py joins the names before an "and" by commas, whatever the style says."""
        and_ = self.option("and")
        if and_ is None or len(texts) < 2:
            return self._delimiter().join(texts)
        word = "&" if and_ == "symbol" else str(self.get_single_term(name="and"))
        rule = self.option("delimiter-precedes-last")
        separator = self._separator(rule, len(texts) > 2)
        return self._delimiter().join(texts[:-1]) + separator + word + " " + texts[-1]

    def _separator(self, rule: str, several: bool) -> str:
        """Return what stands before the last name or before "et al."."""
        inverted = self.option("name-as-sort-order")
        match rule:
            case "always":
                delimit = True
            case "never":
                delimit = False
            case "after-inverted-name":
                delimit = inverted == "all" or (inverted == "first" and not several)
            case _:
                delimit = several
        return self._delimiter() if delimit else " "

    def _name(self, name: references.Name, place: int) -> str:
        if name.literal:
            return value(self._parts("", name.literal)[1])
        if native := native_name(name):
            return value(native)
        mark = self.option("initialize-with")
        given = name.given
        if mark is not None and self.get("initialize", "true") == "true":
            hyphen = self.option("initialize-with-hyphen")
            given = initials(given, mark, hyphen)
        inverted = self.option("name-as-sort-order")
        if self.option("form") == "short":
            return value(self._parts("", _joined(name.non_dropping_particle, name.family))[1])
        if inverted == "all" or (inverted == "first" and place == 0):
            return value(self._inverted(name, given))
        family = _joined(name.dropping_particle, name.non_dropping_particle, name.family)
        given, family = self._parts(given, family)
        return value(_joined(given, family, name.suffix))

    def _inverted(self, name: references.Name, given: str) -> str:
        family = name.family
        if self.option("demote-non-dropping-particle") == "display-and-sort":
            given = _joined(given, name.dropping_particle, name.non_dropping_particle)
        else:
            family = _joined(name.non_dropping_particle, family)
            given = _joined(given, name.dropping_particle)
        given, family = self._parts(given, family)
        separator = str(self.option("sort-separator"))
        return separator.join(part for part in (family, given, name.suffix) if part)

    def _parts(self, given: str, family: str) -> tuple[str, str]:
        """Return both parts of a name in the dress that the style gives to them."""
        for part in self._name_parts:
            if part.get("name") == "given" and given:
                given = part.wrap(part.format(part.case(given)))
            elif part.get("name") == "family" and family:
                family = part.wrap(part.format(part.case(family)))
        return given, family


def _joined(*parts: str) -> str:
    """Join the parts of a name. citeproc-py sets a blank after an elided one: "d' Alembert"."""
    text = ""
    for part in parts:
        blank = "" if not text or not part or text.endswith(_ELIDED) else " "
        text += blank + part
    return text


_ABBREVIATED = re.compile(r"[^\W\d_]{2,3}\.")  # "Yu.", "Chr.": as short as its bearer has it


def initials(given: str, mark: str, hyphen: bool) -> str:
    """Return a given name as initials, each with its mark: "J.-L. ", "J. de", "Yu. "."""
    text = ""
    for word in given.replace(".", ". ").split():
        if _ABBREVIATED.fullmatch(word):
            text += word.rstrip(".") + mark
        elif word.strip(".").isalnum() and not word[0].isupper():
            # A particle, or a script without capitals: citeproc-py sets a stray mark before it.
            text = text.rstrip() + " " + word + " "
        else:
            first, *others = word.split("-")
            # "Shun-ichi" is one name in two syllables: "S.", not "S.-i."
            parts = [first, *(part for part in others if not part[:1].islower())]
            letters = [part[0] for part in parts if part and part[0].isalpha()]
            joint = mark.rstrip() + "-" if hyphen else mark
            text += joint.join(letters) + mark if letters else ""
    return text.strip()


class Names(Corrected, model.Names):
    """The names of one or several variables."""

    @cached_property
    def name(self) -> Any:
        return self.find("cs:name", self.nsmap)

    @cached_property
    def label(self) -> Any:
        return self.find("cs:label", self.nsmap)

    @cached_property
    def _delimiter(self) -> str:
        return str(self.get_root().bibliography.get_option("names-delimiter"))

    @cached_property
    def _substitute(self) -> Any:
        return self.find("cs:substitute", self.nsmap)

    def get_parent_delimiter(self, _: Any = None) -> str:
        return self._delimiter

    def substitute(self) -> Any:
        return self._substitute


class Substitute(Corrected, model.Substitute):
    """What stands for missing names, and is not said again in the same entry.

    citeproc-py says it again where it came from a macro, or is names: AMA prints the editor twice.
    """

    def render(self, item: Any, **_: Any) -> str | None:
        for child in self.children:
            inherits = isinstance(child, Names) and child.name is None
            names = {"names_context": self.getparent()} if inherits else {}
            with item.reference.reading() as read:
                try:
                    text = child.render(item, **names)
                except VariableError:
                    continue
            if text:
                item.reference.forget(read)
                return str(text)
        return None
