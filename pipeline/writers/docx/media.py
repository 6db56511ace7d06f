"""Pictures, charts and links: what the text of a part names by the id of a relationship."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from ...model import Chart, ImageFile
from .context import Context
from .package import add_part, xml_bytes
from .relationships import Relationships
from .vector import bitmap_of

_ENDINGS = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}


def add_related(part: Part, relationships: Relationships, context: Context) -> None:
    """Give a part its links, pictures and charts."""
    for url, identity in relationships.links.items():
        part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, url, identity, is_external=True)
    for (_, kind), (identity, image) in relationships.pictures.items():
        _add_picture(part, identity, image, kind == "bitmap", context)
    for identity, chart in relationships.charts.items():
        _add_chart(part, identity, chart, context)


def _add_picture(
    part: Part, identity: str, image: ImageFile, bitmap: bool, context: Context
) -> None:
    """Add a picture. The ending of its `src` is not to be trusted."""
    drawn = bitmap and image.media_type == "image/svg+xml"
    media_type = "image/png" if drawn else image.media_type
    content = bitmap_of(image, context.house) if drawn else image.content
    name = f"/word/media/image%d.{_ENDINGS[media_type]}"
    add_part(part, RELATIONSHIP_TYPE.IMAGE, name, media_type, content, identity)


def _add_chart(part: Part, identity: str, chart: Chart, context: Context) -> None:
    from .charts import WORKBOOK, chart_space  # for briefs that have one
    from .workbook import workbook_of

    content = xml_bytes(chart_space(chart, context.house, context.lang))
    kind, content_type = RELATIONSHIP_TYPE.CHART, CONTENT_TYPE.DML_CHART
    own = add_part(part, kind, "/word/charts/chart%d.xml", content_type, content, identity)
    kind, content_type = RELATIONSHIP_TYPE.PACKAGE, CONTENT_TYPE.SML_SHEET
    name = "/word/embeddings/chart%d.xlsx"
    add_part(own, kind, name, content_type, workbook_of(chart), WORKBOOK)
