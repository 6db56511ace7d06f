"""The parts of a Word file: the body, and round it everything that it needs."""

from __future__ import annotations

from ...model import Chart
from ...ooxml import SOURCE_MAP
from . import lists, pages, properties, settings, source_map, sources
from .opc import (
    CORE_PROPERTIES,
    CUSTOM_PROPERTIES,
    EXTENDED_PROPERTIES,
    OFFICE,
    XML,
    Part,
    packed,
    xml_part,
)
from .stylesheet import styles_part
from .vector import bitmap_of
from .writing import Relations, Writing

_FORMATS = "application/vnd.openxmlformats-"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}


class _Parts:
    """Makes the parts of one file, and ties them to each other."""

    def __init__(self, writing: Writing, document_xml: str) -> None:
        self.writing = writing
        self.file = Part()
        self.document = self.word("document", "document.main", document_xml)
        self.file.relate(f"{OFFICE}officeDocument", self.document)
        self._pictures: dict[tuple[str, str], Part] = {}
        self._charts = 0

    @staticmethod
    def word(name: str, kind: str, content: str) -> Part:
        content_type = f"{_FORMATS}officedocument.wordprocessingml.{kind}+xml"
        return xml_part(f"word/{name}.xml", content_type, content)

    def add(self, kind: str, content: str) -> Part:
        """Add a part that the document has once: kind of content, of relationship, and name."""
        part = self.word(kind, kind, content)
        self.document.relate(f"{OFFICE}{kind}", part)
        return part

    def relate(self, part: Part, relations: Relations) -> None:
        """Give a part its links and pictures."""
        for url, identity in relations.links.items():
            part.relate(f"{OFFICE}hyperlink", url, identity)
        for (src, kind), identity in relations.pictures.items():
            part.relate(f"{OFFICE}image", self._picture(src, kind), identity)
        for identity, chart in relations.charts.items():
            part.relate(f"{OFFICE}chart", self._chart(chart), identity)

    def _chart(self, chart: Chart) -> Part:
        from .charts import WORKBOOK, chart_part
        from .workbook import workbook_of

        self._charts += 1
        writing, number = self.writing, self._charts
        content = chart_part(chart, writing.styles.house, writing.lang)
        content_type = f"{_FORMATS}officedocument.drawingml.chart+xml"
        part = xml_part(f"word/charts/chart{number}.xml", content_type, content)
        content_type = f"{_FORMATS}officedocument.spreadsheetml.sheet"
        book = Part(f"word/embeddings/chart{number}.xlsx", content_type, workbook_of(chart))
        part.relate(f"{OFFICE}package", book, WORKBOOK)
        return part

    def _picture(self, src: str, kind: str) -> Part:
        """Return the part of a picture, made once. The ending of `src` is not to be trusted."""
        if (src, kind) not in self._pictures:
            image = self.writing.image(src)
            assert image is not None, src
            rasterised = image.media_type == "image/svg+xml" and kind == "image"
            media_type = "image/png" if rasterised else image.media_type
            house = self.writing.styles.house
            content = bitmap_of(image, house) if rasterised else image.content
            name = f"word/media/image{len(self._pictures) + 1}.{_ENDINGS[media_type]}"
            self._pictures[src, kind] = Part(name, media_type, content)
        return self._pictures[src, kind]

    def add_custom_xml(self, number: int, item: str, schema: str, content: str) -> None:
        part = xml_part(f"customXml/item{number}.xml", XML, content)
        content_type = f"{_FORMATS}officedocument.customXmlProperties+xml"
        described = source_map.item_properties(item, schema)
        described_part = xml_part(f"customXml/itemProps{number}.xml", content_type, described)
        part.relate(f"{OFFICE}customXmlProps", described_part)
        self.document.relate(f"{OFFICE}customXml", part)


def word_file(writing: Writing, document_xml: str) -> bytes:
    """Return the file: the body, and round it every part that it needs."""
    parts = _Parts(writing, document_xml)
    parts.add("styles", styles_part(writing))
    parts.add("numbering", lists.numbering_part(writing))
    parts.add("settings", settings.settings_part(writing))
    parts.add("fontTable", settings.fonts_part(writing))
    footnotes = parts.add("footnotes", settings.footnotes_part(writing))
    for identity, name, kind, content in (
        (pages.HEADER, "header1", "header", pages.header_part(writing)),
        (pages.FIRST_HEADER, "header2", "header", pages.first_header_part(writing)),
        (pages.FOOTER, "footer1", "footer", pages.footer_part(writing)),
    ):
        parts.document.relate(f"{OFFICE}{kind}", parts.word(name, kind, content), identity)
    parts.relate(parts.document, writing.relations)
    parts.relate(footnotes, writing.note_relations)
    parts.add_custom_xml(1, source_map.ITEM, SOURCE_MAP, source_map.source_map_part(writing))
    if writing.numbered.bibliography:
        parts.add_custom_xml(2, sources.ITEM, sources.NAMESPACE, sources.sources_part(writing))
    for name, kind, relation, described in (
        ("core", "package.core", CORE_PROPERTIES, properties.core_properties),
        ("app", "officedocument.extended", EXTENDED_PROPERTIES, properties.app_properties),
        ("custom", "officedocument.custom", CUSTOM_PROPERTIES, properties.custom_properties),
    ):
        content_type = f"{_FORMATS}{kind}-properties+xml"
        parts.file.relate(
            relation, xml_part(f"docProps/{name}.xml", content_type, described(writing))
        )
    return packed(parts.file)
