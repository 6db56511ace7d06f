"""Numbers with their counters, and names, as editors in East Asia write them.

CSL puts a label beside a number: "巻 12", "2 版". In Chinese and Japanese the counter follows, and
no space parts them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.numbers import english_ordinal
from .localisation import Locale
from .placed import BLANK, NUMBER

_MARK = "[\ufdd0-\ufdef]*"
_EDITION = rf"({_MARK}(?<!\d)\d++)(?:番目)?({_MARK}) 版"
_LABELLED = rf"({_MARK})(卷|期|页|巻|号|ページ|頁)\.?({_MARK}){BLANK}({NUMBER})"
_AND = r"(?<=[\u3040-\u9fff\ufdda]),? (?:和|と) (?=[\ufdd9]*[\u3040-\u9fff])"

# By language, and whether the style is of another: how a number stands with its counter.
_FORMS: Mapping[tuple[str, bool], Mapping[str, str]] = {
    ("zh", True): {"卷": "第{}卷", "期": "第{}期", "页": "第{}页", "版": "第{}版", "和": ", "},
    ("zh", False): {"版": "{}版"},  # GB/T 7714, 8.3
    ("ja", True): {
        "巻": "{}巻", "号": "{}号", "ページ": "{}頁", "頁": "{}頁", "版": "第{}版", "と": ", ",
    },
    # SIST 02, 5.2: labels are those of English.
    ("ja", False): {
        "巻": "vol. {}", "号": "no. {}", "ページ": "p. {}", "頁": "p. {}", "版": "第{}版",
    },
}  # fmt: skip


def edition_with_counter(fields: Mapping[str, str], locale: Locale) -> Mapping[str, str]:
    """Return the edition as Japanese styles print it; SIST 02 has a bare number (5.2)."""
    edition = fields.get("edition", "")
    if (locale.language, locale.foreign) != ("ja", False) or not edition.isdecimal():
        return {}
    is_japanese = re.search("[\u3040-\u9fff]", fields.get("title", ""))
    return {"edition": f"第{edition}版" if is_japanese else f"{english_ordinal(edition)} ed."}


def with_counters(text: str, locale: Locale) -> str:
    """Return an entry with marks, its numbers with the counters of Chinese or Japanese."""
    forms = _FORMS.get((locale.language, locale.foreign))
    if forms is None:
        return text
    text = re.sub(_EDITION, lambda found: forms["版"].format(found[1] + found[2]), text)
    text = re.sub(_LABELLED, lambda found: _labelled(found, forms), text)
    conjunction = forms.get("和") or forms.get("と")
    return re.sub(_AND, conjunction, text) if conjunction else text


def _labelled(found: re.Match[str], forms: Mapping[str, str]) -> str:
    before, label, behind, number = found.groups()
    if label not in forms:
        return found[0]
    return before + behind + forms[label].format(number)
