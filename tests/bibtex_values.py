"""References as values that tests can write down."""

from pipeline.model.references import Date, Name, Reference, plain


def name_text(name: Name) -> str:
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    return name.literal or ", ".join(part for part in (family, name.suffix, given) if part)


def date_text(date: Date) -> str:
    """Return "2020-3/2020-5", with "~" for an uncertain date and "spring" and so on in front."""
    shown = [part[:1] for part in date.parts] if date.season else date.parts
    parts = "/".join("-".join(str(number) for number in part) for part in shown)
    season = ("", "spring ", "summer ", "autumn ", "winter ")[date.season]
    return date.literal or f"{season}{parts}{'~' if date.circa or date.uncertain else ''}"


def values_of(reference: Reference) -> dict[str, str]:
    """Return every variable of a reference as plain text."""
    return {
        "type": reference.type,
        **{variable: plain(runs) for variable, runs in reference.fields.items()},
        **{
            variable: "; ".join(name_text(name) for name in names)
            for variable, names in reference.names.items()
        },
        **{variable: date_text(date) for variable, date in reference.dates.items()},
    }
