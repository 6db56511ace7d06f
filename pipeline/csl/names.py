"""Names (CSL 1.0.2, names)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from ..model.references import OTHERS, Name
from .elements import PLAIN, Element, Label, Look, NameForm, Names
from .initials import HYPHENS, initials, with_marks
from .localisation import Locale
from .looks import dressed
from .marked import BEGIN, END, bare
from .native import is_east_asian, native_name
from .numbers import label_text
from .placed import PLACE
from .scope import NOTHING, Output, Scope

_ELIDED = ("'", "’", *HYPHENS)
_EDITED = ("book", "report", "periodical", "article-journal", "document", "webpage")
_EDITED_BY = Label(form="short", look=Look(prefix=" (", suffix=")"))
_EDITOR_AND_TRANSLATOR = "editortranslator"

Render = Callable[[Element, Scope], Output]


def render_names(names: Names, scope: Scope, render: Render) -> Output:
    """Return the names of some variables, or what stands for them; `render` gives the latter."""
    roles = [(role, people) for role in names.variables if (people := scope.people(role))]
    if _are_one(names, roles, scope.locale):
        roles = [(_EDITOR_AND_TRANSLATOR, roles[0][1])]
    if roles and names.name.form == "count":
        total = sum(_count(people, names.name) for _, people in roles)
        return Output(dressed(str(total), names.look), True, True)
    texts = _of_roles(names, roles, scope)
    if text := names.delimiter.join(filter(None, texts)):
        return Output(dressed(text, names.look), True, True)
    substitute = _substitute(names, scope, render)
    return Output(dressed(substitute.text, names.look), True, substitute.found)


def _are_one(names: Names, roles: Sequence[tuple[str, tuple[Name, ...]]], locale: Locale) -> bool:
    """Say whether editor and translator are the same, and have a word for it."""
    return (
        set(names.variables) == {"editor", "translator"}
        and len(roles) == 2
        and roles[0][1] == roles[1][1]
        and bool(locale.term(_EDITOR_AND_TRANSLATOR))
    )


def _of_roles(
    names: Names, roles: Sequence[tuple[str, tuple[Name, ...]]], scope: Scope
) -> list[str]:
    people = tuple(name for _, persons in roles for name in persons)
    same = 0
    if people and not scope.first_names:
        scope.first_names = people
        same = _replaced(people, scope)
    sign, rule = scope.style.author_substitute, scope.style.author_substitute_rule
    if sign is not None and same and rule == "complete-all":
        return [sign]
    texts = []
    for role, persons in roles:
        if scope.corrected:
            persons = tuple(_without_stop(name, names.name) for name in persons)
        text = _listed(persons, names, scope.locale, [sign or ""] * same)
        texts.append(_with_label(text, names, role, len(persons) > 1, scope.locale))
        same = max(0, same - len(persons))
    return texts


def _replaced(people: tuple[Name, ...], scope: Scope) -> int:
    """Return how many names are those of the entry before, and replaced by a sign for them."""
    if scope.style.author_substitute is None:
        return 0
    pairs = zip(people, scope.names_before, strict=False)
    same = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
    same = min(len(people), len(scope.names_before)) if same is None else same
    match scope.style.author_substitute_rule:
        case "partial-each":
            return same
        case "partial-first":
            return min(same, 1)
        case _:
            return same if people == scope.names_before else 0


def _with_label(text: str, names: Names, role: str, several: bool, locale: Locale) -> str:
    if not text or names.label is None:
        return text
    word = label_text(replace(names.label, look=PLAIN), role, several, locale)
    label = _within_entry(names, names.label, word, locale)
    words = label_text(label, role, several, locale)
    return words + text if names.label_first else text + words


def _within_entry(names: Names, label: Label, word: str, locale: Locale) -> Label:
    """Only English has capitals in the middle of an entry: "eds." in other languages.

    The stop of an abbreviation (ISO 690) is not that of a whole `word`: "(編)".
    """
    if names.label_first or not (locale.corrected and locale.foreign):
        return label
    suffix = label.look.suffix
    if label.form == "short" and not word.endswith("."):
        suffix = suffix.removeprefix(".")
    return replace(label, look=replace(label.look, text_case="", suffix=suffix))


def _substitute(names: Names, scope: Scope, render: Render) -> Output:
    """Return what stands for missing names; it is not said again in the entry (substitute)."""
    for element in names.substitute:
        before = len(scope.printed)
        output = render(element, scope)
        if output.text:
            scope.suppressed.update(scope.printed[before:])
            return output._replace(found=True)
        del scope.printed[before:]
    return _editors(names, scope)


def _editors(names: Names, scope: Scope) -> Output:
    """Return the editors of a book without an author, in styles that name none (corrections)."""
    if not scope.corrected or names.substitute or names.variables != ("author",):
        return NOTHING
    people = scope.people("editor") if scope.type in _EDITED else ()
    if not people:
        return NOTHING
    scope.suppressed.add("editor")
    labelled = replace(names, label=names.label or _EDITED_BY)
    return Output("".join(_of_roles(labelled, [("editor", people)], scope)), True, True)


def _listed(people: tuple[Name, ...], names: Names, locale: Locale, signs: list[str]) -> str:
    """Return names in a list, the first of them as signs for those of the entry before."""
    form = names.name
    others = OTHERS in people
    cut = _is_cut(people, form)
    people = tuple(name for name in people if name != OTHERS)
    if cut and not form.et_al_use_first:
        return ""
    shown = people[: form.et_al_use_first] if cut else people
    texts = [dressed(_name(name, form, place), form.look) for place, name in enumerate(shown)]
    texts[: len(signs)] = signs[: len(texts)]
    if cut and form.et_al_use_last and form.et_al_use_first <= form.et_al_min - 2:
        last = "… " + dressed(_name(people[-1], form, len(people)), form.look)
        return form.delimiter.join([*texts, last])
    term = locale.for_latin if all(map(_is_latin, shown)) else locale.term
    if cut or others:
        et_al = dressed(dressed(term(names.et_al.term), names.et_al.look), form.look)
        return _with_et_al(texts, et_al, form, _is_inverted(shown, form))
    return _with_and(texts, form, _is_inverted(shown[:-1], form), term("and"))


def _is_cut(people: tuple[Name, ...], form: NameForm) -> bool:
    """Say whether a list of names is abbreviated (CSL 1.0.2, et-al abbreviation)."""
    known = len(people) - (OTHERS in people)
    return (
        form.et_al_min > 0
        and len(people) >= max(form.et_al_min, 2)
        and form.et_al_use_first < known
    )


def _count(people: tuple[Name, ...], form: NameForm) -> int:
    """Return how many names are shown (CSL 1.0.2, name, form "count")."""
    return form.et_al_use_first if _is_cut(people, form) else len(people) - (OTHERS in people)


def _is_inverted(shown: tuple[Name, ...], form: NameForm) -> bool:
    """Say whether the last of some names stands as "Doe, John"."""
    inverted = form.sort_order == "all" or (form.sort_order == "first" and len(shown) == 1)
    return inverted and bool(shown) and not shown[-1].literal


def _with_et_al(texts: list[str], et_al: str, form: NameForm, inverted: bool) -> str:
    if not texts or not et_al.strip():
        return form.delimiter.join(texts) or et_al
    rule = form.delimiter_precedes_et_al
    separator = _separator(rule, inverted, len(texts) > 1, form)
    if separator == " " and is_east_asian(bare(et_al)[0]):
        separator = ""
    return form.delimiter.join(texts) + separator + et_al


def _is_latin(name: Name) -> bool:
    return not native_name(name) and (name.literal or name.family)[:1] < "\u0250"


def _with_and(texts: list[str], form: NameForm, inverted: bool, word: str) -> str:
    if not form.conjunction or len(texts) < 2:
        return form.delimiter.join(texts)
    word = "&" if form.conjunction == "symbol" else word
    if word == ",":  # a language that has no word there
        return form.delimiter.join(texts)
    last = word.replace(PLACE, texts[-1]) if PLACE in word else f"{word} {texts[-1]}"
    before = texts[:-1]
    rule = form.delimiter_precedes_last
    separator = _separator(rule, inverted, len(texts) > 2, form)
    return f"{form.delimiter.join(before)}{separator}{last}"


def _separator(rule: str, inverted: bool, several: bool, form: NameForm) -> str:
    """Return what stands before the last name or before "et al."; `inverted` is the name before."""
    match rule:
        case "always":
            delimited = True
        case "never":
            delimited = False
        case "after-inverted-name":
            delimited = inverted
        case _:
            delimited = several
    return form.delimiter if delimited else " "


def _without_stop(name: Name, form: NameForm) -> Name:
    """Drop the stop after "Jr" in styles whose initials have none: "King ML Jr"."""
    bare = form.initialize_with is not None and not form.initialize_with.strip()
    return replace(name, suffix=name.suffix.rstrip(".")) if bare and name.suffix else name


def _name(name: Name, form: NameForm, place: int) -> str:
    """Return one name in its order (CSL 1.0.2, name-part order)."""
    if name.literal or (native := native_name(name)):
        return BEGIN + dressed(name.literal or native, form.family) + END
    given = _given(name.given, form)
    if form.form == "short":
        text = dressed(_joined(name.non_dropping_particle, name.family), form.family)
    elif form.sort_order == "all" or (form.sort_order == "first" and place == 0):
        text = _inverted(name, given, form)
    else:
        dropping = dressed(name.dropping_particle, _inside(form.given))
        family = dressed(_joined(name.non_dropping_particle, name.family), _inside(form.family))
        family = dressed(_joined(dropping, family, name.suffix), _around(form.family))
        text = _joined(dressed(given, form.given), family)
    return BEGIN + text + END


def _given(given: str, form: NameForm) -> str:
    if form.initialize_with is None:
        return given
    if not form.initialize:
        return with_marks(given, form.initialize_with)
    return initials(given, form.initialize_with, form.hyphen)


def _inverted(name: Name, given: str, form: NameForm) -> str:
    given = dressed(_joined(given, name.dropping_particle), _inside(form.given))
    family = name.family
    if form.demote:
        given = _joined(given, dressed(name.non_dropping_particle, _inside(form.family)))
    else:
        family = _joined(name.non_dropping_particle, family)
    parts = (dressed(family, form.family), dressed(given, _around(form.given)), name.suffix)
    return f"{END}{form.sort_separator}{BEGIN}".join(filter(None, parts))


def _inside(look: Look) -> Look:
    """Return the look of a name-part without its affixes: they stand round particles, too."""
    return look if look is PLAIN else replace(look, prefix="", suffix="")


def _around(look: Look) -> Look:
    """Return the affixes of a name-part alone."""
    return look if look is PLAIN else Look(look.prefix, look.suffix)


def _joined(*parts: str) -> str:
    """Join the parts of a name; no space follows an elided one ("d'Alembert") or another space."""
    text = ""
    for part in filter(None, parts):
        last = bare(text)[-1:]
        text += ("" if not last or last in _ELIDED or last.isspace() else " ") + part
    return text
