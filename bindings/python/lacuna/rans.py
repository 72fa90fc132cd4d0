"""Entropy coding of numbers whose distributions are known.

`encode` and `decode` take a table for every symbol, by its place in a `TableSet`; `encode_bytes` and `decode_bytes` take one table
for a block. Streams have neither a length nor a checksum of their own (`lacuna.payload` has both). The same calls give the same bytes
on every machine. `lacuna.ans` has the calls of CompressAI's coder.
"""

from __future__ import annotations

from ctypes import byref
from typing import Any, Callable, Optional

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._handle import Handle
from ._integers import int16s, integers, pair, places, written
from ._native import Bytes, address, bytes_of, check, lib
from ._tables import StaticTable, TableSet

__all__ = [
    "TableSet", "StaticTable", "StepDecoder", "encode", "decode", "encode_wide", "decode_wide", "encode_bytes", "decode_bytes"]


class StepDecoder(Handle):
    """Decodes what `encode` wrote in any number of steps, so that the tables of later symbols may follow from earlier ones."""

    _destroy = "lac_rans_decoder_destroy"

    def __init__(self) -> None:
        """Makes a decoder, for any number of streams one after the other."""
        super().__init__()
        check(lib.lac_rans_decoder_create(byref(self._handle)))

    def begin(self, data: Bytes, count: int, tables: TableSet) -> None:
        """Opens a stream of `count` symbols and drops the one before."""
        source = bytes_of(data)
        check(lib.lac_rans_decoder_begin(self._handle, tables._handle, address(source), source.size, count))

    def decode(self, indices: ArrayLike) -> NDArray[np.int16]:
        """The next symbols, int16 in the shape of `indices`."""
        chosen = places(indices)
        symbols = np.empty(chosen.shape, dtype=np.int16)
        check(lib.lac_rans_decoder_decode(
            self._handle, address(chosen), chosen.itemsize, address(symbols), symbols.size))
        return symbols

    def finish(self) -> None:
        """Checks that the stream ends where its symbols do."""
        check(lib.lac_rans_decoder_finish(self._handle))


def encode(symbols: ArrayLike, indices: ArrayLike, tables: TableSet, lanes: int = 0) -> bytes:
    """Encodes 16-bit symbols, each under a table of its own.

    Parameters
    ----------
    symbols
        Integers from -32768 to 32767, of any shape.
    indices
        A table for each, in the same shape; uint8 and uint16 are read as they are.
    tables
        The distributions.
    lanes
        1, 4, 32, 64, 128 or 256: more are faster and take some 4 bits each; 0 chooses.
    """
    values, chosen = pair(symbols, indices, int16s)
    return written(
        lib.lac_rans_indexed_bound(values.size), lib.lac_rans_indexed_encode,
        tables._handle, address(chosen), chosen.itemsize, address(values), values.size, lanes)


def decode(data: Bytes, indices: ArrayLike, tables: TableSet) -> NDArray[np.int16]:
    """Decodes what `encode` wrote: int16 in the shape of `indices`."""
    return _decode(lib.lac_rans_indexed_decode, data, indices, tables, np.int16)


def encode_wide(symbols: ArrayLike, indices: ArrayLike, tables: TableSet, low_bits: int = 0, lanes: int = 0) -> bytes:
    """Encodes 32-bit symbols: the high part of each, ``symbol >> low_bits``, under its table, the low bits as they are."""
    values, chosen = pair(symbols, indices, lambda given: integers(given, np.int32))
    return written(
        lib.lac_rans_wide_bound(values.size), lib.lac_rans_wide_encode,
        tables._handle, address(chosen), chosen.itemsize, address(values), values.size, low_bits, lanes)


def decode_wide(data: Bytes, indices: ArrayLike, tables: TableSet) -> NDArray[np.int32]:
    """Decodes what `encode_wide` wrote: int32 in the shape of `indices`."""
    return _decode(lib.lac_rans_wide_decode, data, indices, tables, np.int32)


def encode_bytes(data: Bytes, table: Optional[StaticTable] = None, lanes: int = 0) -> bytes:
    """Encodes bytes under one table; None: fitted to them and stored at the beginning."""
    source = bytes_of(data)
    return written(
        lib.lac_rans_static_bound(source.size), lib.lac_rans_static_encode,
        table and table._handle, address(source), source.size, lanes)


def decode_bytes(data: Bytes, count: int, table: Optional[StaticTable] = None) -> bytes:
    """Decodes the `count` bytes that `encode_bytes` was given; `table` as it was there."""
    source, symbols = bytes_of(data), np.empty(count, dtype=np.uint8)
    check(lib.lac_rans_static_decode(
        table and table._handle, address(source), source.size, address(symbols), symbols.size))
    return symbols.tobytes()


def _decode(function: Callable[..., int], data: Bytes, indices: ArrayLike, tables: TableSet, dtype: Any) -> NDArray[Any]:
    source, chosen = bytes_of(data), places(indices)
    symbols = np.empty(chosen.shape, dtype=dtype)
    check(function(
        tables._handle, address(source), source.size, address(chosen), chosen.itemsize, address(symbols), symbols.size))
    return symbols
