"""Bytes and tensors of floats, compressed without loss, in chunks with a checksum each.

    packed = payload.compress(data)
    assert payload.decompress(packed) == data

Neither threads nor the instruction set change a byte. Which method to take: docs/entropy.md.
"""

from __future__ import annotations

from ctypes import byref, c_size_t
from typing import NamedTuple, Optional, Tuple

import numpy as np

from . import _abi_coders as _abi
from ._codebook import choice
from ._native import Bytes, address, bytes_of, check, error_of, lib
from .errors import InvalidDataError, LimitExceededError, Status

__all__ = ["PayloadInfo", "compress", "decompress", "info"]

METHODS = ("auto", "stored", "rans", "adaptive", "lz4", "lz4-frame", "floats")
FLOATS = ("", "bfloat16", "float16", "float32")
MAX_BYTES = 1 << 30


class PayloadInfo(NamedTuple):
    """What a payload says of itself: claims of the data."""

    size: Optional[int]
    """Bytes when decompressed; None for an LZ4 frame that does not tell."""
    chunks: int
    """0 for an LZ4 frame."""
    max_chunk_bytes: int
    """Of the largest chunk when decompressed."""
    methods: Tuple[int, ...]
    """Numbers of the methods in use, as docs/format.md, section 11, has them."""
    is_lz4_frame: bool


def compress(
    data: Bytes,
    method: str = "auto",
    *,
    float_kind: Optional[str] = None,
    lz4_level: int = 0,
    chunk_bytes: int = 1 << 20,
    threads: int = 1,
) -> bytes:
    """Compresses bytes.

    Parameters
    ----------
    data
        Bytes, or an array without gaps, of which the bytes are taken; less than 2 GiB.
    method
        ``"auto"``, ``"stored"``, ``"rans"``, ``"adaptive"``, ``"lz4"``, ``"lz4-frame"`` or ``"floats"``.
    float_kind
        For ``"floats"``: ``"bfloat16"``, ``"float16"`` or ``"float32"``; None: what the array is, else bfloat16.
    lz4_level
        0: fast; 1 to 12: smaller and slower.
    chunk_bytes
        Of input in each chunk, 2^10 to 2^24.
    threads
        0: one a processor.
    """
    source = bytes_of(data)
    if float_kind is None:
        name = getattr(getattr(data, "dtype", None), "name", "")
        float_kind = name if name in FLOATS[1:] else "bfloat16"
    options = _abi.lac_compress_options(choice(method, METHODS), choice(float_kind, FLOATS), lz4_level, chunk_bytes, threads)
    written = c_size_t()
    bound = lib.lac_compress_bound(source.size, byref(options))
    if bound == 0:  # the library has put down why
        raise error_of(Status.INVALID_ARGUMENT)
    packed = np.empty(bound, dtype=np.uint8)
    check(lib.lac_compress(
        address(source), source.size, byref(options), address(packed), packed.size, byref(written)))
    return packed[:written.value].tobytes()


def decompress(data: Bytes, *, max_bytes: int = MAX_BYTES, max_chunk_bytes: int = 0, threads: int = 1) -> bytes:
    """Decompresses a payload, or an LZ4 frame from anywhere.

    Parameters
    ----------
    data
        All of it, and nothing after it.
    max_bytes, max_chunk_bytes
        What declares more is refused; 0: 2^24 bytes a chunk.
    threads
        0: one a processor.

    Raises
    ------
    StreamError
        It is damaged or beyond a limit; the detail tells where the chunk at fault begins.
    """
    source = bytes_of(data)
    declared = info(source).size
    if declared is not None and declared > max_bytes:
        raise LimitExceededError(Status.LIMIT_EXCEEDED, "It is too large.", f"It has {declared} bytes; {max_bytes} are allowed.")
    options = _abi.lac_decompress_options(threads, max_bytes, max_chunk_bytes, 0)
    capacity = min(max_bytes, 4 * source.size + 4096) if declared is None else declared
    while True:
        target, written = np.empty(capacity, dtype=np.uint8), c_size_t()
        status = lib.lac_decompress(
            address(source), source.size, byref(options), address(target), target.size, byref(written))
        if status != Status.BUFFER_TOO_SMALL:
            check(status)
            return target[:written.value].tobytes()
        if declared is not None:
            raise InvalidDataError(Status.INVALID_DATA, "The payload is damaged.", f"It has more than the {declared} bytes that it tells.")
        if capacity == max_bytes:
            raise LimitExceededError(Status.LIMIT_EXCEEDED, "It is too large.", f"It has more than {max_bytes} bytes.")
        capacity = min(max_bytes, 4 * capacity)  # an LZ4 frame that does not tell its length


def info(data: Bytes) -> PayloadInfo:
    """Reads what a payload says of itself, without decoding it."""
    source = bytes_of(data)
    properties = _abi.lac_payload_properties()
    check(lib.lac_payload_info(address(source), source.size, byref(properties)))
    return PayloadInfo(
        None if properties.bytes < 0 else properties.bytes,
        properties.chunks,
        properties.max_chunk_bytes,
        tuple(bit for bit in range(32) if properties.methods >> bit & 1),
        bool(properties.is_lz4_frame))
