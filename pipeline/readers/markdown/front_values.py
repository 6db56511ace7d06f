"""Values of the front matter, each checked to be of its kind."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from ...diagnostics import Diagnostic, Span, did_you_mean
from ...language.dates import read_day
from ...language.files import language_of as found_language
from ...language.files import offered
from ...language.tags import language_tag
from ...language.terms import term
from ...model import Inlines, Person
from .grammar import parse_inlines
from .inlines import read_inlines
from .reading import Reading
from .yaml_values import Mapping, Scalar, Sequence, Value

KEY = re.compile(r"-?@(\*|\{[^{}]+\}|[^\s,;\[\]{}]*[\w*])")
COMMENT = re.compile(r"[ \t]+(?P<comment>#.*\S)")  # behind a value without quotation marks
_NOTE = re.compile(r"\s*\^\[([^\]]+)\]\s*\Z")
PERSON_KEYS = ("name", "role", "affiliation", "affiliations", "scope", "date")
IGNORED_PERSON_KEYS = frozenset(
    ("orcid", "email", "corresponding", "equal-contrib", "url", "given", "family", "id")
)


def language_of(mapping: Mapping) -> tuple[str, list[Diagnostic]]:
    """Return the language that the front matter gives to the brief, "" if it gives none."""
    value = mapping.find("lang")
    if value is None:
        return "", []
    tag = language_tag(value.text) if isinstance(value, Scalar) else ""
    if not tag:
        message = "`lang` should be a language tag such as `en`, `en-GB` or `fr`"
        return "", [Diagnostic("bad-front-matter-value", message, value.span)]
    if not (lacks := found_language(tag).lacks):
        return tag, []
    word = term("figure" if "figure" in lacks else "contents", "en")
    message = f"words such as “{word}” are not known in `{tag}`: they are printed in English"
    hint = f"they are known in: {', '.join(offered())}"
    return tag, [Diagnostic("no-terms", message, value.span, hint)]


def are_numbered(what: str, mapping: Mapping, default: bool) -> bool:
    """Say whether sections or paragraphs have numbers: `number-sections: false`, or as the house
    has it."""
    value = mapping.find(f"number-{what}")
    word = value.text.lower() if isinstance(value, Scalar) else ""
    return word == "true" or (default and word != "false")


class FrontValues:
    """Reads values of the front matter, and reports those of the wrong kind."""

    def __init__(self, mapping: Mapping, reading: Reading) -> None:
        self.mapping = mapping
        self.reading = reading

    # One value -------------------------------------------------------------------------------

    def find(self, *names: str) -> Value | None:
        return self.mapping.find(*names)

    def place(self, name: str) -> Span:
        """Return the place of a key that is present: from the key to the end of its value."""
        key, value = self.mapping.keys[name], self.mapping.values[name]
        if isinstance(value, Scalar) and value.is_null:
            return key
        return self.reading.source.around(key, value.span)

    def wrong(self, value: Value, expected: str, code: str = "bad-front-matter-value") -> None:
        name = next((k for k, v in self.mapping.values.items() if v is value), "")
        message = f"`{name}` should be {expected}" if name else f"this should be {expected}"
        self.reading.report(code, message, value.span)

    def scalar(self, value: Value | None, expected: str) -> Scalar | None:
        if value is None or isinstance(value, Scalar):
            return value
        self.wrong(value, expected)
        return None

    def text(self, *names: str, expected: str = "a line of text") -> str:
        found = self.scalar(self.find(*names), expected)
        return " ".join(found.text.split()) if found else ""

    def inlines(self, value: Value | None) -> Inlines:
        """Return a text that may hold emphasis, links and citations."""
        found = self.scalar(value, "a line of text")
        if found is None or not found.text:
            return ()
        source, end = self.reading.source, found.origin.at(len(found.text) - 1) + 1
        if comment := COMMENT.match(source.text, end):
            message = f"`{comment['comment']}` is a comment in YAML, and is not printed"
            hint = "put the whole text into quotation marks if it belongs to it"
            place = source.span(*comment.span("comment"))
            self.reading.report("unread-markup", message, place, hint)
        tokens = parse_inlines(found.text, self.reading.env)
        return read_inlines(self.reading, tokens, found.origin, 1)

    def choice(
        self, name: str, choices: Iterable[str], code: str = "bad-front-matter-value"
    ) -> str:
        found = self.scalar(self.find(name), "one word")
        choices = tuple(choices)
        word = found.text.lower() if found else ""
        if found is None or word in choices:
            return word
        hint = did_you_mean(word, choices) or f"choose from: {', '.join(choices)}"
        self.reading.report(code, f"`{name}` cannot be `{found.text}`", found.span, hint)
        return ""

    def date(self, name: str, strict: bool) -> datetime.date | None:
        """Return a day. Any other text is an error if `strict`, otherwise it may be a warning."""
        found = self.scalar(self.find(name), "a date such as 2026-01-28")
        if found is None:
            return None
        date = read_day(found.text)
        if date is None:
            is_iso_form = found.text[:4].isdigit() and "-" in found.text
            code = "bad-date" if strict or is_iso_form else "unclear-date"
            message = f"`{name}: {found.text}` is not a date"
            self.reading.report(code, message, found.span, "write it as 2026-01-28")
        return date

    # Lists -----------------------------------------------------------------------------------

    def items(self, *names: str) -> list[Value]:
        """Return the items of a list; a value alone is a list of one."""
        return self.items_of(self.find(*names))

    def items_of(self, value: Value | None) -> list[Value]:
        if value is None:
            return []
        found = value.items if isinstance(value, Sequence) else [value]
        return [item for item in found if not (isinstance(item, Scalar) and item.is_null)]

    def texts(self, *names: str, expected: str) -> list[Scalar]:
        scalars = (self.scalar(item, expected) for item in self.items(*names))
        return [found for found in scalars if found is not None and found.text]

    def words(self, *names: str) -> tuple[str, ...]:
        """Return keywords: a list, or words with commas between."""
        found = self.texts(*names, expected="a list of words")
        return tuple(word.strip() for s in found for word in s.text.split(",") if word.strip())

    def citation_keys(self, name: str) -> dict[str, Span]:
        """Return the keys of `nocite: "@a, @b"`, and "*" for `@*`, with their places."""
        keys: dict[str, Span] = {}
        for found in self.texts(name, expected="citation keys such as `@smith2021`"):
            rest = KEY.sub("", found.text)
            for key in KEY.finditer(found.text):
                keys.setdefault(key[1].strip("{}"), found.origin.span(*key.span(1)))
            if re.sub(r"[\s,;\[\]]", "", rest):
                self.wrong(found, "citation keys such as `@smith2021, @lee2019`, or `@*`")
        return keys

    # People ----------------------------------------------------------------------------------

    def people(self, *names: str) -> tuple[Person, ...]:
        people = (self._person(item) for item in self.items(*names))
        return tuple(person for person in people if person is not None)

    def _person(self, value: Value) -> Person | None:
        match value:
            case Scalar(text=text):
                return Person(*_without_note(text)) if text else None
            case Sequence():
                self.wrong(value, "a name, or a mapping with `name`")
                return None
            case Mapping():
                part = FrontPart(value, self)
                named = part.value("name")  # Quarto's may have parts
                parts = FrontPart(named, self) if isinstance(named, Mapping) else part
                name = part.text("name") or " ".join(
                    filter(None, map(parts.text, ("given", "family", "literal")))
                )
                if not name:
                    self.wrong(value, "a name, or a mapping with `name`")
                    return None
                part.check(PERSON_KEYS, IGNORED_PERSON_KEYS)
                name, note = _without_note(name)
                said = (part.text("role"), part.text("scope"), note)
                role = ", ".join(filter(None, said))
                return Person(name, role, self._affiliation(part), part.date("date"))

    def _affiliation(self, person: FrontPart) -> str:
        """Return affiliations by name; some list them separately, by a number or an `id`."""
        listed: dict[str, str] = {}
        for item in self.items("affiliations"):
            if isinstance(item, Mapping):
                part = FrontPart(item, self)
                listed[part.text("index") or part.text("id")] = _organisation(part)
        found = []
        for value in map(person.value, ("affiliation", "affiliations")):
            for each in self.items_of(value):
                if isinstance(each, Mapping):
                    part = FrontPart(each, self)
                    found.append(listed.get(part.text("ref")) or _organisation(part))
                elif isinstance(each, Scalar):
                    names = [listed.get(word.strip(), "") for word in each.text.split(",")]
                    found.append(", ".join(names) if all(names) else " ".join(each.text.split()))
        return ", ".join(found)

    def licence(self) -> str:
        """Return the licence; Quarto's may be a list, or have a text, a type and an address."""
        found = self.find("licence", "license")
        if isinstance(found, Mapping):
            part = FrontPart(found, self)
            return ", ".join(filter(None, map(part.text, ("text", "type", "url"))))
        if isinstance(found, Sequence):
            return ", ".join(item.text for item in found.items if isinstance(item, Scalar))
        return self.text("licence", "license")

    def part(self, value: Mapping) -> FrontPart:
        return FrontPart(value, self)


