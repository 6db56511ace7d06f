"""The front matter as values with places: YAML 1.2, read event by event.

Scalars are text: `lang: no` is the word "no", and a date is what was typed. Aliases are refused,
and so is deep nesting: a few lines of YAML can be a billion values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...diagnostics import Diagnostic, Span
from ...text import controls_left_out, without_controls
from ..source import Source
from .origins import Origin, aligned_origin

# Blank lines may precede it, as in pandoc, where a key follows.
OPENING = re.compile(r"(?:(?:[ \t]*\n)+(?=---[ \t]*\n[\w-]+:(?:\s|\Z)))?---[ \t]*\n(?![ \t]*\n)")
CURLY = re.compile(r"[“„‘‚].*[”“’‘]", re.DOTALL)
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
PLAINLY = {
    "mapping values are not allowed here": "a value contains a colon and a blank",
    "while scanning a quoted scalar": "a quotation mark is never closed",
    "found unexpected end of stream": "a quotation mark is never closed",
}
BEGINNING = re.compile(r"found character '(.)' that cannot start any token")
KEY_LINE = re.compile(r"[\w-]+:(?:\s|$)")
DEEPEST = 8
LONGEST = 100_000  # characters


class Scalar:
    """A piece of text. `origin` leads from it to the source."""

    def __init__(self, text: str, is_null: bool, span: Span, origin: Origin) -> None:
        self.text = text
        self.is_null = is_null
        self.span = span
        self.origin = origin


class Sequence:
    def __init__(self, span: Span) -> None:
        self.items: list[Value] = []
        self.span = span


class Mapping:
    def __init__(self, span: Span) -> None:
        self.values: dict[str, Value] = {}
        self.keys: dict[str, Span] = {}
        self.span = span

    def find(self, *names: str) -> Value | None:
        """Return the value of the first of these keys that is there and not empty."""
        for name in names:
            value = self.values.get(name)
            if value is not None and not (isinstance(value, Scalar) and value.is_null):
                return value
        return None


Value = Scalar | Sequence | Mapping


class BadYaml(Exception):
    """Why the front matter cannot be read."""

    def __init__(self, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


def split_front_matter(source: Source) -> tuple[int, int, str]:
    """Return where the YAML begins and ends, and the rest of the text at its own offsets.

    Front matter that is never closed is text; `read_front_matter` reports it.
    """
    opening = OPENING.match(source.text)
    closing = CLOSING.search(source.text, opening.end()) if opening else None
    if not opening or not closing:
        return 0, 0, source.text
    blank = re.sub(r"[^\n]", " ", source.text[: closing.end()])
    return opening.end(), closing.start(), blank + source.text[closing.end() :]


def read_front_matter(source: Source, start: int, end: int) -> tuple[Mapping, list[Diagnostic]]:
    """Return the front matter as a mapping, as far as it can be read."""
    empty = Mapping(source.line_span(0))
    composer = Composer(source, start, end)
    try:
        if not end:
            _refuse_unclosed(source)
            return empty, []
        if end - start > LONGEST:
            raise BadYaml(f"the front matter has {end - start:,} characters", start)
        return composer.mapping(), composer.slips
    except BadYaml as problem:
        span = source.line_span(min(problem.offset, len(source.text)))
        wrong = Diagnostic("bad-front-matter", str(problem), span, problem.hint)
        return composer.whole_values() or empty, [*composer.slips, wrong]


def _refuse_unclosed(source: Source) -> None:
    opening = OPENING.match(source.text)
    if opening and KEY_LINE.match(source.text, opening.end()):
        raise BadYaml("the front matter is never closed", 0, "close it with a line `---`")


class Composer:
    """Builds values from the events of ruamel.yaml. `what` is named where they cannot be read."""

    def __init__(
        self, source: Source, start: int, end: int, what: str = "the front matter"
    ) -> None:
        self.source = source
        self.what = what
        self.start = start
        self.end = end
        self.root: Value | None = None
        self.waiting: list[Scalar | None] = []  # at each depth, the key that has no value yet
        self.slips: list[Diagnostic] = []  # mistakes that cost one value

    def whole_values(self) -> Mapping | None:
        """Return what was read before a mistake, without the value that contains it."""
        if not isinstance(self.root, Mapping):
            return None
        if self.root.keys and self.waiting[:1] == [None]:
            last = list(self.root.keys)[-1]
            del self.root.keys[last], self.root.values[last]
        return self.root

    def mapping(self) -> Mapping:
        root = self.value()
        if root is None or (isinstance(root, Scalar) and root.is_null):
            return Mapping(self.source.line_span(0))
        if not isinstance(root, Mapping):
            raise BadYaml(f"{self.what} is not a mapping", self.start, "write `title: …`")
        return root

    def value(self) -> Value | None:
        """Return what the YAML is, None for nothing. Raises `BadYaml`."""
        # Loaded only for briefs with front matter.
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        text = self.source.text[self.start : self.end]
        try:
            return self._compose(YAML(typ="safe", pure=True).parse(text))
        except MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            if problem.context_mark and mark.index >= len(text.rstrip()):
                mark = problem.context_mark  # the opening shows more than the end of the text
            what = str(problem.problem or problem.context)
            sign = BEGINNING.fullmatch(what)
            plainly = f"a value begins with `{sign[1]}`" if sign else PLAINLY.get(what, what)
            message = f"{self.what} is not YAML: {plainly}"
            hint = "put a value that contains `: `, `#`, `@` or quotes in quotation marks"
            if sign:
                hint = "put it in quotation marks: the sign has a meaning in YAML"
            offset = self._offset(mark)
            if "'\\t'" in message:
                hint = "indent with spaces, not with tabs"
            elif CURLY.search(self.source.line(self.source.text.count("\n", 0, offset))):
                hint = "write straight quotation marks: curly ones hold nothing together in YAML"
            raise BadYaml(message, offset, hint) from None
        except (YAMLError, ValueError) as problem:
            message = f"{self.what} is not YAML: {str(problem).splitlines()[0]}"
            raise BadYaml(message, self.start) from None

    def _offset(self, mark: Any) -> int:
        """Return the offset of a mark of ruamel.yaml; for None that of the beginning."""
        if mark is None:
            return self.start
        first = self.source.text.count("\n", 0, self.start)
        line: int = min(first + mark.line, len(self.source.starts) - 1)
        column: int = mark.column
        return min(self.source.starts[line] + column, self.source.line_end(line))

    def _compose(self, events: object) -> Value | None:
        from ruamel.yaml import events as kinds

        stack: list[Sequence | Mapping] = []
        keys = self.waiting
        for event in events:  # type: ignore[attr-defined]
            start, end = self._offset(event.start_mark), self._offset(event.end_mark)
            value: Value
            match event:
                case kinds.ScalarEvent():
                    self._say_properties(event, start)
                    value = self._scalar(event, start, end)
                    if not value.is_null:
                        self._extend(stack, value.span)
                case kinds.SequenceStartEvent():
                    value = Sequence(self.source.span(start, start))
                case kinds.MappingStartEvent():
                    value = Mapping(self.source.span(start, start))
                case kinds.AliasEvent():
                    hint = "write the value out; put `*` in quotation marks if it is text"
                    raise BadYaml("a value begins with `*`: YAML reads an alias", start, hint)
                case kinds.SequenceEndEvent() | kinds.MappingEndEvent():
                    if self.source.text[end - 1] in "]}":
                        self._extend(stack, self.source.span(end - 1, end))
                    stack.pop()
                    keys.pop()
                    continue
                case kinds.DocumentStartEvent() if self.root is not None:
                    raise BadYaml(f"{self.what} has two documents", start)
                case _:
                    continue
            if not stack:
                self.root = value
            else:
                keys[-1] = self._put(stack[-1], keys[-1], value, start)
            if not isinstance(value, Scalar):
                stack.append(value)
                keys.append(None)
                if len(stack) > DEEPEST:
                    raise BadYaml(f"{self.what} is nested too deeply", start)
        return self.root

    def _say_properties(self, event: Any, offset: int) -> None:
        """Report what YAML reads as a tag or an anchor: it is no part of the value."""
        written = re.compile(r"[!&]\S*").match(self.source.text, offset)
        if written and (getattr(event, "tag", None) or getattr(event, "anchor", None)):
            message = f"`{written[0]}` is read as a sign of YAML, and left out"
            place = self.source.span(*written.span())
            hint = "put the value in quotation marks if it is text"
            self.slips.append(Diagnostic("unread-markup", message, place, hint))

    def _put(self, parent: Value, key: Scalar | None, value: Value, offset: int) -> Scalar | None:
        """Put a value into its parent; return the key that now waits for its value."""
        if isinstance(parent, Sequence):
            parent.items.append(value)
        elif key is not None and isinstance(parent, Mapping):
            if key.text in parent.values:
                message = f"the key `{key.text}` appears twice; the first one is read"
                self._slip(message, key.span, "remove one of them")
                return None
            parent.values[key.text] = value
            parent.keys[key.text] = key.span
        elif not isinstance(value, Scalar):
            raise BadYaml(f"a key of {self.what} is not a word", offset)
        else:
            return value
        return None

    def _slip(self, message: str, span: Span, hint: str) -> None:
        self.slips.append(Diagnostic("bad-front-matter", message, span, hint))

    def _extend(self, stack: Iterable[Sequence | Mapping], span: Span) -> None:
        """Extend the open values to the end of what they hold last."""
        for value in stack:
            value.span = self.source.around(value.span, span)

    def _scalar(self, event: object, start: int, end: int) -> Scalar:
        text: str = event.value  # type: ignore[attr-defined]
        style: str | None = event.style  # type: ignore[attr-defined]
        end = start + len(self.source.text[start:end].rstrip())
        inside = start
        if style in ("'", '"'):
            inside = start + 1
        elif style in ("|", ">"):
            inside = self.source.text.find("\n", start) + 1
        if "\\" in self.source.text[start:end] and (found := controls_left_out(text)):
            span = self.source.span(start, end)
            self.slips.append(Diagnostic("control-character", found[0], span))
            text = without_controls(text)
        if not style and CURLY.fullmatch(text):
            message = "curly quotation marks are printed: in YAML only straight ones hold a text"
            place = self.source.span(start, end)
            self.slips.append(Diagnostic("unread-markup", message, place, "write straight ones"))
        kept = text.strip()
        origin = aligned_origin(self.source, kept, inside, end)
        is_null = not style and text in ("", "~", "null", "Null", "NULL")
        return Scalar(kept, is_null, self.source.span(start, max(end, start + 1)), origin)
