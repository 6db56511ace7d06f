"""Unpack ZIP archives from elsewhere within limits: a small file can expand to gigabytes."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

_MOST_PARTS = 5000
_LARGEST_WHOLE = 256 * 1024 * 1024  # bytes of all parts, unpacked
_LARGEST_PART = 64 * 1024 * 1024  # bytes
_HIGHEST_RATIO = 400  # of unpacked to packed size; honest XML stays below 50
_RATIO_FROM = 16 * 1024 * 1024  # bytes; a repeated title of a megabyte packs well
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


class BadArchive(Exception):
    """Why an archive is not unpacked, as a clause."""


def open_archive(content: bytes) -> ZipFile:
    """Return an archive whose directory keeps to the limits. Raises `BadArchive`."""
    try:
        archive = ZipFile(BytesIO(content), metadata_encoding="latin-1")
        parts = archive.infolist()
    except _BROKEN as error:
        raise BadArchive("it is not a Word file, or it is damaged") from error
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_WHOLE:
        raise BadArchive("it unpacks to more than a Word file ever does")
    for part in parts:
        _check(part)
    return archive


def _check(part: ZipInfo) -> None:
    ratio = part.file_size / max(part.compress_size, 1)
    too_dense = part.file_size > _RATIO_FROM and ratio > _HIGHEST_RATIO
    if part.file_size > _LARGEST_PART or too_dense:
        raise BadArchive(f"its part {part.filename} unpacks to far more than it should")
    if part.flag_bits & 1:
        raise BadArchive("it is encrypted")


def unpacked(archive: ZipFile, name: str) -> bytes:
    """Return one part. Raises `BadArchive` if it is damaged, `KeyError` if there is none."""
    try:
        return archive.read(name)
    except _BROKEN as error:
        raise BadArchive(f"its part {name} cannot be unpacked") from error
