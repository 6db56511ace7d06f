"""References as RIS, with the tags that Zotero and EndNote write: for tests of the reader."""

from pipeline.model.references import OTHERS, plain

TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "entry-encyclopedia": "ENCYC",
    "graphic": "ART",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "paper-conference": "CONF",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
    "bill": "BILL",
}
TAGS = {
    "title": "TI",
    "container-title": "T2",
    "volume": "VL",
    "issue": "IS",
    "publisher": "PB",
    "publisher-place": "CY",
    "edition": "ET",
    "DOI": "DO",
    "URL": "UR",
    "language": "LA",
    "genre": "M3",
    "note": "N1",
    "number-of-volumes": "NV",
    "number": "M1",
    "collection-title": "T3",
    "chapter-number": "SE",
}


def ris_entry(reference):
    """Return one entry; what RIS has no tag for is left out."""
    lines = [("TY", TYPES.get(reference.type, "GEN")), ("ID", reference.key)]
    for role, tag in (("author", "AU"), ("editor", "A2"), ("translator", "A4")):
        lines += [(tag, line(name)) for name in reference.names.get(role, ())]
    for variable, tag in TAGS.items():
        lines.append((tag, plain(reference.fields.get(variable, ()))))
    first, _, last = plain(reference.fields.get("page", ())).partition("-")
    lines += [("SP", first), ("EP", last)]
    for variable, tag in (("issued", "DA"), ("accessed", "Y2")):
        if (date := reference.dates.get(variable)) and date.parts:
            lines.append((tag, "/".join(f"{part:02}" for part in date.parts[0])))
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n\n"


def line(name):
    if name == OTHERS:
        return "et al."
    if name.literal:
        return name.literal
    particle = name.non_dropping_particle or name.dropping_particle
    family = " ".join(part for part in (particle, name.family) if part)
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
