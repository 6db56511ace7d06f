"""Rendering elements → texts with marks (CSL 1.0.2, rendering elements)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from .completing import gives_address
from .conditions import chosen
from .corrections import is_in_nothing
from .dates import render_date
from .elements import (
    Choose,
    Date,
    Element,
    Group,
    Label,
    Look,
    Macro,
    Names,
    Number,
    Term,
    Value,
    Variable,
)
from .looks import dressed
from .marked import ADDRESS, BEGIN, END
from .names import render_names
from .numbers import (
    MOST_DIGITS,
    is_volume_of_words,
    numbers,
    render_label,
    render_number,
    with_dash,
)
from .placed import PLACE
from .scope import NOTHING, Output, Scope


def render(element: Element, scope: Scope) -> Output:
    match element:
        case Variable(name="year-suffix"):  # numbers tell references apart: it is never asked for
            return NOTHING
        case Variable(name="DOI") if scope.corrected and "DOI" in scope.printed:
            return NOTHING
        case Variable(name=name, short=short, look=look):
            text = _variable(name, short, scope)
            if scope.corrected:
                look = _worded(look, scope)
            return Output(dressed(text, look), True, bool(text))
        case Group(children=children, delimiter=delimiter, look=look):
            return _group(children, delimiter, look, scope)
        case Macro(name=name, look=look):
            return _group(scope.style.macros[name], "", look, scope)
        case Choose():
            return _joined(outputs((element,), scope), "")
        case Term(name="volume") if is_volume_of_words(scope):
            return NOTHING
        case Term(name="in") if scope.corrected and is_in_nothing(scope):
            return NOTHING
        case Term(name=name, form=form, plural=plural, look=look):
            term = scope.locale.term(name, form, plural).replace(PLACE, "")
            return Output(dressed(term, look, scope.locale.language))
        case Value(text=text, look=look):
            return Output(dressed(text, look))
        case Names():
            return render_names(element, scope, render)
        case Date():
            return render_date(element, scope)
        case Number():
            return render_number(element, scope)
        case Label():
            return render_label(element, scope)
        case _:
            assert_never(element)


def render_layout(layout: Group, scope: Scope) -> str:
    """Return an entry. What a layout says is printed also where all variables are empty."""
    return dressed(_joined(outputs(layout.children, scope), layout.delimiter).text, layout.look)


def outputs(elements: Iterable[Element], scope: Scope) -> list[Output]:
    """Return what each element gives. The texts of a choice are those of the group round it."""
    found: list[Output] = []
    for element in elements:
        if isinstance(element, Choose):
            found += outputs(chosen(element, scope), scope)
            continue
        before = len(scope.printed)
        output = render(element, scope)
        if scope.corrected and output.text and gives_address(scope.printed[before:]):
            output = output._replace(text=ADDRESS + output.text)
        found.append(output)
    return found


def _joined(found: list[Output], delimiter: str) -> Output:
    text = delimiter.join([output.text for output in found if output.text])
    return Output(
        text, any(output.asked for output in found), any(output.found for output in found)
    )


def _group(children: tuple[Element, ...], delimiter: str, look: Look, scope: Scope) -> Output:
    """Leave out a group whose variables are all empty; a macro is one (CSL 1.0.2, group).

    One that has no variables, and says something, counts as a variable itself.
    """
    text, asked, found = _joined(outputs(children, scope), delimiter)
    if asked and not found:
        return Output("", True)
    return Output(dressed(text, look), asked or bool(text), bool(text)) if text else NOTHING


def _variable(name: str, short: bool, scope: Scope) -> str:
    """Return a variable. Writers set the number of an entry beside it: it is no part of this."""
    if name == "citation-number":
        return ""
    if name.startswith("page"):
        return numbers(name, "numeric", scope)
    if name == "edition" and scope.corrected and scope.fields.get(name, "").isdecimal():
        return _edition(scope)
    text = scope.field(f"{name}-short") if short and scope.has(f"{name}-short") else ""
    text = text or scope.field(name)
    if name in ("volume", "issue"):
        text = with_dash(text)
    return BEGIN + text + END if text else ""


# What styles say before a number without asking the locale, as terms.
_SAID = {"vol.": "volume", "no.": "issue", "p.": "page", "pp.": "page"}


def _worded(look: Look, scope: Scope) -> Look:
    """Return a look whose prefix is a word of the locale, or none, in place of "vol. "."""
    word = look.prefix.rstrip("\N{NO-BREAK SPACE} ")
    name = _SAID.get(word.lower(), "")
    if name == "volume" and is_volume_of_words(scope):
        return replace(look, prefix="")
    if not name or not scope.locale.foreign:
        return look
    term = scope.locale.term(name, "short", word == "pp.")
    return replace(look, prefix=f"{term}{look.prefix[len(word) :]}")


def _edition(scope: Scope) -> str:
    """Return "3rd ed." of a number alone, which ISO 690 prints without a word."""
    number, locale = scope.field("edition"), scope.locale
    if len(number) > MOST_DIGITS or not number:
        return number
    ordinal = locale.ordinal(int(number), locale.gender("edition"))
    return f"{BEGIN}{ordinal}{END} {locale.term('edition', 'short')}"
