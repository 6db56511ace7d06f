"""Hash everything that the bytes of an output depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from .. import program
from ..csl import DEFAULT
from ..numbering import NumberedBrief
from ..styles import Styles, styles_used
from .fonts import FontFile, faces, installed

DRAWN = ("docx", "pdf")  # formats in which this machine draws SVGs


class Target(Struct, frozen=True, dict=True):
    """One file to write: a value that holds everything its bytes depend on, and nothing else."""

    numbered: NumberedBrief
    styles: Styles
    format: str

    @property
    def filename(self) -> str:
        edition = self.styles.house.edition
        return ".".join(filter(None, (self.numbered.brief.name, edition, self.format)))

    @cached_property
    def fingerprint(self) -> str:
        return _hash(repr(self.parts))

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """Hashes of all that the bytes depend on, by what it is, for an author to read."""
        brief, bibliography = self.numbered.brief, self.numbered.bibliography
        text = replace(
            self.numbered,
            brief=replace(brief, images=(), data=()),
            bibliography=(),
            citation_style=DEFAULT,
        )
        # Outputs carry the sources, or their hashes; `repr` leaves them out.
        sources = [entry.source for entry in bibliography]
        facts = [(image.media_type, image.width, image.height) for image in brief.images]
        return {
            "the program": _hash(program.digest()),
            "the house style": _hash(
                repr(replace(self.styles, pictures={}, faces=())),
                *(picture.content for picture in self.styles.pictures.values()),
                *(face.content for face in self.styles.faces),
            ),
            "the citation style": _hash(repr(self.numbered.citation_style)),
            "the text or the options": _hash(brief.source, repr(text), repr(self.format)),
            "the references cited": _hash(*sources, repr(bibliography)),
            **{
                f"`{image.src}`": _hash(image.content, repr(fact))
                for image, fact in zip(brief.images, facts, strict=True)
            },
            "the tables": _hash(*(file.content for file in brief.data)),
            "the fonts installed": _hash(repr((self.faces, self.needs_any_font and installed()))),
        }

    @property
    def faces(self) -> list[FontFile]:
        """The fonts of the house style, as this machine has them, if the file contains them."""
        if self.format != "pdf":
            return []
        fonts = self.styles.house.fonts.values()
        families = dict.fromkeys(font.family for font in fonts if not font.files)
        return [face for family in families for face in faces(family)]

    @property
    def needs_any_font(self) -> bool:
        """Whether fonts may be needed that the house style does not name: by a drawing, which names
        its own, or in a PDF by letters and signs that the fonts of a house seldom have."""
        drawn = (i.content for i in self.numbered.brief.images if i.media_type == "image/svg+xml")
        if self.format in DRAWN and any(b"text" in svg.replace(b"\0", b"") for svg in drawn):
            return True
        text = self.numbered.brief.source + repr(self.numbered.bibliography)
        return self.format == "pdf" and any(map(_is_rare, set(text)))


def target_of(numbered: NumberedBrief, styles: Styles, format: str) -> Target:
    """Return the target of a brief in a format, without what files of this format do not hold."""
    shown = numbered if format == "docx" else replace(numbered, comments=())
    return Target(shown, styles_used(styles, format), format)


def _is_rare(character: str) -> bool:
    """Say whether a character is neither Latin, Greek, Cyrillic nor among their signs."""
    return "\u052f" < character < "\u1e00" or character > "\u214f"


def _hash(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d " % len(content) + content)
    return digest.hexdigest()[:32]
