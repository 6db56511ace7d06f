"""The rendering elements of a style as values (CSL 1.0.2, rendering elements).

Names stand in the order of the specification. `Element` is closed: whoever renders or checks a
style names all of its cases.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Look(Struct, frozen=True):
    """What may be done to the text of any element (CSL 1.0.2, formatting, affixes, text-case)."""

    prefix: str = ""
    suffix: str = ""
    dress: str = ""  # the opening marks of `marked`, outermost first
    quotes: bool = False
    strip_periods: bool = False
    text_case: str = ""


PLAIN = Look()


class Variable(Struct, frozen=True):
    """`cs:text` with `variable`."""

    name: str
    short: bool = False
    look: Look = PLAIN


class Macro(Struct, frozen=True):
    """`cs:text` with `macro`."""

    name: str
    look: Look = PLAIN


class Term(Struct, frozen=True):
    """`cs:text` with `term`."""

    name: str
    form: str = "long"
    plural: bool = False
    look: Look = PLAIN


class Value(Struct, frozen=True):
    """`cs:text` with `value`."""

    text: str
    look: Look = PLAIN


class DatePart(Struct, frozen=True):
    """`name` is "year", "month" or "day"."""

    name: str
    form: str = ""
    range_delimiter: str = "–"
    look: Look = PLAIN


class Date(Struct, frozen=True):
    """`cs:date`. With `form`, the locale gives the parts and `changes` are made to those shown."""

    variable: str
    form: str = ""
    parts: tuple[DatePart, ...] = ()
    changes: Mapping[str, Mapping[str, str]] = {}
    shown: tuple[str, ...] = ("year", "month", "day")
    delimiter: str = ""
    look: Look = PLAIN


class Number(Struct, frozen=True):
    variable: str
    form: str = "numeric"
    look: Look = PLAIN


class NameForm(Struct, frozen=True):
    """`cs:name` with what it inherits (CSL 1.0.2, name, inheritable name options)."""

    form: str = "long"
    conjunction: str = ""  # "text", "symbol" or ""
    delimiter: str = ", "
    delimiter_precedes_et_al: str = "contextual"
    delimiter_precedes_last: str = "contextual"
    et_al_min: int = 0
    et_al_use_first: int = 1
    et_al_use_last: bool = False
    initialize: bool = True
    initialize_with: str | None = None
    hyphen: bool = True  # between initials
    sort_order: str = ""  # "first", "all" or ""
    sort_separator: str = ", "
    demote: bool = True  # non-dropping particles, behind an inverted name
    family: Look = PLAIN
    given: Look = PLAIN
    look: Look = PLAIN


class EtAl(Struct, frozen=True):
    term: str = "et-al"
    look: Look = PLAIN


class Label(Struct, frozen=True):
    """`cs:label`; inside of names `variable` is "": it is that of the names."""

    variable: str = ""
    form: str = "long"
    plural: str = "contextual"
    look: Look = PLAIN


class Names(Struct, frozen=True):
    variables: tuple[str, ...]
    name: NameForm
    et_al: EtAl = EtAl()
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Element, ...] = ()
    delimiter: str = ""
    look: Look = PLAIN


class Group(Struct, frozen=True):
    children: tuple[Element, ...]
    delimiter: str = ""
    look: Look = PLAIN


class Branch(Struct, frozen=True):
    """`cs:if`, `cs:else-if` or `cs:else`: (condition, what is asked for), and what it renders."""

    tests: tuple[tuple[str, str], ...]
    match: str
    children: tuple[Element, ...]


class Choose(Struct, frozen=True):
    branches: tuple[Branch, ...]


Element = Variable | Macro | Term | Value | Date | Number | Names | Label | Group | Choose


class CitationLayout(Struct, frozen=True):
    """What `cs:citation` says of marks: affixes of the whole mark, and of each number in it."""

    prefix: str = ""
    suffix: str = ""
    number_prefix: str = ""
    delimiter: str = ""
    superscript: bool = False
    collapses: bool = False
    sorts: bool = False  # by number, inside of a citation


class Style(Struct, frozen=True):
    """A CSL style: what its bibliography needs, and what its citations say of marks.

    `locales` are the `cs:locale` of the style by language, "" for all languages.
    """

    macros: Mapping[str, tuple[Element, ...]]
    layout: Group
    locales: Mapping[str, Localisation]
    language: str = "en"  # of the style itself
    page_range_format: str = ""
    citation: CitationLayout = CitationLayout()
    sorted_by: str = ""  # the first sort key of the list, "" for the order of citation
    author_substitute: str | None = None  # CSL 1.0.2, reference grouping
    author_substitute_rule: str = "complete-all"
    knows_uncertain_dates: bool = False


class TermForms(Struct, frozen=True):
    """A term in one form. `gender` is that of its noun, `gender_form` that of an ordinal."""

    single: str = ""
    multiple: str = ""
    gender: str = ""
    match: str = ""


class DateForm(Struct, frozen=True):
    """A localised date: its parts, before a style changes them (localized date formats)."""

    parts: tuple[Mapping[str, str], ...]
    delimiter: str = ""


class Localisation(Struct, frozen=True):
    """What one `cs:locale` says. Keys: (term, form); (ordinal term, gender-form); form of date."""

    terms: Mapping[tuple[str, str], TermForms]
    ordinals: Mapping[tuple[str, str], TermForms]
    dates: Mapping[str, DateForm]
    options: Mapping[str, bool]
