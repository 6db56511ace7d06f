"""ZIP archives from elsewhere are unpacked within limits."""

import io
import zipfile

import pytest

from pipeline.archive import BadArchive, open_archive, unpacked


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def encrypted():
    """Return an archive whose part says that it is encrypted (APPNOTE.TXT, 4.4.4, bit 0)."""
    content = bytearray(zipped({"a.xml": b"<a/>"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    return bytes(content)


def test_an_archive_within_the_limits_gives_its_parts():
    with open_archive(zipped({"a.xml": b"<a/>", "b.xml": b" " * 1_000_000})) as opened:
        assert opened.namelist() == ["a.xml", "b.xml"]
        assert unpacked(opened, "a.xml") == b"<a/>"
        with pytest.raises(KeyError):
            unpacked(opened, "c.xml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7", "not a Word file"),
        (b"", "not a Word file"),
        (zipped({"a.xml": b"a"})[:-10], "not a Word file"),
        (encrypted(), "encrypted"),
        (zipped({"a.xml": b" " * 30_000_000}), "its part a.xml unpacks to far more"),
    ],
)
def test_an_archive_that_could_harm_is_refused_with_the_reason(content, reason):
    with pytest.raises(BadArchive, match=reason):
        open_archive(content)


def test_the_number_of_parts_is_limited():
    with open_archive(zipped({f"{number}.xml": b"" for number in range(5000)})):
        pass

    with pytest.raises(BadArchive, match="more than a Word file ever does"):
        open_archive(zipped({f"{number}.xml": b"" for number in range(5001)}))


def test_the_size_of_all_parts_is_limited():
    noise = bytes(range(256)) * 4000  # packs less well than a bomb
    with pytest.raises(BadArchive, match="more than a Word file ever does"):
        open_archive(zipped({f"{number}.xml": noise for number in range(263)}))


def test_a_damaged_part_is_refused_when_it_is_read():
    content = zipped({"a.xml": b"12345678"}, zipfile.ZIP_STORED)
    opened = open_archive(content.replace(b"12345678", b"12345679"))

    with pytest.raises(BadArchive, match=r"part a\.xml cannot be unpacked"):
        unpacked(opened, "a.xml")
