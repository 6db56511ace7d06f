"""HTML and LaTeX in Markdown: what is printed as text or left out is reported."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token
from msgspec.structs import replace

from ...diagnostics import Span
from ...model import Anchor, AnchorKind, CodeBlock, CrossReference, Emphasis, Inline, Inlines, Text
from .anchors import full_anchor, label_anchor
from .attributes import Attributes
from .latex_rules import LAYOUT
from .origins import Origin
from .reading import Reading

# Words that authors write before a bare number; a cross-reference prints its own.
LABELS = (
    r"(?i)\b(?:figures?|figs?\.?|abbildung|abb\.|figuras?|figur[ae]|tables?|tabs?\.|tbl\.|tableau|tabelle|"
    r"tablas?|tabel[al]a|sections?|secs?\.|sect\.|abschnitt|secci[óo]n|sezione|seção|equations?|"
    r"eqs?\.|équation|gleichung|ecuaci[óo]n|equazione|equação)[\s\u00a0~]*\Z"
    r"|(?:§|[图圖図表式])[\s\u00a0~]*\Z"
)
CELL = r"\{[A-Za-z][\w:-]*(?=[\s},])"
ENGINES = (
    r"(?i)(?:r|python|py|julia|jl|ojs|bash|sh|shell|sql|js|javascript|stata|sas|octave|matlab|node|"
    r"code-cell|mermaid|dot|graphviz|tikz|rcpp|stan|perl|ruby|webr|pyodide)\Z"
)
INLINE_CODE = r"(?:r|\{[A-Za-z]+\})[ \t]+\S"
BLANK = r" +\Z"
HINTS = {
    "textit": "write *words*",
    "emph": "write *words*",
    "textbf": "write **words**",
    "texttt": "write `words`",
    "textsuperscript": "write ^words^",
    "textsubscript": "write ~words~",
    "footnote": "write ^[words]",
    "href": "write [words](https://…)",
    "url": "write <https://…>",
    "nocite": 'write `nocite: "@key"` in the front matter',
    "citeauthor": "write the name, and cite with @key",
    "citeyear": "write the year, and cite with @key",
    "table": "write a table with bars, or read it from a CSV file",
    "tabular": "write a table with bars, or read it from a CSV file",
    "longtable": "write a table with bars, or read it from a CSV file",
    "figure": "write ![Caption](file.png)",
}


TRACKED = ("insertion", "deletion", "comment-start", "comment-end")
# Tags that say how words look, or what they are, and print nothing of their own.
LOOKS = frozenset(
    re.findall(
        r"\w+",
        """
        a abbr acronym address article aside big blockquote body center details div figcaption
        figure font footer header html label main nav nobr p section small span summary time wbr
        """,
    )
)
_OF_BLOCK = re.compile(
    r"(?i)</?(?:address|article|aside|blockquote|center|details|div|figcaption|figure|footer|header"
    r"|main|nav|p|section|summary)\b[^>]*>"
)
_UNDERLINED = frozenset(("underline", "ul"))
_LOOKS = frozenset(("smallcaps", "mark", "highlight"))
WORDS_IN_TAG = r"(?i)\b(?:title|alt|aria-label|href)\s*="
MARKDOWN = "write Markdown, or `\\<` if the sign itself is meant"
HTML_HINTS = {
    **dict.fromkeys(("li", "ul", "ol"), "write `- ` or `1. ` before each item"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write `## ` before a heading"),
    **dict.fromkeys(("table", "tr", "td", "th", "thead", "tbody"), "write a table with bars"),
    "img": "write ![What it shows](file.png)",
    "hr": "write `---` on a line of its own",
    "br": "end the line with a backslash for a line break",
}


def read_html(reading: Reading, content: str, span: Span) -> list[Inline]:
    """Return HTML as text, and nothing for a tag that only changes how its words look."""
    report_html(reading, content, span)
    return [] if _is_look(content) else [Text(content.replace("\n", " "), span=span)]


def parts_blocks(content: str) -> bool:
    """Say whether HTML is the tag of a block: a browser puts what is on either side apart."""
    return _OF_BLOCK.fullmatch(content) is not None


def report_html(reading: Reading, content: str, span: Span) -> None:
    """Report each tag once, but one whose attributes hold words each time."""
    shown = content.split("\n")[0]
    name = _tag_name(content)
    if f"<{name}>" in reading.foreign and not re.search(WORDS_IN_TAG, content):
        return
    reading.foreign.add(f"<{name}>")
    message, hint = f"`{shown}` is printed as text", HTML_HINTS.get(name, MARKDOWN)
    if _is_look(content):
        message, hint = f"`{shown}` is left out: only what is in it is printed", ""
    reading.report("raw-html", message, span, hint)


def _is_look(content: str) -> bool:
    return _tag_name(content) in LOOKS and content.endswith(">")


def _tag_name(content: str) -> str:
    found = re.match(r"</?([A-Za-z][A-Za-z0-9]*)", content)
    return found[1].lower() if found else content


def read_latex(reading: Reading, token: Token, result: list[Inline], span: Span) -> None:
    """Add what a command prints: a number, nothing if it only sets the page, or itself."""
    found = token.meta["found"]
    if token.type == "latex_reference":
        anchor, bare = label_anchor(found["label"]), not found["named"]
        result.append(CrossReference(anchor, bare, token.content, span=span))
    elif token.type == "latex_command" and found["name"] in LAYOUT:
        _report(
            reading,
            found["name"],
            f"`\\{found['name']}` is left out: it only means something in LaTeX",
            span,
        )
    elif token.type == "latex_command":
        name = found["name"]
        message = f"`\\{name}` is LaTeX, and printed as text"
        _report(reading, name, message, span, HINTS.get(name, ""))
        result.append(Text(token.content, span=span))
    elif token.meta.get("is_anchor"):
        _cut(result, BLANK)
    else:
        message = f"`{token.content}` labels nothing, and is left out"
        hint = "labels belong in headings, captions and equations"
        reading.report("raw-latex", message, span, hint)


def read_environment(reading: Reading, token: Token, span: Span) -> CodeBlock:
    """Return LaTeX as it is written."""
    message = f"the LaTeX environment `{token.info}` is printed as it is written"
    _report(reading, token.info, message, span, HINTS.get(token.info.rstrip("*"), ""))
    return CodeBlock(token.content, "latex", span=span)


def report_cell(reading: Reading, info: str, span: Span) -> None:
    """Report that ```` ```{r} ```` is printed as code: nothing is run or followed."""
    found = re.match(CELL, info)
    title = info.partition("}")[2].strip()  # of a directive; its words are not printed
    if found and (title or found[0] not in reading.foreign):
        reading.foreign.add(found[0])
        message = f"`{found[0]}}}` is printed as code: code is not run"
        hint = "save its result as an image, a table or text"
        if not re.match(ENGINES, found[0][1:]):
            message = f"`{found[0]}}}` has no meaning here, and is printed as code"
            hint = "write what it holds as Markdown"
        reading.report("code-not-run", message, span, hint)


def report_inline_code(reading: Reading, content: str, span: Span) -> None:
    """Report `` `r mean(x)` ``, whose value would stand in the sentence."""
    if re.match(INLINE_CODE, content):
        message = f"`{content}` is printed as code: nothing is run here"
        reading.report("code-not-run", message, span, "write its value")


def is_left_out(reading: Reading, classes: Sequence[str], span: Span) -> bool:
    """Say whether words are a comment or deleted: `[words]{.deletion}`.

    pandoc writes these of a Word file with `--track-changes=all`; inserted words are printed.
    """
    found = next((name for name in classes if name in TRACKED), "")
    if not found:
        return False
    is_insertion = found == "insertion"
    if not (is_insertion or found == "comment-end"):
        report_left_out(reading, f"what `{found}` marks, from Word's tracked changes,", span)
    elif is_insertion and found not in reading.foreign:
        reading.foreign.add(found)
        message = "what `insertion` marks, from Word's tracked changes, is printed"
        reading.report("unread-markup", message, span, "write the words alone")
    return not is_insertion


def with_look(reading: Reading, asked: Attributes, inlines: Inlines, span: Span) -> Inlines:
    """Return words with a look that a class of pandoc's asks for; report what has none here."""
    report_word_style(reading, asked, span)
    if _UNDERLINED.intersection(asked.classes):
        return (Emphasis(inlines, span=span),)
    for name in asked.classes:
        if name in _LOOKS and name not in reading.foreign:
            reading.foreign.add(name)
            message = f"`{name}` has no effect here: its words look like those round them"
            reading.report("foreign-layout", message, span)
    return inlines


def report_word_style(reading: Reading, asked: Attributes, span: Span) -> None:
    """Report pandoc's `custom-style="Heading 1"`, by which a Word style makes text what it is."""
    style = asked.values.get("custom-style", "")
    if style and (name := f"custom-style={style}") not in reading.foreign:
        reading.foreign.add(name)
        message = f"the style “{style}” has no effect here: its text is ordinary text"
        hint = "say in Markdown what it is: a heading, a list, a part such as ::: pull-quote"
        reading.report("unread-markup", message, span, hint)


def report_left_out(reading: Reading, what: str, span: Span) -> None:
    message = f"{what} is left out: it is for another program"
    reading.report("unread-markup", message, span)


def read_foreign(reading: Reading, token: Token, span: Span) -> Text:
    """Return what only another program follows as text."""
    shown = token.content.split("\n")[0]
    words = token.meta.get("words", token.content)
    how = "text" if words == token.content else f"“{words}”"
    reading.report("unread-markup", f"`{shown}` is printed as {how}", span, token.meta["hint"])
    return Text(words.replace("\n", " "), span=span)


def add_label(reading: Reading, content: Token, origin: Origin, kind: AnchorKind) -> Anchor | None:
    r"""Enter the `\label{x}` among the inlines of a block as its anchor, None without one."""
    for token in content.children or []:
        if token.type == "latex_label":
            token.meta["is_anchor"] = True
            span = origin.span(token.meta["start"], token.meta["end"])
            return reading.anchors.add(label_anchor(token.meta["found"]["label"]), span, kind)
    return None


def resolved(reading: Reading, inlines: Inlines) -> Inlines:
    """Return inlines whose cross-references have the full names of their anchors.

    Those of LaTeX and MyST may lack the prefix; those that lead nowhere stay as written.
    """
    result: list[Inline] = []
    for inline in inlines:
        if not isinstance(inline, CrossReference):
            result.append(inline)
            continue
        named = reading.shared.get(inline.anchor, inline.anchor)
        anchor = full_anchor(named, reading.anchors.places)
        if inline.foreign and not anchor:
            message = f"`{inline.foreign}` refers to nothing here, and is printed as text"
            reading.report(
                "raw-latex", message, inline.span, "write @fig-x, @tbl-x, @sec-x or @eq-x"
            )
            result.append(Text(inline.foreign, span=inline.span))
            continue
        if inline.foreign and inline.number_only:
            _cut(result, LABELS)  # authors of LaTeX write the word, or leave it out
            inline = replace(inline, number_only=False)
        result.append(replace(inline, anchor=anchor or inline.anchor))
    return tuple(result)


def is_label(words: str) -> bool:
    """Say whether words are nothing but a label, as in `[Figure @fig-x]`, which prints its own."""
    return bool(re.match(LABELS, words))


def _cut(result: list[Inline], end: str) -> None:
    last = result[-1] if result else None
    if isinstance(last, Text) and (found := re.search(end, last.text)):
        kept = last.text[: found.start()]
        result[-1:] = [Text(kept, span=last.span.piece(0, len(kept)))] if kept else []


def _report(reading: Reading, name: str, message: str, span: Span, hint: str = "") -> None:
    """Report each command once: authors who use one use it often."""
    if name not in reading.foreign:
        reading.foreign.add(name)
        reading.report("raw-latex", message, span, hint)
