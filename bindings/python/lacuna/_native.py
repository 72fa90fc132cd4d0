"""The library, opened when the first of its functions is asked for."""

from __future__ import annotations

import ctypes
import threading
from typing import Any, Optional, Union

import numpy as np
from numpy.typing import NDArray

from . import _abi, _abi_coders, _abi_sampling, _find
from .errors import CLASSES, InternalError, LacunaError, LibraryError, Status

FUNCTIONS = {**_abi.FUNCTIONS, **_abi_coders.FUNCTIONS, **_abi_sampling.FUNCTIONS}

Bytes = Union[bytes, bytearray, memoryview, NDArray[Any]]


class Library:
    """The functions of liblacuna as attributes.

    Nothing is opened before the first is used: a process that only imports the package and forks starts no runtime that the
    child would have to do without.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: Optional[ctypes.CDLL] = None
        self._path = ""

    def __getattr__(self, name: str) -> Any:
        if name not in FUNCTIONS:
            raise AttributeError(name)
        function = self._bind(self._open(), name)
        setattr(self, name, function)  # found without this method from now on
        return function

    @property
    def path(self) -> str:
        """The file that is in use, or the name that the system's loader was given."""
        self._open()
        return self._path

    def _open(self) -> ctypes.CDLL:
        with self._lock:
            if self._opened is None:
                self._opened = self._load()
            return self._opened

    def _load(self) -> ctypes.CDLL:
        try:
            self._path = _find.find()
            library = ctypes.CDLL(self._path)
            version = self._bind(library, "lac_abi_version")()
        except OSError as error:
            raise LibraryError(
                Status.IO,
                "The library cannot be opened.",
                f"{error}; set {_find.VARIABLE} to {_find.SONAME} or to the lib folder that holds it",
            ) from error
        if version != _abi.ABI_VERSION:
            raise LibraryError(
                Status.UNSUPPORTED,
                "The library is of another ABI.",
                f"{self._path} has version {version}, this package is for {_abi.ABI_VERSION}",
            )
        return library

    def _bind(self, library: ctypes.CDLL, name: str) -> Any:
        try:
            function = getattr(library, name)
        except AttributeError as error:
            raise LibraryError(Status.UNSUPPORTED, "The library lacks a function.", f"{name} is not in {self._path}") from error
        function.restype, function.argtypes = FUNCTIONS[name]
        return function


lib = Library()


def check(status: int) -> int:
    """Raises what the calling thread's last call failed with; passes other statuses on."""
    if status < 0:
        raise error_of(status)
    return status


def error_of(status: int) -> LacunaError:
    """The exception for a status that the calling thread's last call returned."""
    text = ctypes.create_string_buffer(512)
    length = lib.lac_error_detail(text, len(text))
    if length >= len(text):
        text = ctypes.create_string_buffer(length + 1)
        lib.lac_error_detail(text, len(text))
    name = lib.lac_status_name(status).decode()
    return CLASSES.get(status, InternalError)(status, name, text.value.decode(errors="replace"))


def address(array: NDArray[Any]) -> int:
    """Where the first element of an array lies."""
    return int(array.__array_interface__["data"][0])


def bytes_of(data: Bytes) -> NDArray[np.uint8]:
    """Bytes for a call, without a copy: an array of uint8, which keeps the object it looks at.

    Raises
    ------
    TypeError
        It is not an object of bytes that lie without gaps.
    """
    try:
        return np.frombuffer(data, dtype=np.uint8)
    except (ValueError, BufferError) as error:
        if len(data) == 0:
            return np.empty(0, dtype=np.uint8)
        raise TypeError("the bytes must lie without gaps") from error
