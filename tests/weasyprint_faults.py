"""WeasyPrint with one correction switched off."""

from inspect import unwrap

from pipeline.writers.pdf.weasyprint_fixes import FIXES, correct_weasyprint


def switch_off(monkeypatch, *modules):
    """Take the corrections of these modules away until the test ends; the others stay."""
    correct_weasyprint()
    for _, owner, name, _ in FIXES:
        monkeypatch.setattr(owner, name, unwrap(getattr(owner, name)))
    for module, owner, name, make in FIXES:
        if module not in modules:
            monkeypatch.setattr(owner, name, make(getattr(owner, name)))