class FrontPart:
    """One mapping within the front matter."""

    def __init__(self, mapping: Mapping, front: FrontValues) -> None:
        self.mapping = mapping
        self.front = front

    def value(self, name: str) -> Value | None:
        return self.mapping.find(name)

    def text(self, name: str) -> str:
        value = self.value(name)
        if isinstance(value, Sequence):
            return ", ".join(i.text for i in value.items if isinstance(i, Scalar))
        return " ".join(value.text.split()) if isinstance(value, Scalar) else ""

    def span(self, *names: str) -> Span:
        """Return the place of the values of these keys, at least one of which is present."""
        values = (self.value(name) for name in names)
        return self.front.reading.source.around(*(value.span for value in values if value))

    def date(self, name: str) -> datetime.date | None:
        """Return a day; any other text is an error."""
        found = self.value(name)
        date = read_day(found.text) if isinstance(found, Scalar) else None
        if found is not None and date is None:
            shown = found.text if isinstance(found, Scalar) else name
            message, hint = f"`{shown}` is not a date", "write it as 2026-01-28"
            self.front.reading.report("bad-date", message, found.span, hint)
        return date

    def inlines(self, name: str) -> Inlines:
        return self.front.inlines(self.value(name))

    def check(self, known: Iterable[str], ignored: Iterable[str] = ()) -> None:
        known, ignored = tuple(known), tuple(ignored)
        for key, span in self.mapping.keys.items():
            if key not in known and key not in ignored:
                report_unknown_key(self.front.reading, key, known, span)


def _without_note(name: str) -> tuple[str, str]:
    """Return a name and the note behind it: `Ann Lee^[Corresponding author.]`, as journals ask."""
    found = _NOTE.search(name)
    return (name[: found.start()], found[1].rstrip(" .")) if found else (name, "")


def _organisation(part: FrontPart) -> str:
    names = (part.text("department"), part.text("name") or part.text("institution"))
    return ", ".join(filter(None, names)) or ", ".join(map(part.text, part.mapping.values))


def report_unknown_key(reading: Reading, key: str, known: Iterable[str], span: Span) -> None:
    hint = did_you_mean(key, known)
    reading.report("unknown-front-matter-key", f"`{key}` means nothing here", span, hint)
