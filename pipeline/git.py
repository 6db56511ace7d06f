"""What git says of files. Without git, a repository or success it says nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SECONDS = 60


def git(folder: Path, *arguments: str) -> bytes:
    """Return what git prints in a folder; b"" if there is no git, no repository or an error."""
    try:
        run = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return run.stdout if run.returncode == 0 else b""
