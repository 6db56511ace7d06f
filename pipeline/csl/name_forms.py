"""`cs:names` and what stands in it → `Names`, with all that is inherited (CSL 1.0.2, names)."""

from __future__ import annotations

from collections.abc import Mapping

from .elements import PLAIN, EtAl, Label, NameForm, Names
from .looks import look_of
from .xml import Xml


def label_of(xml: Xml) -> Label:
    plural = xml.get("plural", "contextual")
    return Label(xml.get("variable"), xml.get("form", "long"), plural, look_of(xml.attributes))


def names_of(xml: Xml, inherited: Mapping[str, str], substituted: Names | None) -> Names:
    """Return names without what stands for them.

    Names inside of `cs:substitute` have the form, the label and the et al. of those that they
    stand for, where they have none of their own (CSL 1.0.2, substitute).
    """
    name, et_al, label = xml.first("name"), xml.first("et-al"), xml.first("label")
    model = substituted or Names((), _name_form(None, inherited))
    children = [child.name for child in xml.children if child.name in ("name", "label")]
    whole = name is None and label is None
    return Names(
        tuple(xml.get("variable").split()),
        model.name if name is None and substituted else _name_form(name, inherited),
        model.et_al
        if et_al is None
        else EtAl(et_al.get("term", "et-al"), look_of(et_al.attributes)),
        label_of(label) if label is not None else model.label if whole else None,
        model.label_first if whole else children == ["label", "name"],
        (),
        xml.get("delimiter", inherited.get("names-delimiter", model.delimiter)),
        look_of(xml.attributes),
    )


def _name_form(xml: Xml | None, inherited: Mapping[str, str]) -> NameForm:
    """Return a form of names: its own attributes, then those of the bibliography and the style."""
    own = dict(xml.attributes) if xml else {}
    given = {
        name.removeprefix("name-") if name in ("name-form", "name-delimiter") else name: value
        for name, value in inherited.items()
        if name not in ("form", "delimiter", "prefix", "suffix")
    } | own
    looks = {
        part.get("name"): look_of(part.attributes) for part in (xml.all("name-part") if xml else ())
    }
    return NameForm(
        given.get("form", "long"),
        given.get("and", ""),
        given.get("delimiter", ", "),
        given.get("delimiter-precedes-et-al", "contextual"),
        given.get("delimiter-precedes-last", "contextual"),
        _number(given.get("et-al-min", ""), 0) if "et-al-use-first" in given else 0,
        _number(given.get("et-al-use-first", ""), 1),
        given.get("et-al-use-last") == "true",
        given.get("initialize") != "false",
        given.get("initialize-with"),
        given.get("initialize-with-hyphen") != "false",
        given.get("name-as-sort-order", ""),
        given.get("sort-separator", ", "),
        given.get("demote-non-dropping-particle", "display-and-sort") == "display-and-sort",
        looks.get("family", PLAIN),
        looks.get("given", PLAIN),
        look_of(xml.attributes) if xml else PLAIN,
    )


def _number(written: str, default: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 6 else default
