"""Children in the order of the schema (ECMA-376, part 1, annex A.1), for elements we add to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ...ooxml import qualified
from ...xml import Element

_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings sectPrChange",
    "footnotePr": "pos numFmt numStart numRestart footnote",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr "
    "tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold "
    "embedItalic embedBoldItalic",
    # Of the settings only what follows those of fonts and footnotes is of interest here.
    "settings": "embedTrueTypeFonts defaultTabStop characterSpacingControl footnotePr endnotePr "
    "compat docVars rsids attachedSchema "
    "themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
    "forceUpgrade captions readModeInkLockDown smartTagType shapeDefaults doNotEmbedSmartTags "
    "decimalSymbol listSeparator",
}
_PLACES = {
    parent: {f"w:{name}": place for place, name in enumerate(names.split())}
    for parent, names in _ORDER.items()
}


def in_order(parent: str, children: Iterable[Element]) -> list[Element]:
    """Return children of an element ("pPr") in the order of the schema."""
    places = _PLACES[parent]
    return sorted(children, key=lambda child: places[child.tag])


def insert(parent: Any, child: Any) -> None:
    """Insert a parsed element into another at the position that the schema requires."""
    later = _later(*(element.tag.rpartition("}")[2] for element in (parent, child)))
    following = next((other for other in parent if other.tag in later), None)
    if following is None:
        parent.append(child)
    else:
        following.addprevious(child)


@cache
def _later(parent: str, child: str) -> frozenset[str]:
    """Return the names of what follows a child of an element."""
    names = _ORDER[parent].split()
    return frozenset(qualified(f"w:{name}") for name in names[names.index(child) + 1 :])


def child_of(parent: Any, name: str) -> Any:
    """Return the child of a parsed element with a name ("w:pPr"), made where there is none."""
    found = parent.find(qualified(name))
    if found is None:
        found = parent.makeelement(qualified(name))
        insert(parent, found)
    return found
