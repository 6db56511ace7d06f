"""Which tests are skipped for want of a program or a font: what set-up looks for, by its names."""

import pytest

from tools import needs as system


def needs(*names):
    """Return the mark of a test that needs what `make doctor` lists under these names."""
    wanted = {need.name: need for need in system.test_needs()}
    missing = [name for name in names if not wanted[name].found()]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
