"""Exceptions: one class a status of the library, each also of the built-in kind that fits it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Dict, Tuple, Type


class Status(IntEnum):
    """What a call of the library came to; the values are those of lacuna/base.h."""

    OK = 0
    AGAIN = 1
    END = 2
    INVALID_ARGUMENT = -1
    OUT_OF_MEMORY = -2
    BUFFER_TOO_SMALL = -3
    INTERNAL = -4
    CALLBACK_FAILED = -5
    IO = -6
    UNSUPPORTED = -7
    TRUNCATED = -16
    NOT_A_STREAM = -17
    UNSUPPORTED_VERSION = -18
    UNKNOWN_MODEL = -19
    INVALID_DATA = -20
    LIMIT_EXCEEDED = -21
    CANCELLED = -22


class LacunaError(Exception):
    """Something the library could not do.

    Attributes
    ----------
    status
        The library's status, a `Status` where it is a known one.
    summary
        One sentence on the status.
    detail
        What the library says of this case; may be empty.
    """

    def __init__(self, status: int = Status.INTERNAL, summary: str = "", detail: str = "") -> None:
        super().__init__(detail if detail.startswith(summary) else f"{summary} {detail}".strip())
        self.status = Status(status) if status in _KNOWN else status
        self.summary = summary
        self.detail = detail

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (int(self.status), self.summary, self.detail)


class LibraryError(LacunaError, ImportError):
    """The library is not there, is of another ABI, or lacks a function that this package calls."""


class InvalidArgumentError(LacunaError, ValueError):
    """An argument is outside what the library takes."""


class OutOfMemoryError(LacunaError, MemoryError):
    """Memory could not be had, or would exceed `max_memory`."""


class BufferTooSmallError(LacunaError, ValueError):
    """The output does not hold the result; for an encoder: `max_bytes` is less than the lowest quality takes."""


class InternalError(LacunaError, RuntimeError):
    """A fault of the library."""


class CallbackError(LacunaError, RuntimeError):
    """A function given to the library failed."""


class FileError(LacunaError, OSError):
    """A file could not be read."""


class UnsupportedError(LacunaError, NotImplementedError):
    """Valid, but not in this library."""


class StreamError(LacunaError, ValueError):
    """Bytes that are not what they should be; the classes below tell how."""


class TruncatedError(StreamError):
    """The stream ends too soon."""


class NotAStreamError(StreamError):
    """The bytes do not begin as a stream does."""


class UnsupportedVersionError(StreamError):
    """The stream wants a newer library."""


class UnknownModelError(StreamError):
    """The stream wants a model that is not here."""


class InvalidDataError(StreamError):
    """A checksum, a length or a value is wrong."""


class LimitExceededError(StreamError):
    """Larger than the caller allows."""


class CancelledError(LacunaError):
    """The call was ended by `cancel` or by its progress function."""


CLASSES: Dict[int, Type[LacunaError]] = {
    Status.INVALID_ARGUMENT: InvalidArgumentError,
    Status.OUT_OF_MEMORY: OutOfMemoryError,
    Status.BUFFER_TOO_SMALL: BufferTooSmallError,
    Status.INTERNAL: InternalError,
    Status.CALLBACK_FAILED: CallbackError,
    Status.IO: FileError,
    Status.UNSUPPORTED: UnsupportedError,
    Status.TRUNCATED: TruncatedError,
    Status.NOT_A_STREAM: NotAStreamError,
    Status.UNSUPPORTED_VERSION: UnsupportedVersionError,
    Status.UNKNOWN_MODEL: UnknownModelError,
    Status.INVALID_DATA: InvalidDataError,
    Status.LIMIT_EXCEEDED: LimitExceededError,
    Status.CANCELLED: CancelledError,
}

_KNOWN = frozenset(int(status) for status in Status)
