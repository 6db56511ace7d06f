"""Edit the reference lists of Word files in LibreOffice, update all fields, print what they say.

Run by a Python that has `uno`, which is the system's:

    python3 uno_updates.py SOFFICE PROFILE [FILE.docx SAVED.docx EDIT]...

EDIT is "insert" (a copy of the first entry is put before it), "delete" (the first entry goes) or
"none". Prints JSON, for each file the text of each paragraph of the body, then of the footnotes.
"""

import json
import sys
from pathlib import Path

from uno_office import opened, paragraphs, started, texts  # first: it makes `com` a package

from com.sun.star.beans import PropertyValue  # isort: skip


def main(soffice, profile, *files):
    with started(soffice, profile) as desktop:
        found = [updated(desktop, *files[i : i + 3]) for i in range(0, len(files), 3)]
        print(json.dumps(found))


def updated(desktop, source, target, edit):
    document = opened(desktop, source)
    change(document, edit)
    # Marks stand before the list that they read from: like F9 in Word, once is not enough.
    for _ in range(2):
        document.getTextFields().refresh()
    said = texts(document)
    document.storeToURL(Path(target).as_uri(), saving())
    document.close(True)
    return said


def saving():
    return (PropertyValue("FilterName", 0, "MS Word 2007 XML", 0),)


def change(document, edit):
    """Edit the list as a reader would: by copy and paste, or by taking out a paragraph."""
    if edit == "none":
        return
    entries = [p for p in paragraphs(document.Text) if p.ParaStyleName == "Bibliography"]
    controller, first, second = document.CurrentController, entries[0], entries[1]
    cursor = document.Text.createTextCursorByRange(first.Start)
    cursor.gotoRange(second.Start, True)
    if edit == "delete":
        cursor.String = ""
        return
    controller.select(cursor)
    copied = controller.getTransferable()
    controller.ViewCursor.gotoRange(first.Start, False)
    controller.insertTransferable(copied)


if __name__ == "__main__":
    main(*sys.argv[1:])
