"""Microsoft's own validator on the briefs of this repository, in every citation mode."""

import json
import subprocess

import pytest
from word_tools import MODES, NAMES, VALIDATOR, golden, needs_validator


@needs_validator
@pytest.mark.parametrize("version", ["Office2016", "Office2019", "Microsoft365"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NAMES)
def test_the_open_xml_validator_finds_nothing(name, mode, version, tmp_path):
    path = tmp_path / "brief.docx"
    path.write_bytes(golden(name, mode)[1])
    run = subprocess.run(
        [VALIDATOR, path, "--officeVersion", version], capture_output=True, text=True, timeout=120
    )

    assert json.loads(run.stdout)["errors"] == []
