"""House styles. In: a folder of files. Out: the look of every output, as a frozen value.

`house` defines what a house style can set, `geometry` its pages, `checks` finds invalid values,
`loading` reads files.
"""

from .editions import in_edition
from .folders import PRESET_NAMES, default_folder, preset_folder, specimen
from .font_files import FontFace, characters_of, cut
from .geometry import COLUMN_GAP, PAPER_SIZES, Geometry, ems, suited
from .house import (
    EXTRA,
    BadTemplate,
    Font,
    House,
    Press,
    Running,
    Styles,
    house_labels,
    house_marks,
    styles_used,
)
from .loading import default_text, load_styles
from .places import key_span

__all__ = [
    "COLUMN_GAP",
    "EXTRA",
    "PAPER_SIZES",
    "PRESET_NAMES",
    "BadTemplate",
    "Font",
    "FontFace",
    "Geometry",
    "House",
    "Press",
    "Running",
    "Styles",
    "characters_of",
    "cut",
    "default_folder",
    "default_text",
    "ems",
    "house_labels",
    "house_marks",
    "in_edition",
    "key_span",
    "load_styles",
    "preset_folder",
    "specimen",
    "styles_used",
    "suited",
]
