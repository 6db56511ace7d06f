"""Names of CSL-JSON, and names in one line → CSL names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from ...model.references import OTHERS, Name

_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_])")
_AND_OTHERS = re.compile(r"(?:and )?others|et al\.?", re.IGNORECASE)
_SUFFIX = re.compile(r"[^\W\d_]{1,8}\.?")
_WITH_SUFFIX = re.compile(r"([^,]*[^\s,]),!? *((?:Jr|Sr)\.?|[IVX]{1,4})")
_WITH_PARTICLE = re.compile(  # not "María de los Ángeles"
    r"(.*[\w.]) ((?:v[ao]n|de[nrl]?|d[aiou]|dos|das|zu|ter|ten|la|le|d['’])(?: [a-z]+)*)"
)
_PARTS: Mapping[str, str] = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
}


def read_name(value: object) -> Name | None:
    """Return the name that an object of CSL-JSON or a line is; None if it is none.

    `name` is what Crossref calls an organisation's `literal`.
    """
    if isinstance(value, str):
        return name_in_line(value)
    if not isinstance(value, dict):
        return None
    texts = {part: _text(value.get(part)) for part in (*_PARTS, "literal", "name")}
    if literal := texts["literal"] or texts["name"]:
        return OTHERS if _AND_OTHERS.fullmatch(literal) else Name(literal=literal)
    if not texts["family"]:
        return Name(literal=texts["given"]) if texts["given"] else None
    if _AND_OTHERS.fullmatch(texts["family"]) and not texts["given"]:
        return OTHERS
    name = Name(**{field: texts[part] for part, field in _PARTS.items()})
    return _completed(name)


def name_in_line(text: str) -> Name | None:
    """Read "Family, Given, Suffix" of RIS; a name without a comma is that of an organisation."""
    parts = [" ".join(part.split()) for part in text.split(",")]
    if not any(parts):
        return None
    if _AND_OTHERS.fullmatch(parts[0]) and not any(parts[1:]):
        return OTHERS
    if len(parts) == 1 or not any(parts[1:]):
        return Name(literal=parts[0])
    if len(parts) > 3 or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[2])):
        return Name(literal=" ".join(text.split()))
    return _completed(Name(parts[0], parts[1], suffix=parts[2] if len(parts) > 2 else ""))


def _completed(name: Name) -> Name:
    """Return a name with a space between initials, its particle and its suffix.

    As in BibTeX, words in lower case before a family name are a particle: "van den Berg". Zotero's
    users type some behind the given name ("Alexander von"), and a suffix there ("John, Jr."); a
    family name in quotes is one as it is.
    """
    particle, family = "", name.family
    if len(family) > 2 and family[0] == family[-1] == '"':
        return replace(name, family=family[1:-1], given=_INITIALS.sub(" ", name.given))
    if not name.suffix and (found := _WITH_SUFFIX.fullmatch(name.given)):
        name = replace(name, given=found[1], suffix=found[2])
    if not name.dropping_particle and (found := _WITH_PARTICLE.fullmatch(name.given)):
        name = replace(name, given=found[1], dropping_particle=found[2])
    if not name.dropping_particle and not name.non_dropping_particle:
        words = name.family.split(" ")
        lower = [n for n, word in enumerate(words[:-1]) if word[:1].islower()]
        if lower and words[0][:1].islower():
            particle, family = " ".join(words[: lower[-1] + 1]), " ".join(words[lower[-1] + 1 :])
    return Name(
        family,
        _INITIALS.sub(" ", name.given),
        particle or name.dropping_particle,
        name.non_dropping_particle,
        name.suffix,
    )


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
