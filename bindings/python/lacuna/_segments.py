"""The streams of `lacuna.ans`.

A stream of these classes is one or more segments, each of the symbols that share a set of tables::

    varint      4 * symbols + 2 (values outside 16 bits follow) + 1 (another segment follows)
    varint      bytes of the segment after this number             only where another segment follows
    varint      n, then n varints: the outside values, zigzag      only where there are some; their symbols are -32768
    stream      docs/format.md, section 4.3
"""

from __future__ import annotations

from typing import Any, List, NamedTuple, Tuple

import numpy as np
from numpy.typing import NDArray

from . import rans
from ._cdfs import Cdfs
from .errors import InvalidDataError, Status, TruncatedError

OUTSIDE = -32768
MAX_SYMBOLS = 1 << 28


class Opened:
    """The segment that is being decoded."""

    def __init__(self, tables: Cdfs, left: int, outside: List[int]) -> None:
        self.tables, self.left, self.outside = tables, left, outside


class _Number(NamedTuple):
    value: int
    end: int


def segment(tables: Cdfs, values: NDArray[Any], chosen: NDArray[Any], more: bool) -> bytes:
    """The bytes of one segment."""
    far = (values <= OUTSIDE) | (values > 32767)
    head = b""
    if far.any():
        absolute = (values + tables.biases[chosen])[far]
        if absolute.min() < -(1 << 31) or absolute.max() >= 1 << 31:
            raise ValueError("symbols must fit 32 bits")
        head = _varint(absolute.size) + b"".join(_varint(2 * v if v >= 0 else -2 * v - 1) for v in absolute.tolist())
        values = np.where(far, OUTSIDE, values)
    body = head + rans.encode(values.astype(np.int16), chosen, tables.tables)
    return _varint(4 * values.size + 2 * bool(head) + more) + (_varint(len(body)) if more else b"") + body


def open_segment(data: bytes, tables: Cdfs, steps: rans.StepDecoder) -> Tuple[Opened, bytes]:
    """Opens the segment at the beginning, and gives what follows it."""
    kind = _read(data, 0)
    end, count, outside, rest = kind.end, kind.value >> 2, [], b""
    if count > MAX_SYMBOLS:
        raise InvalidDataError(Status.INVALID_DATA, "The stream is damaged.", "Its number of symbols is out of range.")
    if kind.value & 1:
        length = _read(data, end)
        if length.value > len(data) - length.end:
            raise TruncatedError(Status.TRUNCATED, "The stream ends too soon.", "")
        end, rest = length.end, data[length.end + length.value:]
        data = data[:length.end + length.value]
    if kind.value & 2:
        number = _read(data, end)
        end = number.end
        for _ in range(min(number.value, len(data))):
            value = _read(data, end)
            outside.append(-(value.value + 1) // 2 if value.value & 1 else value.value // 2)
            end = value.end
    steps.begin(data[end:], count, tables.tables)
    return Opened(tables, count, outside[::-1]), rest


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(128 | (value & 127))
        value >>= 7
    parts.append(value)
    return bytes(parts)


def _read(data: bytes, at: int) -> _Number:
    value = 0
    for place in range(5):
        if at + place >= len(data):
            raise TruncatedError(Status.TRUNCATED, "The stream ends too soon.", "")
        value |= (data[at + place] & 127) << (7 * place)
        if data[at + place] < 128:
            return _Number(value, at + place + 1)
    raise InvalidDataError(Status.INVALID_DATA, "The stream is damaged.", "A number is too long.")
