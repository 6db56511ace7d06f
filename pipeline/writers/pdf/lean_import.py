"""Import WeasyPrint in half of the time: 0.16 s of processor time instead of 0.31 s.

cffi parses what WeasyPrint declares of C libraries whenever it is imported: `declarations` has it
parsed (`tools.declarations` makes that). fontTools subsets fonts only where HarfBuzz cannot, and
makes static fonts of variable ones: those parts of it are imported when they are called.
"""

from __future__ import annotations

import ctypes.util
import importlib
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from hashlib import sha256
from types import ModuleType
from typing import Any

from ...outcome import MissingLibraryError
from . import declarations

_ON_DEMAND = ("fontTools.subset", "fontTools.varLib.instancer")


class _OnDemand(ModuleType):
    """Stands for a module of which only functions and classes are called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **options: getattr(importlib.import_module(self.__name__), name)(
            *args, **options
        )


class _Cffi(ModuleType):
    """Stands for cffi, as far as WeasyPrint uses it."""

    class FFI:
        def cdef(self, source: str) -> None:
            if sha256(source.encode("utf-8")).hexdigest() == declarations.SOURCE:
                declared = declarations.ffi
            else:  # of another version
                del sys.modules["cffi"]
                declared = importlib.import_module("cffi").FFI()
                declared.cdef(source)
            names = (name for name in dir(declared) if not name.startswith("_"))
            vars(self).update((name, getattr(declared, name)) for name in names)


@contextmanager
def _leanly() -> Iterator[None]:
    """Keep others from doing while they are imported what is for nothing."""
    find_library = ctypes.util.find_library
    # cffi would run gcc and ldconfig for each library that it does not find by name. On Linux
    # WeasyPrint then finds it by its soname, so that the search, 0.1 s, is for nothing.
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    modules = _Cffi("cffi"), *map(_OnDemand, _ON_DEMAND)
    stand_ins = {each.__name__: each for each in modules if each.__name__ not in sys.modules}
    sys.modules |= stand_ins
    try:
        yield
    finally:
        ctypes.util.find_library = find_library
        for name, stand_in in stand_ins.items():
            if sys.modules[name] is stand_in:
                del sys.modules[name]


try:
    with _leanly(), redirect_stdout(io.StringIO()):  # it prints advice where a library is missing
        import weasyprint as weasyprint
except OSError as error:
    raise MissingLibraryError(str(error).partition(":")[0]) from None
