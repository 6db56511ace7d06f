"""A CSL file → `Style`: what its bibliography needs, read once (CSL 1.0.2, styles)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from .citation_layout import citation_layout
from .dates import date_part_of
from .elements import (
    Branch,
    Choose,
    Date,
    Element,
    Group,
    Look,
    Macro,
    Names,
    Number,
    Style,
    Term,
    Value,
    Variable,
)
from .localisation import localisation_of
from .looks import look_of
from .name_forms import label_of, names_of
from .quotes import mark_quotes
from .xml import LANG, BadXml, Xml, read_xml

_CONDITIONS = (
    "type", "variable", "is-numeric", "is-uncertain-date", "locator", "position", "disambiguate",
)  # fmt: skip
_MOST_RENDERED = 200_000  # elements that one entry may come to, with all macros written out


def read_style(content: bytes) -> Style:
    """Return the style in a file. Raises BadXml, with the line, where it is none.

    It must be an independent style with a bibliography: `catalogue` resolves dependent ones.
    """
    return style_of(read_xml(content))


def style_of(root: Xml) -> Style:
    bibliography = root.first("bibliography")
    if root.name != "style" or bibliography is None:
        raise BadXml("the style has no <bibliography>", root.line)
    layout = bibliography.first("layout")
    if layout is None:
        raise BadXml("<bibliography> has no <layout>", bibliography.line)
    macros = _reachable_macros(root, layout)
    look = look_of(layout.attributes)
    reader = _Reader(root.attributes | bibliography.attributes)
    sort = bibliography.first("sort")
    keys = list(sort.all("key")) if sort else []
    return Style(
        {name: reader.elements(macro.children) for name, macro in macros.items()},
        Group(reader.elements(layout.children), layout.get("delimiter"), look),
        {locale.get(LANG): localisation_of(locale) for locale in root.all("locale")},
        root.get("default-locale", "en").partition("-")[0],
        root.get("page-range-format"),
        citation_layout(root),
        (keys[0].get("variable") or keys[0].get("macro")) if keys else "",
        bibliography.attributes.get("subsequent-author-substitute"),
        bibliography.get("subsequent-author-substitute-rule", "complete-all"),
        any(_asks(xml, "is-uncertain-date") for xml in (layout, *macros.values())),
    )


def _asks(xml: Xml, condition: str) -> bool:
    return condition in xml.attributes or any(_asks(child, condition) for child in xml.children)


def _reachable_macros(root: Xml, layout: Xml) -> Mapping[str, Xml]:
    """Return the macros that a layout needs.

    Raises BadXml for one that is missing or calls itself, and where macros that call each other
    would render without an end.
    """
    macros = {macro.get("name"): macro for macro in root.all("macro")}
    sizes: dict[str, int] = {}
    opened: list[str] = []

    def size(xml: Xml) -> int:
        total = 1 + sum(map(size, xml.children))
        name = xml.get("macro") if xml.name == "text" else ""
        if not name:
            return total
        if name not in macros:
            raise BadXml(f"there is no macro `{name}`", xml.line)
        if name in opened:
            raise BadXml(f"the macro `{name}` calls itself", xml.line)
        if name not in sizes:
            opened.append(name)
            sizes[name] = size(macros[name])
            opened.pop()
        return total + sizes[name]

    if size(layout) > _MOST_RENDERED:
        raise BadXml("its macros call each other too often to be rendered", layout.line)
    return {name: macros[name] for name in sizes}


class _Reader:
    """Makes elements. `inherited` are the options of names that hold for all of them."""

    def __init__(self, inherited: Mapping[str, str]) -> None:
        self._inherited = inherited

    def elements(
        self, children: list[Xml], substituted: Names | None = None
    ) -> tuple[Element, ...]:
        """Return elements; inside `cs:substitute` names take their form from `substituted`."""
        return tuple(self._element(child, substituted) for child in children)

    def _element(self, xml: Xml, substituted: Names | None) -> Element:
        look = look_of(xml.attributes)
        match xml.name:
            case "text":
                return _text(xml, look)
            case "number":
                return Number(xml.get("variable"), xml.get("form", "numeric"), look)
            case "label":
                return label_of(xml)
            case "date":
                return _date(xml, look)
            case "names":
                names = names_of(xml, self._inherited, substituted)
                found = xml.first("substitute")
                substitute = self.elements(found.children, names) if found else ()
                return replace(names, substitute=substitute)
            case "group":
                inner = self.elements(xml.children, substituted)
                return Group(inner, xml.get("delimiter"), look)
            case "choose":
                return Choose(tuple(self._branch(child, substituted) for child in xml.children))
            case name:
                raise BadXml(f"<{name}> is no rendering element of CSL 1.0.2", xml.line)

    def _branch(self, xml: Xml, substituted: Names | None) -> Branch:
        asked = ((name, value) for name in _CONDITIONS for value in xml.get(name).split())
        match = "none" if xml.name == "else" else xml.get("match", "all")
        return Branch(tuple(asked), match, self.elements(xml.children, substituted))


def _text(xml: Xml, look: Look) -> Element:
    if variable := xml.get("variable"):
        return Variable(variable, xml.get("form") == "short", look)
    if macro := xml.get("macro"):
        return Macro(macro, look)
    if term := xml.get("term"):
        return Term(term, xml.get("form", "long"), xml.get("plural") == "true", look)
    return Value(mark_quotes(xml.get("value")), look)


def _date(xml: Xml, look: Look) -> Date:
    form = xml.get("form")
    parts = [] if form else [date_part_of(part.attributes) for part in xml.all("date-part")]
    return Date(
        xml.get("variable"),
        form,
        tuple(parts),
        {part.get("name"): part.attributes for part in xml.all("date-part")} if form else {},
        tuple(xml.get("date-parts", "year-month-day").split("-")),
        xml.get("delimiter"),
        look,
    )
