"""Edit the reference lists of Word files in LibreOffice, update all fields, print what they say.

Run by a Python that has `uno`, which is the system's:

    python3 uno_updates.py SOFFICE PROFILE [FILE.docx SAVED.docx EDIT]...

EDIT is "insert" (a copy of the first entry is put before it), "delete" (the first entry goes) or
"none". Prints JSON, for each file the text of each paragraph of the body, then of the footnotes.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def main(soffice, profile, *files):
    pipe = f"briefwright{os.getpid()}"
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        desktop = connected(pipe)
        found = [updated(desktop, *files[i : i + 3]) for i in range(0, len(files), 3)]
        print(json.dumps(found))
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


def updated(desktop, source, target, edit):
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden())
    change(document, edit)
    # Marks stand before the list that they read from: like F9 in Word, once is not enough.
    for _ in range(2):
        document.getTextFields().refresh()
    said = texts(document)
    document.storeToURL(Path(target).as_uri(), saving())
    document.close(True)
    return said


def connected(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
            continue
        return context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
    raise SystemExit("LibreOffice does not answer")


def hidden():
    return (PropertyValue("Hidden", 0, True, 0),)


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


def texts(document):
    notes = document.Footnotes
    found = [paragraph.String for paragraph in paragraphs(document.Text)]
    for position in range(notes.Count):
        found += [paragraph.String for paragraph in paragraphs(notes.getByIndex(position))]
    return found


def paragraphs(text):
    """Yield the paragraphs of a text, those in tables too."""
    contents = text.createEnumeration()
    while contents.hasMoreElements():
        content = contents.nextElement()
        if content.supportsService("com.sun.star.text.Paragraph"):
            yield content
        elif content.supportsService("com.sun.star.text.TextTable"):
            for name in content.CellNames:
                yield from paragraphs(content.getCellByName(name))


if __name__ == "__main__":
    main(*sys.argv[1:])
