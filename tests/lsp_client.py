"""An editor without a screen: a client of `brief lsp` that speaks the protocol over pipes."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).parents[1]


class Refusal(Exception):
    """The server answered a request with an error."""


class Editor:
    """Starts a server in a folder; each request waits for its answer."""

    def __init__(self, folder, encodings=("utf-16",)):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )
        self.messages = Queue()
        self.published = {}  # the diagnostics of each address
        self.said = []  # other notifications, and requests
        self.count = 0
        self.versions = {}
        threading.Thread(target=self._listen, daemon=True).start()
        can = {
            "general": {"positionEncodings": list(encodings)},
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
        }
        self.hello = self.ask("initialize", processId=None, capabilities=can)
        self.tell("initialized")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.ask("shutdown")
            self.tell("exit")
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def _listen(self):
        stream = self.process.stdout
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(length)))

    def _send(self, message):
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.process.stdin.flush()

    def tell(self, method, **params):
        self._send({"method": method, "params": params})

    def ask(self, method, **params):
        self.count += 1
        number = self.count
        params = {"method": method, "params": params} if params else {"method": method}
        self._send({"id": number, **params})
        while (message := self._next()).get("id") != number or "method" in message:
            pass
        if "error" in message:
            raise Refusal(message["error"]["message"])
        return message["result"]

    def _next(self):
        message = self.messages.get(timeout=60)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message:
            self.said.append(message)
            if "id" in message:
                self._send({"id": message["id"], "result": None})
        return message

    def open(self, path):
        text = path.read_text("utf-8") if path.exists() else ""
        self.write(path, text)

    def write(self, path, text):
        """Open a file, or change its text without saving it; wait for what is found in it."""
        uri = path.as_uri()
        version = self.versions[uri] = self.versions.get(uri, 0) + 1
        document = {"uri": uri, "version": version}
        if version == 1:
            document |= {"languageId": "markdown", "text": text}
            self.tell("textDocument/didOpen", textDocument=document)
        else:
            self.tell(
                "textDocument/didChange", textDocument=document, contentChanges=[{"text": text}]
            )
        return self.findings(path)

    def findings(self, path):
        """Wait until the findings of a file are published; return them."""
        while self._next().get("params", {}).get("uri") != path.as_uri():
            pass
        return self.published[path.as_uri()]

    def at(self, method, path, line, character, **more):
        """Ask about a place in a file; lines and code units count from 0."""
        place = {"line": line, "character": character}
        document = {"uri": path.as_uri()}
        return self.ask(f"textDocument/{method}", textDocument=document, position=place, **more)
