"""Accept or reject all tracked changes of Word files in LibreOffice, print what the files say then.

Run by a Python that has `uno`, which is the system's:

    python3 uno_changes.py SOFFICE PROFILE [FILE.docx ACTION]...

ACTION is "accept", "reject" or "none". Prints JSON, for each file the text of each paragraph of the
body, then of the footnotes.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno  # noqa: F401 (it makes `com` a package)
from com.sun.star.util import URL
from uno_updates import connected, hidden, texts

COMMANDS = {"accept": "AcceptAllTrackedChanges", "reject": "RejectAllTrackedChanges"}


def main(soffice, profile, *files):
    pipe = f"briefwright{os.getpid()}"
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        desktop = connected(pipe)
        found = [settled(desktop, *files[i : i + 2]) for i in range(0, len(files), 2)]
        print(json.dumps(found))
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


def settled(desktop, source, action):
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden())
    if action in COMMANDS:
        url = URL()
        url.Complete, url.Protocol, url.Path = f".uno:{COMMANDS[action]}", ".uno:", COMMANDS[action]
        for _ in range(20):
            # A busy machine may not be ready for commands yet: then nothing happens.
            document.CurrentController.Frame.queryDispatch(url, "_self", 0).dispatch(url, ())
            if not document.Redlines.createEnumeration().hasMoreElements():
                break
            time.sleep(0.3)
    said = texts(document)
    document.close(True)
    return said


if __name__ == "__main__":
    main(*sys.argv[1:])
