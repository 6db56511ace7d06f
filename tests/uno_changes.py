"""Accept or reject all tracked changes of Word files in LibreOffice, print what the files say then.

Run by a Python that has `uno`, which is the system's:

    python3 uno_changes.py SOFFICE PROFILE [FILE.docx ACTION]...

ACTION is "accept", "reject" or "none". Prints JSON, for each file the text of each paragraph of the
body, then of the footnotes.
"""

import json
import sys
import time

from uno_office import opened, started, texts  # first: it makes `com` a package

from com.sun.star.util import URL  # isort: skip

COMMANDS = {"accept": "AcceptAllTrackedChanges", "reject": "RejectAllTrackedChanges"}


def main(soffice, profile, *files):
    with started(soffice, profile) as desktop:
        found = [settled(desktop, *files[i : i + 2]) for i in range(0, len(files), 2)]
        print(json.dumps(found))


def settled(desktop, source, action):
    document = opened(desktop, source)
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
