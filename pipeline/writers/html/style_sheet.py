"""The style sheet of a page: the values of the house as custom properties, then its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from ...colours import hex_of_rgb, lightened, mixed, rgb_of_hex
from ...language.files import language_of, script_fonts
from ...styles import Font, FontFace, House, ems

_DARK = "#11161c"
# The contrast of each colour with that ground: 7:1 leaves 4.5:1 and more on the tint.
_LIGHT_ON_DARK = {"text": 13.0, "muted": 7.5, "accent": 7.5, "alert": 7.5}
# For words in another script whose language is unknown.
_FALLBACKS = ("Noto Sans", "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans CJK JP")


def style_sheet(*parts: str) -> str:
    """Return style sheets as one, for a `style` element."""
    # It ends at the first `</style`, wherever that stands (HTML 13.2.5.2).
    return "\n".join(filter(None, parts)).replace("</", "<\\/")


def house_rules(house: House) -> str:
    """Return the values of a house as custom properties, and its fonts for other languages."""
    return f"{_properties(house)}\n{_languages(house)}"


def _properties(house: House) -> str:
    properties = {f"font-{role}": family(font) for role, font in house.fonts.items()}
    properties |= {f"size-{name}": f"{size:g}pt" for name, size in house.sizes.items()}
    properties |= {f"colour-{name}": colour for name, colour in house.colours.items()}
    properties |= {f"dark-{name}": colour for name, colour in dark_colours(house).items()}
    length = ems(house.page[house.paper].measure, house.sizes["body"])
    return root_rule(
        {
            **properties,
            "measure-on-screen": f"{length:g}rem",
            "logo-height": f"{house.logo.height:g}mm",
        }
    )


def root_rule(properties: Mapping[str, str]) -> str:
    """Return the rule that sets custom properties, by their names without dashes."""
    lines = [f"  --{name}: {value};" for name, value in properties.items()]
    return "\n".join((":root {", *lines, "}"))


def dark_colours(house: House) -> dict[str, str]:
    """Return the colours for screens that readers keep dark: the house's own hues, made light."""
    ground = rgb_of_hex(_DARK)
    colours = {name: rgb_of_hex(house.colours[name]) for name in (*_LIGHT_ON_DARK, "tint")}
    found = {name: lightened(colours[name], ground, r) for name, r in _LIGHT_ON_DARK.items()}
    found |= {"ground": ground, "rule": mixed(ground, colours["tint"], 0.3)}
    found["tint"] = mixed(ground, colours["tint"], 0.09)
    return {name: hex_of_rgb(colour) for name, colour in found.items()}


def family(font: Font, script: str = "") -> str:
    """Return a list of families: the font, the one it stands for, and those of other scripts."""
    generic = font.generic or ("monospace" if "Mono" in font.family else "sans-serif")
    names = [font.family, font.stands_for, script, *_FALLBACKS]
    quoted = [css_string(name) for name in dict.fromkeys(filter(None, names))]
    return ", ".join((*quoted, generic))


def font_faces(faces: Iterable[FontFace], address: Callable[[FontFace], str]) -> str:
    """Return the rules by which a page finds the fonts of a house (CSS Fonts 4, 4.1)."""
    return "\n".join(
        f"@font-face {{ font-family: {css_string(face.family)}; font-weight: {face.weight}; "
        f"font-style: {'italic' if face.italic else 'normal'}; src: url({address(face)}); }}"
        for face in faces
    )


def _languages(house: House) -> str:
    """Return rules that give text in another language the font of its script.

    The same characters have different shapes in Japan, China and Korea.
    `:where` lets code and headings keep their own (Selectors 4, 4.4).
    """
    body = house.fonts["body"]
    return "\n".join(
        f":where(:lang({lang})) {{ --font-body: {family(body, name)}; --font-heading: "
        f"{family(house.fonts['heading'], name)}; --font-script: {css_string(name)}, "
        f"{css_string(language_of(lang).word.font)}; font-family: var(--font-body); }}"
        for lang, name in script_fonts()
    )


def css_string(words: str) -> str:
    """Return words as a CSS string (CSS Syntax 4.3.5)."""
    return '"' + re.sub(r'["\\\n\r\f<]', lambda found: f"\\{ord(found[0]):x} ", words) + '"'
