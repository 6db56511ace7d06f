"""Rules on names: organisations read as persons, and lists read as one person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..model.references import OTHERS, Name, Reference
from ..styles import House

FIELDS = {"author": "author", "editor": "editor", "translator": "translator"}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# No person has such a name, in English or elsewhere.
ORGANISATION = _listed(
    """
    academy academies administration agency agencies alliance assembly association authority
    authorities bureau cabinet center centers centre centres coalition collaboration commission
    committee commonwealth community company confederation conference congress consortium
    cooperation corporation council department directorate division federation forum foundation
    government initiative institut institute institutes institution instituto laboratory
    laboratories ministry ministries museum nations observatory office organisation organisations
    organization organizations panel parliament partnership party programm programme programmes
    programms project republic secretariat senate statistics taskforce treasury university
    universities ltd llc gmbh plc inc pty academia académie agence agencia agenzia akademie amt
    assemblée associação asociación banca banco banque bundesagentur bundesamt bundesbank
    bundesinstitut bundesministerium bundesnetzagentur bundesrat bundesregierung bundesrepublik
    bundestag bundesverband bundeszentrale comisión comité commissione conseil consejo consiglio
    dirección fondation fondazione fundación fundação gesellschaft istituto kommission ministère
    ministerio ministério ministero ministerium república statistik statistische statistisches
    stiftung umweltbundesamt universidad universidade università université universität verband
    verein zentrum
    """
)
# Persons have such names, too: William Press, Robert Service, Jack London …
AMBIGUOUS = _listed(
    """
    bank board borders chamber college court frontières fund group house international journal
    league media monitor network news post press research reserve school service services
    society staff state team times trust union unit watch women work works africa america asia
    australia britain canada england europe france germany india ireland japan london scotland
    uk usa wales zealand
    """
)
# … but not with one of these before it: World Bank, Asian Development Bank, Public Health England.
BEFORE = _listed(
    """
    african american amnesty arab asian associated australian bbc british business canadian cbs
    central chinese civil cnn consumer consumers deutsche development doctors economic education
    energy environment environmental european federal financial french german global greenpeace
    health historic housing human infrastructure international investment islamic japanese labor
    labour legal medical médecins monetary national natural nbc new nordic open oxfam police
    policy public reporters reserve reuters rights saving savings science security social sport
    supreme technical trade transparency transport united un wall washington water working world
    """
)
# Particles are words in lower case before a family name; none of these words is one.
NO_PARTICLE = frozenset(
    ("of", "for", "the", "on", "and", "against", "at", "with", "without", "from", "pour", "für")
)
ET_AL = r"(?i)\bet\.?\s*al\b|\band\s+al\."
SUFFIX = (
    r"(?i)(?:[JS]n?r\.?|I{1,3}|IV|V|[23](?:nd|rd)|Ph\.? ?D\.?|M\.? ?D\.?|Esq\.?|"
    r"j[uú]nior|filho|neto|sobrinho|fils|père)"
)
NOT_A_NAME = re.compile(r"\((?:[A-Z]{2,}|Firm|Organi[sz]ation|Agency)\)")


def organisation_as_person(reference: Reference, house: House) -> Iterator[Diagnostic]:
    """BibTeX reads `Reserve Bank of Australia` as Australia, R. B. of."""
    for variable, names in reference.names.items():
        for name in names:
            if is_organisation(name):
                field = FIELDS.get(variable, variable)
                written = reference.field(field)
                reordered = f"{_family(name)}, {name.given}"
                whole = reordered if written and reordered in written.text else _whole(name)
                yield Diagnostic(
                    "organisation-as-person",
                    f"`{whole}` is read as a person whose family name is `{name.family}`",
                    reference.place(field),
                    f"put a second pair of braces round it: {{{{{whole}}}}}"
                    if reference.entry_type  # else it is not of a .bib file
                    else "write the name of an organisation as one, in `literal`",
                )


def is_organisation(name: Name) -> bool:
    """Say whether a name was read as a person only because it lacks braces."""
    particle = name.dropping_particle or name.non_dropping_particle
    if name.literal or not (name.given or particle):
        return False  # one word is printed alike
    given, whole = name.given.lower(), _whole(name)
    if not NO_PARTICLE.isdisjoint(particle.lower().split()):
        return True
    if given == "the" or given.startswith("the ") or NOT_A_NAME.search(whole):
        return True
    words = _words(whole)
    if not ORGANISATION.isdisjoint(words):
        return True
    if name.family.isupper() and len(name.family) > 2 and given in ("uk", "us", "usa", "eu", "un"):
        return True  # US EPA
    return not (AMBIGUOUS.isdisjoint(words) or BEFORE.isdisjoint(_words(given)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def names_run_together(reference: Reference, house: House) -> Iterator[Diagnostic]:
    """BibTeX reads `Smith, Ann, Lee, Bo` as one person."""
    for variable, names in reference.names.items():
        field = FIELDS.get(variable, variable)
        for name in names:
            if not name.literal and _is_list(name):
                hint = "put `and` between the names: Smith, Ann and Lee, Bo"
                if re.fullmatch(SUFFIX, name.given):
                    hint = f"write: {name.family}, {name.given}, {name.suffix}"
                message = f"`{_whole(name)[:60]}` is read as one person"
                yield Diagnostic("names-run-together", message, reference.place(field), hint)
        found = reference.field(field) if OTHERS in names else None
        if found and re.search(ET_AL, found.text):
            message = "`et al.` is read as `and others`"
            yield Diagnostic("repaired-bibtex", message, found.name_span, "write: and others")


def _is_list(name: Name) -> bool:
    whole = _whole(name)
    if ";" in whole or " & " in whole:
        return True
    return bool(name.suffix) and not re.fullmatch(SUFFIX, name.suffix)


def _whole(name: Name) -> str:
    return " ".join(filter(None, (name.given, _family(name), name.suffix)))


def _family(name: Name) -> str:
    parts = (name.dropping_particle, name.non_dropping_particle, name.family)
    return " ".join(filter(None, parts))
