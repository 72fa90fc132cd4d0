"""Codebooks, and what quantisers of both kinds have in common."""

from __future__ import annotations

from ctypes import byref, c_double
from typing import Any, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi_coders as _abi
from ._handle import Handle
from ._native import address, check, lib

METRICS = ("euclidean", "cosine", "inner-product")
STORAGES = ("float32", "bfloat16", "int8")
NON_FINITE = ("reject", "map")


def choice(value: str, names: Sequence[str]) -> int:
    """The place of a name among those that there are."""
    if value not in names:
        raise ValueError(f"{value!r} is none of {', '.join(names)}")
    return names.index(value)


def floats(values: ArrayLike) -> NDArray[np.float32]:
    """Floats in order and without gaps."""
    return np.ascontiguousarray(values, dtype=np.float32)


def count_of(rows: NDArray[Any], last: int, name: str) -> int:
    """Rows of an array [..., last]."""
    if rows.ndim == 0 or rows.shape[-1] != last:
        raise ValueError(f"{name} must be [..., {last}]; these are {list(rows.shape)}")
    return rows.size // last


class Codebook(Handle):
    """Codewords, prepared for search. A codebook never changes: threads may share it."""

    _destroy = "lac_codebook_destroy"

    def __init__(
        self,
        codewords: ArrayLike,
        metric: str = "euclidean",
        storage: str = "float32",
        *,
        bits: Optional[ArrayLike] = None,
        rate_weight: float = 0,
    ) -> None:
        """Makes a codebook.

        Parameters
        ----------
        codewords
            [count, dimensions], all finite.
        metric
            What makes one the nearest: ``"euclidean"``, ``"cosine"`` or ``"inner-product"``.
        storage
            ``"float32"``, ``"bfloat16"`` or ``"int8"``; search and decoding use the rounded codewords.
        bits, rate_weight
            [count], what each index costs, and what a bit is worth in squared distance.
        """
        super().__init__()
        words = floats(codewords)
        if words.ndim != 2:
            raise ValueError(f"codewords must be [count, dimensions]; these are {list(words.shape)}")
        costs = None if bits is None else floats(bits)
        if costs is not None and costs.shape != words.shape[:1]:
            raise ValueError(f"bits must be [{words.shape[0]}]; they are {list(costs.shape)}")
        options = _abi.lac_codebook_options(
            choice(metric, METRICS), choice(storage, STORAGES), rate_weight, None if costs is None else address(costs))
        check(lib.lac_codebook_create(address(words), words.shape[0], words.shape[1], byref(options), byref(self._handle)))

    @classmethod
    def train(
        cls,
        vectors: ArrayLike,
        codewords: int,
        metric: str = "euclidean",
        *,
        seed: int = 0,
        iterations: int = 20,
        batch: int = 0,
        vectors_per_codeword: int = 256,
        rate_weight: float = 0,
        threads: int = 0,
    ) -> Tuple[Codebook, float]:
        """Trains a codebook: k-means with k-means++ seeding; the same seed gives the same codewords on every machine.

        Returns
        -------
        Codebook, float
            The codebook, and the mean squared distance that it leaves (with `rate_weight` bits).
        """
        rows = floats(vectors)
        if rows.ndim != 2:
            raise ValueError(f"vectors must be [count, dimensions]; these are {list(rows.shape)}")
        options = _abi.lac_training_options(
            choice(metric, METRICS), seed, iterations, batch, vectors_per_codeword, rate_weight, threads, 0)
        codebook, error = cls.__new__(cls), c_double()
        Handle.__init__(codebook)
        check(lib.lac_codebook_train(
            address(rows), rows.shape[0], rows.shape[1], codewords, byref(options), byref(codebook._handle), byref(error)))
        return codebook, error.value

    @property
    def shape(self) -> Tuple[int, int]:
        """Codewords, and elements of each."""
        properties = _abi.lac_codebook_properties()
        check(lib.lac_codebook_info(self._handle, byref(properties)))
        return properties.count, properties.dimensions

    @property
    def codewords(self) -> NDArray[np.float32]:
        """A copy, as decoding gives them: float32 [count, dimensions]."""
        words = np.empty(self.shape, dtype=np.float32)
        check(lib.lac_codebook_copy(self._handle, address(words), words.size))
        return words
