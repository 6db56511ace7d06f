"""Names of .bib fields → CSL names (BibTeX's rules, and biblatex's `family=…` form)."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from ...model.references import OTHERS, Name
from .braces import BRACE, closing_braces
from .latex_tables import ACCENTS, CHARACTERS

AND = re.compile(r"\s+and\s+", re.IGNORECASE)
COMMA = re.compile("[,،，]")  # also those of Arabic and Chinese
EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|literal)(?:-i)?\s*=", re.IGNORECASE)
INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")
SPACES = re.compile(r"[\s\u00a0\u2009]+")
AND_OTHERS = re.compile(r"(?:^\s*others|(?:^|,?\s)et al\.?)\s*$", re.IGNORECASE)
SUFFIX = re.compile(r"(?:[JjSs]r\.?|I{2,3}|IV)")
SEPARATOR = re.compile(r"[\s~]+|(?:\\[, ])+")

CONTROL_WORD = re.compile(r"\\([A-Za-z]+)[ \t\n]+([^\W\d_]?)")

Plain = Callable[[str], str]  # LaTeX text → text


def read_names(text: str, plain: Plain, use_prefix: bool = False) -> tuple[Name, ...]:
    """Return the names of a list; `and others` becomes `OTHERS` at its end.

    `use_prefix` is biblatex's option: the particle "von" is then part of the family name.
    """
    names: list[Name] = []
    others = False
    if "\\" in text:
        text = CONTROL_WORD.sub(_closed, text)
    for written in split_list(text, AND):
        others = others or bool(AND_OTHERS.search(written))
        name = _name(AND_OTHERS.sub("", written).strip(), plain, use_prefix)
        if name != Name():
            names.append(name)
    return (*names, OTHERS) if others else tuple(names)


def _closed(found: re.Match[str]) -> str:
    """Return a control word without the space that ends it: `\\AA sa` is one word."""
    if found[1] in ACCENTS:
        return f"\\{found[1]}{{{found[2]}}}" if found[2] else f"\\{found[1]}"
    return f"\\{found[1]}{{}}{found[2]}" if found[1] in CHARACTERS else found[0]


def split_list(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split text at separators outside braces."""
    if "{" not in text:
        return separator.split(text)
    parts: list[str] = []
    start = depth = pos = 0
    braces = [found for found in BRACE.finditer(text) if found[0] in "{}"]
    for found in [*braces, None]:
        stop = found.start() if found else len(text)
        if depth <= 0:
            while between := separator.search(text, pos, stop):
                if between.end() == stop and found is None and stop == pos:
                    break
                parts.append(text[start : between.start()])
                start = pos = between.end()
        if found:
            depth = max(0, depth + (1 if found[0] == "{" else -1))
            pos = found.end()
    parts.append(text[start:])
    return parts


def _enclosed(text: str) -> bool:
    """Say whether the whole text is one group in braces."""
    return text.startswith("{") and closing_braces(text).get(0) == len(text) - 1


def _name(written: str, plain: Plain, use_prefix: bool) -> Name:
    if not written:
        return Name()
    if _enclosed(written):
        return Name(literal=_clean(plain(written)))
    if EXTENDED.match(written):
        return _extended(written, plain, use_prefix)
    parts = [part.strip() for part in split_list(written, COMMA)]
    parts = [part for n, part in enumerate(parts) if part or n < 2]
    suffix = ""
    if len(parts) == 2 and SUFFIX.fullmatch(parts[1]) and len(_words(parts[0])) > 1:
        suffix = parts.pop()  # "H. E. Kyburg, Jr." is meant as people write it
    if len(parts) == 1 or not any(parts[1:]):
        given, particle, family = _first_von_last(_words(parts[0]))
    else:
        particle, family = _von_last(_words(parts[0]))
        suffix = " ".join(parts[1:-1])
        given, after = _trailing_particle(_words(parts[-1]))
        particle = particle or after
    family_text = _joined(family, plain)
    name = Name(
        family=family_text,
        given=_initials(_joined(given, plain)),
        suffix=_clean(plain(suffix)),
    )
    capitals = name.given.isalpha() and name.given.isupper() and 2 <= len(name.given) <= 3
    if capitals and len(parts) > 1 and not family_text.isupper():
        # As PubMed exports them, "Roe, DL" is D. L. Roe; but "BBC News" is no person.
        name = replace(name, given=". ".join(name.given) + ".")
    if not family_text:
        return Name(literal=_clean(plain(written))) if plain(written).strip() else Name()
    return _with_particle(name, _joined(particle, plain), use_prefix)


def _with_particle(name: Name, particle: str, use_prefix: bool) -> Name:
    return Name(
        name.family,
        name.given,
        "" if use_prefix else particle,
        particle if use_prefix else "",
        name.suffix,
    )


def _words(text: str) -> list[str]:
    return [word for word in split_list(text, SEPARATOR) if word]


def _is_lower(word: str) -> bool:
    """Say whether BibTeX counts this word as a "von" part. A word in braces has no case."""
    if word.isalpha():
        return word[0].islower()
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = re.sub(r"\\[A-Za-z]+\s*|\\.|[{}]", "", word)
    special = re.match(r"\{?\\(o|l|ae|oe|aa|ss|i|j|dh|th|dj|ng)\b", word, re.IGNORECASE)
    if special:
        return special[1].islower()
    first = next((letter for letter in letters if letter.isalpha()), "")
    return first.islower()


def _first_von_last(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Split "Ludwig van Beethoven": the last word is always a family name."""
    lower = [n for n, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return words[:-1], [], words[-1:]
    return words[: lower[0]], words[lower[0] : lower[-1] + 1], words[lower[-1] + 1 :]


def _von_last(words: list[str]) -> tuple[list[str], list[str]]:
    """Split "van den Berg": the particle ends with the last word in lower case."""
    lower = [n for n, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower or not _is_lower(words[0]):
        return [], words
    return words[: lower[-1] + 1], words[lower[-1] + 1 :]


def _trailing_particle(given: list[str]) -> tuple[list[str], list[str]]:
    """Split "Audrey de" of "Nazelle, Audrey de", as library catalogues write it."""
    end = len(given)
    while end > 1 and _is_lower(given[end - 1]) and len(given[end - 1]) > 1:
        end -= 1
    return given[:end], given[end:]


def _joined(words: list[str], plain: Plain) -> str:
    return _clean(plain(" ".join(words)))


def _clean(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def _initials(given: str) -> str:
    """Put a space between initials: "J.G." is "J. G."."""
    return INITIALS.sub(" ", given)


def _extended(written: str, plain: Plain, use_prefix: bool) -> Name:
    """Read biblatex's `family=Humboldt, given=Alexander, prefix=von, useprefix=true`."""
    values: dict[str, str] = {}
    for part in split_list(written, re.compile(",")):
        label, _, value = part.partition("=")
        values[label.strip().lower()] = _clean(plain(value.strip().strip('"')))
    use_prefix = values.get("useprefix", str(use_prefix)).lower() == "true"
    name = Name(
        family=values.get("family", ""),
        given=_initials(values.get("given", "")),
        suffix=values.get("suffix", ""),
    )
    if not name.family:
        literal = values.get("literal", "") or name.given
        return Name(literal=literal) if literal else Name(literal=_clean(plain(written)))
    return _with_particle(name, values.get("prefix", ""), use_prefix)
