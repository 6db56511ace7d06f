"""House styles: a folder of files comes in, the look of every output goes out as a frozen value.

`house` is what a house style says, `checks` what it must not say, `loading` reads the files.
"""

from .house import BadTemplate, Font, House, Styles, house_marks
from .loading import default_folder, load_styles

__all__ = [
    "BadTemplate",
    "Font",
    "House",
    "Styles",
    "default_folder",
    "house_marks",
    "load_styles",
]
