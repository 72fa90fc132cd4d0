"""The calls of CompressAI's coder on Lacuna's: ``from lacuna import ans`` where a program has ``from compressai import ans``.

Classes, methods and arguments mean what they mean there: symbols and places of tables as lists or arrays of any length, 16-bit
cumulative frequencies with an escape at the end, any 32-bit symbol under any table. **The bytes are Lacuna's: neither side reads the
other's.** Tables of up to 255 values keep every frequency; wider ones share a frequency among neighbours where that costs least.

Preparing tables is most of the work of a short call. The last ones are kept and found again by their contents; `Cdfs` prepares them
for good, and takes the place of `cdfs` in every call.
"""

from __future__ import annotations

from typing import Any, List, Optional, Tuple, Union

import numpy as np
from numpy.typing import NDArray

from . import rans
from ._cdfs import Cdfs, Integers, Rows, kept
from ._native import Bytes, bytes_of
from ._segments import OUTSIDE, Opened, open_segment, segment
from .errors import InvalidDataError, Status

__all__ = ["Cdfs", "RansEncoder", "RansDecoder", "BufferedRansEncoder"]


class RansEncoder:
    """Encodes a list of symbols to a stream."""

    def encode_with_indexes(
        self, symbols: Integers, indexes: Integers, cdfs: Union[Rows, Cdfs], cdfs_sizes: Any = None, offsets: Any = None) -> bytes:
        """Encodes each symbol under the table that its index names; see `Cdfs` for the tables."""
        buffered = BufferedRansEncoder()
        buffered.encode_with_indexes(symbols, indexes, cdfs, cdfs_sizes, offsets)
        return buffered.flush()


class BufferedRansEncoder:
    """Collects symbols of any number of calls for one stream."""

    def __init__(self) -> None:
        self._segments: List[Tuple[Cdfs, List[NDArray[Any]], List[NDArray[Any]]]] = []

    def encode_with_indexes(
        self, symbols: Integers, indexes: Integers, cdfs: Union[Rows, Cdfs], cdfs_sizes: Any = None, offsets: Any = None) -> None:
        """Appends symbols, each under the table that its index names; see `Cdfs` for the tables."""
        tables = kept.get(cdfs, cdfs_sizes, offsets)
        chosen, values = tables.check(indexes), np.asarray(symbols).reshape(-1)
        if values.size != chosen.size:
            raise ValueError(f"there are {values.size} symbols and {chosen.size} indexes")
        if values.size == 0:
            return
        if values.dtype.kind not in "iu":
            raise TypeError(f"symbols must be integers, not {values.dtype}")
        if not self._segments or self._segments[-1][0] != tables:
            self._segments.append((tables, [], []))
        self._segments[-1][1].append(values.astype(np.int64) - tables.biases[chosen])
        self._segments[-1][2].append(chosen)

    def flush(self) -> bytes:
        """The stream of all symbols so far; the next one begins anew."""
        segments, self._segments = self._segments, []
        return b"".join(
            segment(tables, np.concatenate(values), np.concatenate(chosen), place + 1 < len(segments))
            for place, (tables, values, chosen) in enumerate(segments))


class RansDecoder:
    """Decodes streams of the encoders here: at once, or in any number of steps."""

    def __init__(self) -> None:
        self._steps = rans.StepDecoder()
        self._rest = b""
        self._opened: Optional[Opened] = None

    def decode_with_indexes(
        self, encoded: Bytes, indexes: Integers, cdfs: Union[Rows, Cdfs], cdfs_sizes: Any = None, offsets: Any = None) -> Any:
        """Decodes a stream from its beginning: a list, or an int32 array where `indexes` is one."""
        decoder = RansDecoder()
        decoder.set_stream(encoded)
        return decoder.decode_stream(indexes, cdfs, cdfs_sizes, offsets)

    def set_stream(self, encoded: Bytes) -> None:
        """Begins a stream."""
        self._rest, self._opened = bytes_of(encoded).tobytes(), None

    def decode_stream(
        self, indexes: Integers, cdfs: Union[Rows, Cdfs], cdfs_sizes: Any = None, offsets: Any = None) -> Any:
        """Decodes the next symbols: a list, or an int32 array where `indexes` is one.

        Raises
        ------
        StreamError
            The stream is damaged or ends too soon.
        ValueError
            More symbols are asked for than were encoded under these tables.
        """
        tables = kept.get(cdfs, cdfs_sizes, offsets)
        chosen = tables.check(indexes)
        values = self._decode(tables, chosen) if chosen.size else np.empty(0, dtype=np.int32)
        return values.reshape(indexes.shape) if isinstance(indexes, np.ndarray) else values.tolist()

    def _decode(self, tables: Cdfs, chosen: NDArray[Any]) -> NDArray[np.int32]:
        if self._opened is None or (self._opened.left == 0 and self._rest):
            self._opened, self._rest = open_segment(self._rest, tables, self._steps)
        opened = self._opened
        if opened.tables != tables or chosen.size > opened.left:
            raise ValueError(f"{chosen.size} symbols are asked for; {opened.left} are left, perhaps under other tables")
        values = self._steps.decode(chosen).astype(np.int64)
        opened.left -= chosen.size
        if opened.left == 0:
            self._steps.finish()
        outside = np.flatnonzero(values == OUTSIDE).tolist() if opened.outside else []
        values += tables.biases[chosen]
        for place in outside:
            if not opened.outside:
                raise InvalidDataError(Status.INVALID_DATA, "The stream is damaged.", "A value outside 16 bits is missing.")
            values[place] = opened.outside.pop()
        return values.astype(np.int32)
