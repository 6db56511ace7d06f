"""A LibreOffice of one's own, and the text of the documents that it opens.

For scripts that are run by a Python that has `uno`, which is the system's.
"""

import os
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


@contextmanager
def started(soffice, profile):
    """Start LibreOffice, yield its desktop, and end it."""
    pipe = f"briefwright{os.getpid()}"
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        desktop = _connected(pipe)
        yield desktop
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


def _connected(pipe):
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


def opened(desktop, path):
    hidden = PropertyValue("Hidden", 0, True, 0)
    return desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (hidden,))


def texts(document):
    """Return the text of each paragraph of the body, then of the footnotes."""
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
