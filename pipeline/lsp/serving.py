"""The Language Server Protocol, spoken with pygls. What is answered is decided elsewhere."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from ..diagnostics import Diagnostic
from ..model import Anchor
from .completing import LONGEST, completions
from .findings import findings
from .fixing import fix_of
from .mentions import Mention, definition, mention_at
from .positions import Position
from .protocol import Protocol, path_of
from .reading import LIBRARIES, Reading, Workspace, real
from .renaming import Refused, renamed
from .saying import anchor_shown, entry_shown

_PATIENCE = 0.15  # seconds without a change before the brief is read
_REQUEST_FAILED = -32803  # LSPErrorCodes.RequestFailed
_WATCHED = (".md", ".toml", ".csv", *LIBRARIES)
_KINDS = {
    "key": lsp.CompletionItemKind.Reference,
    "anchor": lsp.CompletionItemKind.Reference,
    "locator": lsp.CompletionItemKind.Keyword,
}


class Server:
    """One editor. Everything runs in one event loop, so that what is read is read once."""

    def __init__(self, version: str) -> None:
        self.pygls = LanguageServer(
            "briefwright", version, text_document_sync_kind=lsp.TextDocumentSyncKind.Full
        )
        self.open = Workspace()
        self.protocol = Protocol(self.open)
        self._published: set[Path] = set()
        self._checking: asyncio.Task[None] | None = None
        self._register()

    def _register(self) -> None:
        signs = lsp.CompletionOptions(trigger_characters=["@", "-", "[", "{", " "])
        rename = lsp.RenameOptions(prepare_provider=True)
        fixes = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
        self._answer(lsp.INITIALIZED, self._begin)
        self._answer(lsp.TEXT_DOCUMENT_DID_OPEN, self._opened)
        self._answer(lsp.TEXT_DOCUMENT_DID_CHANGE, self._changed)
        self._answer(lsp.TEXT_DOCUMENT_DID_CLOSE, self._closed)
        self._answer(lsp.TEXT_DOCUMENT_DID_SAVE, self._check_soon)
        self._answer(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._check_soon)
        self._answer(lsp.TEXT_DOCUMENT_COMPLETION, self._complete, signs)
        self._answer(lsp.TEXT_DOCUMENT_HOVER, self._hover)
        self._answer(lsp.TEXT_DOCUMENT_DEFINITION, self._define)
        self._answer(lsp.TEXT_DOCUMENT_PREPARE_RENAME, self._prepare_rename)
        self._answer(lsp.TEXT_DOCUMENT_RENAME, self._rename, rename)
        self._answer(lsp.TEXT_DOCUMENT_CODE_ACTION, self._fix, fixes)

    def _answer(self, name: str, method: Callable[[Any], object], options: object = None) -> None:
        # pygls notes names on what it is given, which a method does not allow.
        self.pygls.feature(name, options)(lambda params: method(params))

    # What the editor tells -----------------------------------------------------------------------

    def _begin(self, params: lsp.InitializedParams) -> None:
        """Note the units of columns; ask to be told of files that others write, as Zotero does."""
        self.protocol.encoding = self.pygls.workspace.position_encoding or "utf-16"
        workspace = self.pygls.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watched = lsp.DidChangeWatchedFilesRegistrationOptions(
                [lsp.FileSystemWatcher(f"**/*{ending}") for ending in _WATCHED]
            )
            name = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            self.pygls.client_register_capability(
                lsp.RegistrationParams([lsp.Registration("files", name, watched)])
            )

    def _opened(self, params: lsp.DidOpenTextDocumentParams) -> None:
        self._take(params.text_document.uri, params.text_document.text)

    def _changed(self, params: lsp.DidChangeTextDocumentParams) -> None:
        for change in params.content_changes:  # of the whole text: it is what was agreed
            self._take(params.text_document.uri, change.text)

    def _closed(self, params: lsp.DidCloseTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            self.open.close(path)
            self._check_soon()

    def _take(self, uri: str, text: str) -> None:
        path = path_of(uri)
        if path is not None:
            self.open.texts[path] = text
            self.protocol.uris[path] = uri
            self._check_soon()

    def _check_soon(self, params: object = None) -> None:
        if self._checking is not None:
            self._checking.cancel()
        self._checking = asyncio.get_running_loop().create_task(self._check())

    async def _check(self) -> None:
        await asyncio.sleep(_PATIENCE)
        try:
            found = findings(self.open)
        except Exception as error:  # the next change may not have it
            message = f"{type(error).__name__}: {error}; this is a bug in Briefwright"
            self.pygls.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, message))
            return
        self._publish(found)
        for path in filter(self.open.is_brief, list(self.open.texts)):
            if reading := self.open.latest(path):
                for key in reading.library:  # decoded now, so that nobody waits for it later
                    reading.library[key]
                    await asyncio.sleep(0)

    def _publish(self, found: Mapping[Path, Sequence[Diagnostic]]) -> None:
        for path in sorted(self._published | found.keys()):
            shown = [self.protocol.diagnostic(one) for one in found.get(path, ())]
            params = lsp.PublishDiagnosticsParams(self.protocol.uri(path), shown)
            self.pygls.text_document_publish_diagnostics(params)
        self._published = {path for path, of_file in found.items() if of_file}

    # What the editor asks ------------------------------------------------------------------------

    def _complete(self, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        path = path_of(params.text_document.uri)
        # What can be chosen does not hang on the last letters: there is no waiting for them.
        reading = self.open.latest(path) if path and path.suffix == ".md" else None
        if path is None or reading is None:
            return []
        text = self.protocol.text(str(path))
        line, column = text.place(Position(params.position.line, params.position.character))
        found = completions(text.before(line, column, LONGEST), reading)
        ranges = {
            typed: lsp.Range(lsp.Position(*text.position(line, column - typed)), params.position)
            for typed in {one.typed for one in found}
        }
        return [
            lsp.CompletionItem(
                one.label,
                kind=_KINDS[one.kind],
                detail=one.detail,
                sort_text=f"{at:06}",
                text_edit=lsp.TextEdit(ranges[one.typed], one.label + one.follow),
            )
            for at, one in enumerate(found)
        ]

    def _hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        reading, mention = self._mention(params.text_document, params.position)
        if reading is None or mention is None:
            return None
        match mention.name:
            case Anchor() as anchor:
                shown = anchor_shown(reading, anchor)
            case key:
                shown = entry_shown(reading, key)
        if not shown:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, shown)
        return lsp.Hover(content, self.protocol.range(mention.span))

    def _define(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        reading, mention = self._mention(params.text_document, params.position)
        if reading is None or mention is None:
            return None
        place = definition(reading, self.protocol.text, mention.name)
        return (
            lsp.Location(self.protocol.uri(real(place.path)), self.protocol.range(place))
            if place
            else None
        )

    def _prepare_rename(self, params: lsp.PrepareRenameParams) -> lsp.Range | None:
        _, mention = self._mention(params.text_document, params.position)
        return self.protocol.range(mention.span) if mention else None

    def _rename(self, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        reading, mention = self._mention(params.text_document, params.position)
        if reading is None or mention is None:
            return None
        try:
            edits = renamed(self.open, reading, self.protocol.text, mention.name, params.new_name)
        except Refused as error:
            raise JsonRpcException(str(error), _REQUEST_FAILED) from error
        return self.protocol.edit(edits)

    def _fix(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        path = path_of(params.text_document.uri)
        if path is None:
            return []
        first, last = params.range.start.line + 1, params.range.end.line + 1
        actions = []
        for found in findings(self.open).get(path, ()):
            edit = fix_of(found, self.protocol.text(str(path)))
            if edit and first <= edit.span.line <= last:
                actions.append(
                    lsp.CodeAction(
                        f"Write `{edit.text}`",
                        kind=lsp.CodeActionKind.QuickFix,
                        diagnostics=[self.protocol.diagnostic(found)],
                        is_preferred=True,
                        edit=self.protocol.edit([edit]),
                    )
                )
        return actions

    # Between the two -----------------------------------------------------------------------------

    def _mention(
        self, document: lsp.TextDocumentIdentifier, position: lsp.Position
    ) -> tuple[Reading | None, Mention | None]:
        path = path_of(document.uri)
        is_read = path is not None and path.suffix in (".md", *LIBRARIES)
        reading = self.open.reading(path) if path and is_read else None
        if path is None or reading is None:
            return None, None
        place = self.protocol.text(str(path)).place(Position(position.line, position.character))
        return reading, mention_at(reading, self.protocol.text, path, *place)


def serve(version: str) -> None:
    """Answer an editor on standard input and output until it ends."""
    # A refused rename is an answer, no fault.
    logging.getLogger("pygls.protocol.json_rpc").addFilter(
        lambda record: not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))
    )
    # What prints by mistake must not get between the messages.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        Server(version).pygls.start_io(stdout=out)
