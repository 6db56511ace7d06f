"""Bring references into a library: from a file, or by DOI, ISBN or web address.

In: a reference, and the content of a .bib file. Out: its new content, in which all else stands as
it did. `lookup` alone uses the network.
"""

from .adding import Added, add_entries, add_entry
from .lookup import LookUpError, Services, doi_in, isbn_in, look_up
from .tidying import left_as_they_are, tidied

__all__ = [
    "Added",
    "LookUpError",
    "Services",
    "add_entries",
    "add_entry",
    "doi_in",
    "isbn_in",
    "left_as_they_are",
    "look_up",
    "tidied",
]
