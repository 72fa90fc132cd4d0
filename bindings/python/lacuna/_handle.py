"""What all objects that stand for one of the library's have in common."""

from __future__ import annotations

from ctypes import byref, c_void_p
from typing import TypeVar

from ._native import lib

Self = TypeVar("Self", bound="Handle")


class Handle:
    """Owns an object of the library: a context manager that destroys it once."""

    _destroy = ""  # the function that takes a pointer to the handle

    def __init__(self) -> None:
        self._handle = c_void_p()

    def __del__(self) -> None:
        if getattr(self, "_handle", None) and lib is not None:  # None: the interpreter is at its end
            self.close()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Destroys the object; what it gave out lives on. To close again does nothing."""
        if self._handle:
            getattr(lib, self._destroy)(byref(self._handle))
