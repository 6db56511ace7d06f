"""House styles. In: a folder of files. Out: the look of every output, as a frozen value.

`house` defines what a house style can set, `checks` finds invalid values, `loading` reads files.
"""

from .house import BadTemplate, Font, House, Styles, house_marks, styles_used
from .loading import default_folder, load_styles

__all__ = [
    "BadTemplate",
    "Font",
    "House",
    "Styles",
    "default_folder",
    "house_marks",
    "load_styles",
    "styles_used",
]
