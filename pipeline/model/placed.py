"""Values that record where they were written."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from ..diagnostics import Span


class Placed(Struct, frozen=True, eq=False, kw_only=True):
    """A value with its place in the sources. Equal values are equal wherever they were written.

    `BESIDE` names the fields that record where a value came from: they are neither compared nor
    shown.
    """

    BESIDE: ClassVar[tuple[str, ...]] = ("span",)

    span: Span

    def _said(self) -> dict[str, object]:
        names = self.__struct_fields__
        return {name: getattr(self, name) for name in names if name not in self.BESIDE}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or self._said() == other._said()

    def __ne__(self, other: object) -> bool:
        return not self == other  # msgspec has a comparison of its own, which knows all fields

    def __hash__(self) -> int:
        return hash(tuple(self._said().values()))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self._said().items())
        return f"{type(self).__name__}({said})"
