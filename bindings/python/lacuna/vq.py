"""Vector quantisation: vectors to indices, and indices back.

Vectors are float32 [..., dimensions], indices [..., indices of a vector]. Indices are exact: the same on every machine and with any
number of threads; of codewords that are equally near the lowest index wins. docs/vector-quantization.md tells what is searched.
"""

from __future__ import annotations

from ctypes import POINTER, byref, c_void_p, cast
from typing import Any, List, NamedTuple, Sequence, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi_coders as _abi
from ._codebook import NON_FINITE, Codebook, choice, count_of, floats
from ._grid import Grid
from ._handle import Handle
from ._native import Bytes, address, bytes_of, check, lib

__all__ = ["Codebook", "Quantizer", "Grid", "nearest"]


class QuantizerInfo(NamedTuple):
    """What a quantiser is."""

    dimensions: int
    indices_per_vector: int
    stages: int
    """Of the longest chain of residuals."""


class Quantizer(Handle):
    """Quantises with stored codewords. Calls wait for each other: use one a thread."""

    _destroy = "lac_vq_destroy"

    @classmethod
    def residual(
        cls, codebooks: Sequence[Union[Codebook, ArrayLike]], *, beam: int = 1, non_finite: str = "reject", threads: int = 1,
    ) -> Quantizer:
        """Stages that each encode what the ones before have left; with one codebook: flat quantisation.

        Parameters
        ----------
        codebooks
            Of the same dimensions; arrays are taken as Euclidean codebooks.
        beam
            Paths that are followed, 1 to 64.
        non_finite
            ``"reject"``: NaN and infinity raise; ``"map"``: they count as 0 and the greatest number.
        threads
            0: one a processor. They change no bit.
        """
        return cls._of("lac_vq_create_residual", codebooks, _options(beam, non_finite, threads))

    @classmethod
    def product(
        cls, codebooks: Sequence[Union[Codebook, ArrayLike]], *, non_finite: str = "reject", threads: int = 1) -> Quantizer:
        """Neighbouring parts of a vector, each with a codebook of its own."""
        return cls._of("lac_vq_create_product", codebooks, _options(1, non_finite, threads))

    @classmethod
    def open(cls, data: Bytes, *, beam: int = 1, non_finite: str = "reject", threads: int = 1) -> Quantizer:
        """The quantiser of a safetensors file: Lacuna's, or a checkpoint of EnCodec, DAC or Mimi."""
        source, quantizer = bytes_of(data), cls()
        options = _options(beam, non_finite, threads)
        check(lib.lac_vq_open_memory(address(source), source.size, byref(options), byref(quantizer._handle)))
        return quantizer

    @property
    def info(self) -> QuantizerInfo:
        """What the quantiser is."""
        properties = _abi.lac_vq_properties()
        check(lib.lac_vq_info(self._handle, byref(properties)))
        return QuantizerInfo(properties.dimensions, properties.indices_per_vector, properties.stages)

    @property
    def codewords(self) -> List[int]:
        """How many values each index of a vector may take."""
        counts = np.empty(self.info.indices_per_vector, dtype=np.int32)
        check(lib.lac_vq_codewords(self._handle, address(counts), counts.size))
        return [int(count) for count in counts]

    def prefix(self, stages: int) -> Quantizer:
        """The quantiser of the first stages, which shares the codebooks."""
        shorter = type(self)()
        check(lib.lac_vq_create_prefix(self._handle, stages, byref(shorter._handle)))
        return shorter

    def encode(self, vectors: ArrayLike) -> NDArray[np.int32]:
        """Indices of the codewords of vectors: int32 [..., indices of a vector]."""
        info, rows = self.info, floats(vectors)
        count = count_of(rows, info.dimensions, "vectors")
        indices = np.empty((*rows.shape[:-1], info.indices_per_vector), dtype=np.int32)
        check(lib.lac_vq_encode(self._handle, address(rows), count, address(indices)))
        return indices

    def decode(self, indices: ArrayLike, stages: int = 0) -> NDArray[np.float32]:
        """The vectors that indices stand for, float32 [..., dimensions]; with so many of the first stages, 0: all."""
        info, chosen = self.info, np.ascontiguousarray(indices, dtype=np.int32)
        count = count_of(chosen, info.indices_per_vector, "indices")
        vectors = np.empty((*chosen.shape[:-1], info.dimensions), dtype=np.float32)
        check(lib.lac_vq_decode(self._handle, address(chosen), count, stages, address(vectors)))
        return vectors

    @classmethod
    def _of(cls, function: str, codebooks: Sequence[Union[Codebook, ArrayLike]], options: Any) -> Quantizer:
        books = [book if isinstance(book, Codebook) else Codebook(book) for book in codebooks]
        handles = (c_void_p * len(books))(*[book._handle for book in books])
        quantizer = cls()
        check(getattr(lib, function)(
            cast(handles, POINTER(c_void_p)), len(books), byref(options), byref(quantizer._handle)))
        return quantizer


def nearest(vectors: ArrayLike, codewords: Union[Codebook, ArrayLike], metric: str = "euclidean", threads: int = 1) -> NDArray[np.int32]:
    """Index of the nearest codeword of each vector [..., dimensions]: int32 [...]."""
    book = codewords if isinstance(codewords, Codebook) else Codebook(codewords, metric)
    with Quantizer.residual([book], threads=threads) as quantizer:
        return quantizer.encode(vectors)[..., 0]


def _options(beam: int, non_finite: str, threads: int) -> _abi.lac_vq_options:
    return _abi.lac_vq_options(beam, choice(non_finite, NON_FINITE), threads)
