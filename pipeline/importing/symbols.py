"""Characters of symbol fonts, which stand for others (Adobe Symbol, Wingdings)."""

from __future__ import annotations

# From 0x21 on, as in the Symbol font's own encoding; a blank where Unicode has no such character.
_SYMBOL = (
    "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x76: "❖", 0x9F: "•", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x46: "☞",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """Return the character that `w:sym` prints (17.3.3.30), "" if it is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
    match font.casefold():
        case "symbol":
            table, first = (_SYMBOL, 0x21) if number < 0xA0 else (_SYMBOL_HIGH, 0xA0)
            return table[number - first] if 0 <= number - first < len(table) else ""
        case "wingdings":
            return _WINGDINGS.get(number, "")
        case _:
            return chr(number) if 0x20 < number < 0xD800 and int(code, 16) < 0xF000 else ""
