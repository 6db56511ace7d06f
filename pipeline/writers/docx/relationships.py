"""What a part refers to outside itself: addresses, pictures and charts, by relationship id."""

from __future__ import annotations

from msgspec import Struct, field

from ...model import Chart, ImageFile


class Relationships(Struct):
    """Collects the relationships of a part while its text is written."""

    taken: frozenset[str] = frozenset()  # ids of the reference docx
    links: dict[str, str] = field(default_factory=dict)  # id by address
    pictures: dict[tuple[str, str], tuple[str, ImageFile]] = field(default_factory=dict)
    charts: dict[str, Chart] = field(default_factory=dict)  # chart by id

    def link(self, url: str) -> str:
        if url not in self.links:
            self.links[url] = self._free("rIdLink", len(self.links))
        return self.links[url]

    def picture(self, image: ImageFile, kind: str) -> str:
        """Return the id of a picture; `kind` is "bitmap", or "vector" for the SVG itself."""
        key = (image.src, kind)
        if key not in self.pictures:
            self.pictures[key] = self._free("rIdPicture", len(self.pictures)), image
        return self.pictures[key][0]

    def chart(self, chart: Chart) -> str:
        identity = self._free("rIdChart", len(self.charts))
        self.charts[identity] = chart
        return identity

    def _free(self, name: str, number: int) -> str:
        """Return the next id: rIdLink1, or rIdLink1_1 where the reference docx has that."""
        identity = f"{name}{number + 1}"
        while identity in self.taken:
            identity += "_1"
        return identity
