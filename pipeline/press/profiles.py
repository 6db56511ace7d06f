"""Find the printing condition of a press edition: the house's own, FOGRA39, or one like SWOP.

FOGRA39 (offset on coated paper) is built once, in the user's cache folder, by Argyll's `colprof`
from the measurements in Debian's icc-profiles-free.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from PIL import ImageCms

from ..diagnostics import reason_of
from ..disk import read_file
from ..styles import House
from ..writers.press.inks import Cmyk, Profile

_MEASURED = Path("/usr/share/color/icc/FOGRA39L.ti3")
# Ink limit 300 %; no black in the lightest tints, nearly full black in the darkest. (With coarser
# tables from colours to inks, `-bn` or `-bl`, colours come out pale.)
_BLACK_CURVE = ("-kp", "0", "0.1", "1", "0.95", "0.6")
_COLPROF = ("colprof", "-ql", "-bm", "-l", "300", *_BLACK_CURVE, "-D", "FOGRA39L")
_SECONDS = 900  # once for each machine; giving up would print with another profile
_GHOSTSCRIPT = (
    "usr/share/color/icc/ghostscript",
    "usr/share/ghostscript/iccprofiles",
    "opt/homebrew/share/ghostscript/iccprofiles",
    "usr/local/share/ghostscript/iccprofiles",
)
_DATE = slice(24, 36)  # of an ICC profile's header (ICC.1:2010, 7.2): when it was made
_MADE = bytes.fromhex("07d0 0001 0001 0000 0000 0000")
_LARGEST = 32 * 1024 * 1024


class NoProfileError(Exception):
    """There is no usable profile; the message says why, and what to install."""


def find_profile(house: House, root: Path) -> Profile:
    """Return the profile to print with. Raises `NoProfileError`."""
    if named := house.press.profile:
        return _named(root / named, house.press.condition)
    if profile := _fogra39() or _ghostscript():
        return profile
    raise NoProfileError(
        "no CMYK profile is installed; install ghostscript, or argyll and icc-profiles-free, or "
        "name the print shop's own as `profile` under [press] in house.toml"
    )


def _named(path: Path, condition: str) -> Profile:
    try:
        content = read_file(path, _LARGEST)
    except OSError as error:
        raise NoProfileError(f"{path}: {reason_of(error)}") from error
    if content[36:40] != b"acsp" or content[12:20] != b"prtrCMYK":
        raise NoProfileError(f"{path}: this is not the ICC profile of a CMYK printer")
    profile = Profile(content, condition or path.stem, path.stem, registered=bool(condition))
    try:
        Cmyk(profile, {}).solid((0.8, 0.1, 0.1))
    except (OSError, ValueError, ImageCms.PyCMSError) as error:
        raise NoProfileError(
            f"{path}: it is damaged, or has no table from colours to inks"
        ) from error
    return profile


def _ghostscript() -> Profile | None:
    for folder in _GHOSTSCRIPT:
        path = Path("/", folder, "default_cmyk.icc")
        if path.is_file():
            return Profile(path.read_bytes(), "Custom", "Artifex CMYK SWOP Profile")
    return None


def _fogra39() -> Profile | None:
    # Named after how it was made, so that a profile made differently is not taken for it.
    made_by = hashlib.sha256(repr(_COLPROF).encode()).hexdigest()[:8]
    kept = cache_folder() / f"FOGRA39L-{made_by}.icc"
    content = _kept(kept) or _built_fogra39()
    if content is None:
        return None
    _keep(kept, content)
    return Profile(content, "FOGRA39", "Offset, coated paper (FOGRA39L)", True)


def cache_folder() -> Path:
    """Return the folder for what takes long to make (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "briefwright"


def _kept(path: Path) -> bytes | None:
    """Return a profile from the cache if it is complete: its header says how long it is."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    whole = int.from_bytes(content[:4], "big") == len(content) and content[36:40] == b"acsp"
    return content if whole else None


def _keep(path: Path, content: bytes) -> None:
    """Put a profile into the cache, if possible."""
    with suppress(OSError):
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            beside.write_bytes(content)
            beside.replace(path)


def _built_fogra39() -> bytes | None:
    if not shutil.which("colprof") or not _MEASURED.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(_MEASURED, Path(folder, "FOGRA39L.ti3"))
        try:
            subprocess.run(
                [*_COLPROF, "FOGRA39L"],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=_SECONDS,
            )
            content = bytearray(Path(folder, "FOGRA39L.icc").read_bytes())
        except (OSError, subprocess.SubprocessError):
            return None
    content[_DATE] = _MADE  # so that every machine makes the same profile
    return bytes(content)
