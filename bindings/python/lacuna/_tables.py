"""Distributions that coders share: sets of tables of numbers, and tables of bytes."""

from __future__ import annotations

from ctypes import byref, c_double, c_size_t
from typing import Optional, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._handle import Handle
from ._integers import int16s, pair, row, written
from ._native import Bytes, address, bytes_of, check, lib

_GAUSSIAN, _LAPLACE = 0, 1
_STATIC_TABLE_BYTES = 513


class TableSet(Handle):
    """Distributions among which every symbol chooses. Any number can be coded under any table; what a table does not hold costs 16
    bits more. A set never changes: threads may share it."""

    _destroy = "lac_tables_destroy"

    @classmethod
    def gaussian(cls, deviations: Optional[ArrayLike] = None) -> TableSet:
        """Zero-mean Gaussians over integer bins, of deviations up to 4096; None: 0.11 exp(i ln(256 / 0.11) / 63), i below 64."""
        return cls._scales(_GAUSSIAN, deviations)

    @classmethod
    def laplace(cls, deviations: Optional[ArrayLike] = None) -> TableSet:
        """The same with Laplace distributions."""
        return cls._scales(_LAPLACE, deviations)

    @classmethod
    def from_cdfs(cls, cdfs: ArrayLike, lengths: ArrayLike, offsets: ArrayLike) -> TableSet:
        """Makes a set from cumulative frequencies as CompressAI has them.

        Parameters
        ----------
        cdfs
            [tables, length]: each row rises from 0 to 65536 at its length; the last interval is the escape's.
        lengths
            [tables]: elements of each row in use, 3 or more.
        offsets
            [tables]: the value of each row's first interval.
        """
        rows = np.ascontiguousarray(cdfs, dtype=np.int32)
        sizes, firsts = row(lengths, np.int32, len(rows)), row(offsets, np.int32, len(rows))
        if rows.ndim != 2:
            raise ValueError("cdfs must be [tables, length]")
        tables = cls()
        check(lib.lac_tables_create_cdfs(
            address(rows), rows.shape[0], rows.shape[1], address(sizes), address(firsts), byref(tables._handle)))
        return tables

    @classmethod
    def from_weights(cls, weights: ArrayLike, offsets: ArrayLike, escapes: Optional[ArrayLike] = None) -> TableSet:
        """Makes a set from weights: probabilities, counts, anything in proportion.

        Parameters
        ----------
        weights
            [tables, values]: of the values offset, offset + 1, ...; 0 or more.
        offsets
            [tables]: the first value of each table.
        escapes
            [tables]: weights of all other values together; None: the least.
        """
        rows = np.ascontiguousarray(weights, dtype=np.float64)
        if rows.ndim != 2:
            raise ValueError("weights must be [tables, values]")
        firsts = row(offsets, np.int32, len(rows))
        others = None if escapes is None else row(escapes, np.float64, len(rows))
        tables = cls()
        check(lib.lac_tables_create_weights(
            address(rows), rows.shape[0], rows.shape[1], address(firsts), None if others is None else address(others),
            byref(tables._handle)))
        return tables

    @classmethod
    def fit(cls, symbols: ArrayLike, group: int, tables: int) -> Tuple[TableSet, NDArray[np.uint16]]:
        """Fits a set to symbols of which neighbours are alike.

        Parameters
        ----------
        symbols
            16-bit numbers, one or more.
        group
            Neighbouring symbols that share a table.
        tables
            As many are made at most.

        Returns
        -------
        TableSet, ndarray
            The set, and uint16 [groups]: each group's table.
        """
        values = int16s(symbols).reshape(-1)
        if group < 1:
            raise ValueError("group must be 1 or more")
        chosen = np.zeros(-(-values.size // group), dtype=np.uint16)
        fitted = cls()
        check(lib.lac_tables_create_fitted(address(values), values.size, group, tables, address(chosen), byref(fitted._handle)))
        return fitted, chosen

    @classmethod
    def read(cls, data: Bytes, max_tables: int = 1024) -> Tuple[TableSet, int]:
        """Reads what `write` gave.

        Returns
        -------
        TableSet, int
            The set, and the bytes that it took; those after it are left alone.
        """
        source, tables, consumed = bytes_of(data), cls(), c_size_t()
        check(lib.lac_tables_read(address(source), source.size, max_tables, byref(tables._handle), byref(consumed)))
        return tables, consumed.value

    def __len__(self) -> int:
        count = c_size_t()
        check(lib.lac_tables_count(self._handle, byref(count)))
        return count.value

    def write(self) -> bytes:
        """The set as bytes, so that a decoder elsewhere can have it: some 255 a table."""
        return written(lib.lac_tables_write_bound(len(self)), lib.lac_tables_write, self._handle)

    def estimate_bits(self, symbols: ArrayLike, indices: ArrayLike) -> float:
        """Bits that a stream of these symbols takes, but for its header."""
        values, chosen = pair(symbols, indices, int16s)
        bits = c_double()
        check(lib.lac_tables_estimate(
            self._handle, address(chosen), chosen.itemsize, address(values), values.size, byref(bits)))
        return bits.value

    @classmethod
    def _scales(cls, shape: int, deviations: Optional[ArrayLike]) -> TableSet:
        tables = cls()
        scales = np.empty(0) if deviations is None else np.ascontiguousarray(deviations, dtype=np.float64).reshape(-1)
        if deviations is not None and scales.size == 0:
            raise ValueError("a set has one table or more")
        check(lib.lac_tables_create_scales(
            shape, None if deviations is None else address(scales), scales.size, byref(tables._handle)))
        return tables


class StaticTable(Handle):
    """One distribution of bytes. It never changes: threads may share it."""

    _destroy = "lac_static_table_destroy"

    def __init__(self, counts: Optional[ArrayLike] = None) -> None:
        """Fits a table to counts, [256]: how often each byte occurs."""
        super().__init__()
        if counts is not None:
            numbers = row(counts, np.uint32, 256)
            check(lib.lac_static_table_create(address(numbers), byref(self._handle)))

    @classmethod
    def of(cls, data: Bytes) -> StaticTable:
        """A table fitted to given bytes."""
        return cls(np.bincount(bytes_of(data), minlength=256))

    @classmethod
    def read(cls, data: Bytes) -> Tuple[StaticTable, int]:
        """Reads what `write` gave; as `TableSet.read`."""
        source, table, consumed = bytes_of(data), cls(), c_size_t()
        check(lib.lac_static_table_read(address(source), source.size, byref(table._handle), byref(consumed)))
        return table, consumed.value

    def write(self) -> bytes:
        """The table as 20 to 300 bytes."""
        return written(_STATIC_TABLE_BYTES, lib.lac_static_table_write, self._handle)
