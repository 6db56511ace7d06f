"""The style sheets of a page: the house's files, after its values as custom properties."""

from __future__ import annotations

import re

from ...styles import Font, House, Styles
from .markup import language
from .medium import Page

# By language, since the same characters have other shapes in Japan, China and Korea.
_SCRIPT_FONTS = {
    "ja": "Noto Sans CJK JP",
    "zh": "Noto Sans CJK SC",
    "zh-TW": "Noto Sans CJK TC",
    "zh-HK": "Noto Sans CJK HK",
    "ko": "Noto Sans CJK KR",
    "ar": "Noto Naskh Arabic",
    "fa": "Noto Naskh Arabic",
    "ur": "Noto Nastaliq Urdu",
    "he": "Noto Sans Hebrew",
}
# For words of another script whose language the author did not say.
_FALLBACKS = ("Noto Sans", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans CJK JP")


def looks(page: Page, styles: Styles) -> str:
    """Return the whole CSS of a page."""
    sheet = "print.css" if page.printed else "screen.css"
    parts = [_properties(styles.house), _languages(styles.house)]
    if page.printed:
        parts.append(_page_rules(page, styles.house))
    parts += [styles.files["base.css"], styles.files[sheet]]
    # A style element ends at the first `</style`, wherever that stands (HTML 13.2.5.2).
    return "\n".join(parts).replace("</", "<\\/")


def _properties(house: House) -> str:
    properties = {f"font-{role}": _family(font) for role, font in house.fonts.items()}
    properties |= {f"size-{name}": f"{size:g}pt" for name, size in house.sizes.items()}
    properties |= {f"colour-{name}": colour for name, colour in house.colours.items()}
    lines = [f"  --{name}: {value};" for name, value in properties.items()]
    return "\n".join((":root {", *lines, "}"))


def _family(font: Font, script: str = "") -> str:
    """Return a list of families: the house's own, its Word twin, then those for other scripts."""
    mono = "Mono" in font.family
    names = [font.family, font.stands_for, script, *_FALLBACKS]
    quoted = [_string(name) for name in dict.fromkeys(filter(None, names))]
    return ", ".join((*quoted, "monospace" if mono else "sans-serif"))


def _languages(house: House) -> str:
    """Return rules that give words of another language the font of their script.

    `:where` lets code and headings keep their own (Selectors 4, 4.4).
    """
    body = house.fonts["body"]
    return "\n".join(
        f":where(:lang({lang})) {{ --font-body: {_family(body, name)}; --font-heading: "
        f"{_family(house.fonts['heading'], name)}; font-family: var(--font-body); }}"
        for lang, name in _SCRIPT_FONTS.items()
    )


def _page_rules(page: Page, house: House) -> str:
    """Return the rules of the printed page that speak: its size, and words in margin boxes."""
    start, end = ("left", "right") if language(page.lang)["dir"] is None else ("right", "left")
    words = re.split(r"(\{pages?\})", page.term("page-of"))
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    folio = " ".join(counters.get(part, _string(part)) for part in words if part)
    word, red = _string(page.term("draft")), house.colours["alert"]
    draft = f"@top-center {{ content: {word}; color: {red}; }}"
    return f"""@page {{
  size: {"letter" if page.front.paper == "letter" else "A4"};
  font-family: {_family(house.fonts["body"])};
  font-size: {house.sizes["small"]:g}pt;
  color: {house.colours["muted"]};
  @top-{start} {{ content: string(brief); }}
  @top-{end} {{ content: {_string(house.name)}; font-weight: bold; }}
  @bottom-{end} {{ content: {folio}; }}
  {draft if page.numbered.draft else ""}
}}
@page :first {{ @top-left {{ content: none; }} @top-right {{ content: none; }} }}"""


def _string(words: str) -> str:
    """Return words as a CSS string (CSS Syntax 4.3.5)."""
    return '"' + re.sub(r'["\\\n\r\f<]', lambda found: f"\\{ord(found[0]):x} ", words) + '"'
