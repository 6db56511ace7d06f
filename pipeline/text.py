"""What text is made of: characters, addresses and DOIs. Readers, writers and checks ask here."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from urllib.parse import quote, urlsplit

# Characters ------------------------------------------------------------------------------------

# What no text means to hold: control characters (ECMA-48) except tab and line feed, characters that
# turn the direction of all that follows (UAX 9, 2.1 to 2.4), byte order marks, surrogates, and
# noncharacters (The Unicode Standard, 23.7).
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# What no XML 1.0 document can hold (2.2, Char), and so neither Word nor a tagged PDF.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EAST_ASIAN = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
# Marks that are as wide as a letter beside those of China and Japan (CLReq 3.1, JLReq 3.1).
WIDE_MARKS = re.compile(f"(?<={_EAST_ASIAN})(?!’[A-Za-z])[“”‘’…—]+|[“”‘’…—]+(?={_EAST_ASIAN})")
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_OLD_BREAKS = re.compile("[\v\f\x85]")  # of lines and pages


def with_capital(text: str) -> str:
    """Return a text that begins with a capital letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def without_controls(text: str) -> str:
    """Return text without control characters; those that break a line or page become spaces."""
    return CONTROLS.sub("", _OLD_BREAKS.sub(" ", text))


def controls_left_out(text: str) -> tuple[str, int] | None:
    """Return what `without_controls` leaves out, in words, and the offset of the first one."""
    found = CONTROLS.findall(_OLD_BREAKS.sub(" ", text))
    if not found:
        return None
    name = f"U+{ord(found[0]):04X}"
    if len(found) == 1:
        words = f"a control character ({name}) is left out"
    else:
        words = f"{len(found)} control characters are left out; the first is {name}"
    return words, text.index(found[0])


def on_one_line(text: str) -> str:
    """Return text with a space for each tab and each character that breaks a line or page."""
    return _BREAKS.sub(" ", text)


def with_drawn_hyphens(text: str) -> str:
    """Return text with hyphens that every font has in place of U+2011, which few have.

    A glyph of another font would make its line taller. The word joiner after a hyphen keeps the
    line from breaking there (UAX 14, LB11).
    """
    return text.replace("\N{NON-BREAKING HYPHEN}", "-\N{WORD JOINER}")


def is_wide(character: str) -> bool:
    """Say whether a character takes two columns, as those of East Asia do (UAX 11)."""
    return unicodedata.east_asian_width(character) in "WF"


def wide_characters(text: str) -> int:
    """Return how many characters of a text take two columns."""
    return 0 if text.isascii() else sum(map(is_wide, text))


# Names have few blanks, such as “Screenshot 2026-01-28 at 10.23.png”; sentences have more.
_NAME_OF_PICTURE = re.compile(
    r"(?:\S+\s){0,3}\S+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)", re.IGNORECASE
)


def names_picture(words: str) -> bool:
    """Say whether words are nothing but the name of a picture's file."""
    return bool(_NAME_OF_PICTURE.fullmatch(words.strip()))


# Addresses -------------------------------------------------------------------------------------

WEB = ("http", "https")
# What runs code, or opens files and pages of the reader's own computer.
UNSAFE = frozenset(
    ("javascript", "vbscript", "data", "file", "blob", "filesystem", "jar", "about", "view-source")
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SKIPPED = re.compile(r"[\s\x00-\x20\u200b]+|%(?:0[0-9a-f]|1[0-9a-f]|20)", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"[\s\x00-\x20]")


def scheme(address: str) -> str:
    """Return the scheme of an address in lower case, "" if there is none (RFC 3986, 3.1).

    Blanks and control characters are skipped, as browsers skip them (WHATWG URL, 4.4).
    """
    found = _SCHEME.match(_SKIPPED.sub("", address))
    return found[1].lower() if found else ""


def link_target(address: str) -> str:
    """Return the address that a link leads to, "" if no output may link there.

    Outputs link to the web (an address may begin with `www.`), to FTP servers and to e-mail
    addresses. What would end an address in running text is percent-encoded (RFC 3986, appendix C).
    """
    address = address.strip()
    if address[:4].lower() == "www.":
        address = f"https://{address}"
    if _NO_ADDRESS.search(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[": not an IPv6 address
        return ""
    has_host = parts.scheme in (*WEB, "ftp") and parts.netloc
    is_link = has_host or (parts.scheme == "mailto" and parts.path)
    return re.sub('[<>"]', lambda found: f"%{ord(found[0]):X}", address) if is_link else ""


def data_url(media_type: str, content: bytes) -> str:
    """Return an address that holds its content (RFC 2397)."""
    return f"data:{media_type};base64,{b64encode(content).decode('ascii')}"


# DOIs ------------------------------------------------------------------------------------------

# As in "10.1257/jep.20.4.157" (ISO 26324), or the short form that doi.org gives on request:
# "10/gf29tr" (shortdoi.org).
DOI = re.compile(r"10(?:\.\d{4,9}(?:\.\d+)*/\S+|/[a-z][a-z0-9]{2,})", re.IGNORECASE)
RESOLVER = "https://doi.org/"
DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")
_BEFORE_DOI = re.compile(
    r"(?:(?:https?:)?//)?(?:www\.)?(?:dx\.)?doi\.org/|doi\s*:?\s*|info:doi/", re.IGNORECASE
)


def bare_doi(text: str) -> str:
    """Return a DOI without what people write before it: `doi:`, `https://doi.org/`."""
    while found := _BEFORE_DOI.match(text):
        text = text[found.end() :]
    return text


def doi_address(doi: str) -> str:
    """Return the address of a DOI, "" of what is not one.

    A DOI may hold `<`, `#` and `%`, which are percent-encoded (DOI Handbook, 2.5.2.4).
    """
    doi = bare_doi(doi)
    return RESOLVER + quote(doi, safe="/:;().,+=@!*'$&~") if DOI.fullmatch(doi) else ""
