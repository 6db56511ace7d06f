"""Find the rules of style sheets that would hide or change the numbers of a web page.

In: style sheets and a page. Out: the rules, each with a reason. Only what can be decided without a
browser is checked: properties that hide, move or replace text, and pairs of known colours.
docs/verify.md lists the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from .colours import LEAST, low_contrasts
from .elements import is_numbered, judged_elements, matched
from .properties import problem
from .rules import Hidden, Rule, read_rules
from .sample import sample_page

__all__ = ["LEAST", "Hidden", "Rule", "hidden_by", "is_numbered", "sample_page"]


def hidden_by(sheets: Mapping[str, str], root: Element) -> list[Hidden]:
    """Return the rules of style sheets, by path, that keep marks or entries of a page from sight.

    `root` is the page. Conditions (`@media`, `:hover`) are taken to hold, one at a time.
    """
    rules = [rule for path, text in sheets.items() for rule in read_rules(text, path)]
    found = [Hidden(r, "imported rules are not checked") for r in rules if r.name == "@import"]
    applied = matched(rules, root)
    for element, role in judged_elements(root):
        for rule, pseudo in applied.get(element, ()):
            if reason := problem(rule, pseudo, role, element):
                found.append(Hidden(rule, reason))
    found += low_contrasts(root, applied, rules)
    return list({(one.rule.path, one.rule.line, one.rule.name): one for one in found}.values())
