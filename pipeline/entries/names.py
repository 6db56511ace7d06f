"""Names as CSL wants them (CSL 1.0.2, names)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element as Xml

from ..model import references
from ..model.references import OTHERS
from .element import Element, value
from .item import Missing, Variables
from .locales import CSL
from .native import native_name
from .numbers import Label

_ELIDED = ("'", "’", "-")

# Of options that a style may give once for all names (CSL 1.0.2, inheritable name options).
_DEFAULTS: Mapping[str, str] = {
    "initialize-with-hyphen": "true",
    "demote-non-dropping-particle": "display-and-sort",
    "delimiter-precedes-et-al": "contextual",
    "delimiter-precedes-last": "contextual",
    "et-al-min": "0",
    "et-al-use-first": "1",
    "et-al-use-last": "false",
    "sort-separator": ", ",
    "name-form": "long",
    "name-delimiter": ", ",
}


class Name(Element):
    """How the names of one variable are set."""

    @cached_property
    def _options(self) -> dict[str, Any]:
        return {}

    def option(self, name: str) -> Any:
        if name not in self._options:
            self._options[name] = self._option(name)
        return self._options[name]

    def _option(self, name: str) -> Any:
        of_all = f"name-{name}" if name in ("form", "delimiter") else name
        option = self.get(name, self.style.option(of_all, _DEFAULTS.get(of_all)))
        if name in ("initialize-with-hyphen", "et-al-use-last"):
            return option == "true"
        return int(option or 0) if name.startswith("et-al") else option

    @cached_property
    def _name_parts(self) -> list[Element]:
        return [part for part in self.children if part.xml.tag == f"{CSL}name-part"]

    def of(self, names: tuple[references.Name, ...], and_others: str) -> str | None:
        """Return names; `and_others` is the "et al." of the style."""
        others = OTHERS in names
        names = tuple(name for name in names if name != OTHERS)
        least = self.option("et-al-min")
        most = self.option("et-al-use-first")
        cut = bool(least) and len(names) + others >= max(least, 2) and most < len(names)
        shown = names[:most] if cut else names
        texts = [self._name(name, place) for place, name in enumerate(shown)]
        if cut and self.option("et-al-use-last") and most <= least - 2:
            last = "… " + self._name(names[-1], len(names))
            return self.marked_up(self._delimiter().join([*texts, last]))
        if cut or others:
            return self.marked_up(self._with_others(texts, and_others))
        return self.marked_up(self._with_and(texts))

    def _delimiter(self) -> str:
        return str(self.option("delimiter"))

    def _with_others(self, texts: list[str], and_others: str) -> str:
        names = self._delimiter().join(texts)
        if not names or not and_others:
            return names or and_others
        rule = self.option("delimiter-precedes-et-al")
        return names + self._separator(rule, len(texts) > 1) + and_others

    def _with_and(self, texts: list[str]) -> str:
        and_ = self.option("and")
        if and_ is None or len(texts) < 2:
            return self._delimiter().join(texts)
        word = "&" if and_ == "symbol" else self.locales.single("and")
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
                given = part.marked_up(given) or ""
            elif part.get("name") == "family" and family:
                family = part.marked_up(family) or ""
        return given, family


def _joined(*parts: str) -> str:
    """Join the parts of a name, without a blank after an elided one: "d'Alembert"."""
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
            # A particle, or a script without capitals: no mark stands before it.
            text = text.rstrip() + " " + word + " "
        else:
            first, *others = word.split("-")
            # "Shun-ichi" is one name in two syllables: "S.", not "S.-i."
            parts = [first, *(part for part in others if not part[:1].islower())]
            letters = [part[0] for part in parts if part and part[0].isalpha()]
            joint = mark.rstrip() + "-" if hyphen else mark
            text += joint.join(letters) + mark if letters else ""
    return text.strip()


class EtAl(Element):
    """What stands for the names that are left out."""

    @cached_property
    def text(self) -> str:
        return self.marked_up(self.locales.single(self.get("term", "et-al"))) or ""


class Names(Element):
    """The names of one or several variables."""

    counts = True

    @cached_property
    def own_name(self) -> Name | None:
        return next((child for child in self.children if isinstance(child, Name)), None)

    @cached_property
    def _name(self) -> Name:
        return self.own_name or Name(Xml(f"{CSL}name"), self.style)

    @cached_property
    def _label(self) -> Label | None:
        return next((child for child in self.children if isinstance(child, Label)), None)

    @cached_property
    def _substitute(self) -> Substitute | None:
        return next((child for child in self.children if isinstance(child, Substitute)), None)

    @cached_property
    def _and_others(self) -> str:
        given = next((child for child in self.children if isinstance(child, EtAl)), None)
        return self.locales.single("et-al") if given is None else given.text

    @cached_property
    def _delimiter(self) -> str:
        return self.get("delimiter", self.style.option("names-delimiter") or "")

    def render(self, item: Variables) -> str | None:
        return self.rendered_as(self, item)

    def rendered_as(self, model: Names, item: Variables) -> str | None:
        """Return the names, set as another element of names sets its own."""
        texts = [model._of_role(role, item, self._is_one(item)) for role in self._roles(item)]
        if texts:
            return self.marked_up(self._delimiter.join(texts))
        if self._substitute is None:
            raise Missing
        return self.marked_up(self._substitute.of(self, item))

    @cached_property
    def _asked(self) -> list[str]:
        return self.get("variable", "").split()

    def _roles(self, item: Variables) -> list[str]:
        roles = self._asked[:1] if self._is_one(item) else self._asked
        return [role for role in roles if role in item]

    def _is_one(self, item: Variables) -> bool:
        """Say whether editor and translator are the same (CSL 1.0.2, names)."""
        if set(self._asked) != {"editor", "translator"}:
            return False
        term = self.locales.term("editortranslator")
        people = (item.get("editor"), item.get("translator"))
        return (
            people[0] is not None and people[0] == people[1] and term is not None and len(term) > 0
        )

    def _of_role(self, role: str, item: Variables, is_one: bool) -> str:
        people: tuple[references.Name, ...] = item[role]
        text = self._name.of(people, self._and_others) or ""
        if self._label is None:
            return text
        label = self._label.term("editortranslator" if is_one else role, len(people) > 1) or ""
        return label + text if self.children[0] is self._label and self.own_name else text + label


class Substitute(Element):
    """What stands for missing names, and is not said again in the same entry."""

    def of(self, names: Names, item: Variables) -> str | None:
        """Return the first text; names without a form of their own have that of `names`."""
        for child in self.children:
            with item.reading() as read:
                try:
                    if isinstance(child, Names) and child.own_name is None:
                        text = child.rendered_as(names, item)
                    else:
                        text = child.render(item)
                except Missing:
                    continue
            if text:
                item.forget(read)
                return text
        return None
