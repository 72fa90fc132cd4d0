"""Quantisers whose codewords are the points of a grid."""

from __future__ import annotations

from ctypes import byref, c_int32, c_int64
from typing import Sequence, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._codebook import NON_FINITE, choice, count_of, floats
from ._handle import Handle
from ._native import address, check, lib

BOUNDS = ("tanh", "nearest")


def positive(value: int) -> int:
    """The number itself, which must be 1 or more."""
    if value < 1:
        raise ValueError(f"{value} is below 1")
    return value


class Grid(Handle):
    """Quantises to the points of a grid, whose codewords are implied: one int64 index a vector. Use one a thread."""

    _destroy = "lac_grid_destroy"

    @classmethod
    def fsq(cls, levels: Sequence[int], bound: str = "tanh") -> Grid:
        """Finite scalar quantisation, as vector-quantize-pytorch has it.

        Parameters
        ----------
        levels
            Of each dimension, 2 to 65536; the first dimension is fastest in the index.
        bound
            ``"tanh"`` for what an encoder network puts out, ``"nearest"`` for elements in [-1, 1].
        """
        numbers, grid = np.ascontiguousarray(levels, dtype=np.int32), cls()
        check(lib.lac_grid_create_fsq(address(numbers), numbers.size, choice(bound, BOUNDS), byref(grid._handle)))
        return grid

    @classmethod
    def lfq(cls, dimensions: int, scale: float = 1) -> Grid:
        """Look-up free quantisation: a bit an element, x > 0, the first the highest; decoded +-scale."""
        grid = cls()
        check(lib.lac_grid_create_lfq(positive(dimensions), scale, byref(grid._handle)))
        return grid

    @classmethod
    def bsq(cls, dimensions: int) -> Grid:
        """Binary spherical quantisation: the same bits; decoded +-1 / sqrt(dimensions)."""
        grid = cls()
        check(lib.lac_grid_create_bsq(positive(dimensions), byref(grid._handle)))
        return grid

    @property
    def shape(self) -> Tuple[int, int]:
        """Codewords, and elements of each."""
        dimensions, codewords = c_int32(), c_int64()
        check(lib.lac_grid_info(self._handle, byref(dimensions), byref(codewords)))
        return codewords.value, dimensions.value

    def encode(self, vectors: ArrayLike, non_finite: str = "reject") -> NDArray[np.int64]:
        """Indices of vectors [..., dimensions]: int64 [...]."""
        rows = floats(vectors)
        count = count_of(rows, self.shape[1], "vectors")
        indices = np.empty(rows.shape[:-1], dtype=np.int64)
        check(lib.lac_grid_encode(self._handle, address(rows), count, choice(non_finite, NON_FINITE), address(indices)))
        return indices

    def decode(self, indices: ArrayLike) -> NDArray[np.float32]:
        """The vectors that indices stand for: float32 [..., dimensions]."""
        chosen = np.ascontiguousarray(indices, dtype=np.int64)
        vectors = np.empty((*chosen.shape, self.shape[1]), dtype=np.float32)
        check(lib.lac_grid_decode(self._handle, address(chosen), chosen.size, address(vectors)))
        return vectors
