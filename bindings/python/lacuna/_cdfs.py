"""Tables from the cumulative frequencies that CompressAI's callers pass with every call."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Any, Sequence, Tuple, Union

import numpy as np
from numpy.typing import NDArray

from . import rans

PRECISION = 16
KEPT = 8

Integers = Union[Sequence[int], NDArray[Any]]
Rows = Union[Sequence[Sequence[int]], NDArray[Any]]


class Cdfs:
    """Tables prepared from cumulative frequencies; they never change."""

    def __init__(self, cdfs: Rows, cdfs_sizes: Integers, offsets: Integers) -> None:
        """Prepares tables.

        Parameters
        ----------
        cdfs
            A row a table: rises from 0 to 65536 at its size; the last interval is the escape's. Rows may differ in length.
        cdfs_sizes
            Elements of each row in use, 2 or more.
        offsets
            The symbol of each row's first interval.
        """
        sizes = np.asarray(cdfs_sizes, dtype=np.int64).reshape(-1)
        first = np.asarray(offsets, dtype=np.int64).reshape(-1)
        if not len(cdfs) == sizes.size == first.size or sizes.size == 0:
            raise ValueError(f"there are {len(cdfs)} cdfs, {sizes.size} sizes and {first.size} offsets")
        if sizes.min() < 2 or any(size > len(row) for size, row in zip(sizes.tolist(), cdfs)):
            raise ValueError("a size must be 2 or more, and no more than its row has")
        rows = np.full((sizes.size, max(3, int(sizes.max()))), 1 << PRECISION, dtype=np.int32)
        for row, values, size in zip(rows, cdfs, sizes.tolist()):
            row[:size] = values[:size]
        rows[sizes == 2, 1] = 1  # a table that is all escape; the library wants a value, and gives it the least frequency
        values_of = np.maximum(sizes - 2, 1)

        # A table reaches 127 to either side of 0 with a frequency for each value, so its middle is moved there.
        self.biases = first + values_of // 2
        self.tables = rans.TableSet.from_cdfs(rows, np.maximum(sizes, 3), -(values_of // 2))
        self._digest = hashlib.blake2b(rows.tobytes() + sizes.tobytes() + first.tobytes(), digest_size=16).digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cdfs) and self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)

    def __len__(self) -> int:
        return self.biases.size

    def check(self, indexes: Integers) -> NDArray[Any]:
        """Places of tables as the coder takes them."""
        array = np.asarray(indexes)
        if array.size == 0:
            return np.empty(0, dtype=np.uint8)
        if array.dtype.kind not in "iu":
            raise TypeError(f"indexes must be integers, not {array.dtype}")
        if array.min() < 0 or array.max() >= len(self):
            raise ValueError(f"indexes must be 0 to {len(self) - 1}; these are {array.min()} to {array.max()}")
        return array.astype(np.uint8 if len(self) <= 256 else np.uint16).reshape(-1)


class _Kept:
    """The last tables that were prepared, found again by what they were made of."""

    def __init__(self) -> None:
        self._entries: "OrderedDict[int, Tuple[Any, Any, Any, Cdfs]]" = OrderedDict()
        self._next = 0

    def get(self, cdfs: Union[Rows, Cdfs], sizes: Any, offsets: Any) -> Cdfs:
        if isinstance(cdfs, Cdfs):
            return cdfs
        for key, (rows, lengths, firsts, prepared) in reversed(list(self._entries.items())):
            if _same(offsets, firsts) and _same(sizes, lengths) and _same_rows(cdfs, rows):
                return prepared
        prepared = Cdfs(cdfs, sizes, offsets)
        self._entries[self._next] = (_copied(cdfs), _copied(sizes), _copied(offsets), prepared)
        self._next += 1
        if len(self._entries) > KEPT:
            self._entries.popitem(last=False)
        return prepared


def _copied(values: Any) -> Any:
    if isinstance(values, (list, tuple)):
        return [_copied(value) if isinstance(value, (list, tuple, np.ndarray)) else value for value in values]
    return np.array(values)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return one == other
    return len(one) == len(other) and np.array_equal(one, other)


def _same_rows(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other))


kept = _Kept()
