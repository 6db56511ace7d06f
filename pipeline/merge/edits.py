"""Each edit as patches of the source, or the reason why it cannot be made there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from .building import Built
from .editing import edit
from .items import Read
from .moving import move
from .patching import Patch
from .sides import Sides
from .structure import delete, insert
from .units import Alignment, Unit
from .writing import Unwritable


class Edited(Struct, frozen=True):
    """What one edit does to the source: patches, or the reason why it is refused."""

    unit: Unit
    line: int  # of the source, 0 where it has none
    patches: tuple[Patch, ...] = ()
    reason: str = ""


def edited(base: Built, new: Sequence[Read], alignment: Alignment) -> list[Edited]:
    """Return the edits of one returned file."""
    sides = Sides(base, new, alignment)
    return [edited_unit(sides, unit) for unit in alignment.units]


def edited_unit(sides: Sides, unit: Unit) -> Edited:
    line = sides.line_of(unit)
    try:
        return Edited(unit, line, tuple(_patches(sides, unit)))
    except Unwritable as reason:
        return Edited(unit, line, (), str(reason))


def _patches(sides: Sides, unit: Unit) -> list[Patch]:
    match unit.kind:
        case "edit":
            return [*edit(sides, unit), *sides.gone_notes(unit)]
        case "insert":
            return insert(sides, unit)
        case "delete":
            return [*delete(sides, unit.old[0]), *sides.gone_notes(unit)]
        case _:
            return move(sides, unit)
