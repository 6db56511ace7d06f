"""A page with each kind of number that a brief can have, for style sheets without a page."""

from __future__ import annotations

from xml.etree.ElementTree import XML, Element

_MARK = (
    '<span class="citation" id="cite-1"><a class="mark" href="#ref-a" data-anchor="ref-a" '
    'role="doc-biblioref">[1]</a><span class="mark-range">–<a class="mark-within" href="#ref-a" '
    'data-anchor="ref-a" data-number="1"></a></span> <a class="mark long" href="#ref-a" '
    'data-anchor="ref-a">[1]</a></span>'
)
_NUMBERS = (
    f"{_MARK} <sup>{_MARK}</sup> "
    '<a class="cross-reference" href="#fig-a" data-anchor="fig-a">Figure 1</a> '
    '<sup><a class="footnote-call" href="#fn-a" data-anchor="fn-a" id="call-fn-a">1</a></sup>'
)
_LABEL = '<span class="label"><span class="number" data-anchor="sec-a">1</span>.</span>'
_CAPTION = '<span class="label" data-anchor="fig-a">Figure <span class="number">1</span></span>'
_ENTRY = (
    '<li class="reference" id="ref-a"><span class="label" data-anchor="ref-a">[1]</span> '
    '<span class="entry" lang="en"><span>Lee, </span><i>Rain</i> <a href="https://example.org">'
    '<span class="kept">https</span></a></span> <details class="back-references" open="">'
    '<summary>Cited in</summary> <a href="#cite-1">Section 1</a></details></li>'
)
_PAGE = (
    '<html lang="en" dir="ltr"><head><title>A</title></head><body><div class="sheet">'
    f'<header class="title-block"><p class="masthead">A</p><h1>A {_NUMBERS}</h1>'
    f'<p class="subtitle">A {_NUMBERS}</p><p class="disclaimer">A {_NUMBERS}</p></header>'
    f'<main id="main"><section class="part summary"><h2 class="part-title">A {_NUMBERS}</h2>'
    f"<p>{_NUMBERS}</p></section>"
    '<div class="body">'
    f'<h2 id="sec-a">{_LABEL} A {_NUMBERS}</h2><h3>{_LABEL} A</h3><h4>{_LABEL} A</h4>'
    f"<p>A {_NUMBERS} <em>{_NUMBERS}</em> <strong>{_NUMBERS}</strong></p>"
    f"<ul><li><p>{_NUMBERS}</p></li></ul><ol><li>{_NUMBERS}</li></ol>"
    f"<dl><dt>{_NUMBERS}</dt><dd><p>{_NUMBERS}</p></dd></dl>"
    f"<blockquote><p>{_NUMBERS}</p></blockquote>"
    f'<figure id="fig-a"><img alt="A"/><figcaption>{_CAPTION} A {_NUMBERS}</figcaption></figure>'
    f'<div class="scroll"><table id="tbl-a"><caption>{_CAPTION} A {_NUMBERS}</caption><thead><tr>'
    f'<th scope="col">{_NUMBERS}</th></tr></thead><tbody><tr><td>{_NUMBERS}</td></tr></tbody>'
    "</table></div>"
    '<div class="equation" id="eq-a"><span class="number" data-anchor="eq-a">(1)</span></div>'
    f'<aside class="part callout"><p>{_NUMBERS}</p></aside></div>'
    '<section class="footnotes"><ul><li class="footnote" id="fn-a"><span class="number">1</span>'
    f'<div class="footnote-text"><p>A {_NUMBERS}</p></div></li></ul></section>'
    '<section class="bibliography"><h2 id="bibliography">A</h2><ul class="references">'
    f"{_ENTRY}</ul></section></main></div></body></html>"
)


def sample_page() -> Element:
    """Return the root element of the page."""
    return XML(_PAGE)
