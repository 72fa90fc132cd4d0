"""The library, the processor, and what the library holds and takes."""

from __future__ import annotations

from ctypes import byref, c_uint64
from enum import IntEnum, IntFlag
from typing import NamedTuple

from . import _abi
from ._native import Bytes, address, bytes_of, check, lib
from .pixels import FormatLike, PixelFormat


class IsaLevel(IntEnum):
    """Instruction sets that a library uses, slowest first. They never change a bit of a result."""

    SCALAR = 0
    VECTOR128 = 1
    AVX2 = 2
    AVX512 = 3


class CpuFeatures(IntFlag):
    """What a processor has, as its operating system allows it."""

    SSE42 = 1 << 0
    AVX = 1 << 1
    AVX2 = 1 << 2
    FMA = 1 << 3
    BMI2 = 1 << 4
    AVX512 = 1 << 5
    AVX512_VBMI = 1 << 6
    AVX512_VBMI2 = 1 << 7
    NEON = 1 << 16


class Counters(NamedTuple):
    """What the library holds."""

    handles: int
    """Objects not yet destroyed: decoders, encoders, models, frames, packets, ..."""
    native_bytes: int
    """Working memory and frames."""
    managed_bytes: int
    """The collected heap's present size."""
    managed_allocated: int
    """Bytes ever allocated on it by all threads."""


def version() -> str:
    """The library's version, such as ``"1.2.3"``."""
    return str(lib.lac_version_string().decode())


def isa_level() -> IsaLevel:
    """The instruction set in use."""
    return IsaLevel(lib.lac_isa_level())


def set_isa_level(level: int) -> None:
    """Lowers the instruction set of the whole process; never raises it."""
    check(lib.lac_set_isa_level(level))


def cpu_features() -> CpuFeatures:
    """What this processor has, whatever the library uses of it."""
    return CpuFeatures(lib.lac_cpu_features())


def library_path() -> str:
    """The file of the library in use; a bare name where the system's loader chose it."""
    return lib.path


def counters() -> Counters:
    """What the library holds now: for tests of leaks, and for monitoring."""
    native = _abi.lac_counters()
    check(lib.lac_get_counters(byref(native)))
    return Counters(native.handles, native.native_bytes, native.managed_bytes, native.managed_allocated)


def crc32c(data: Bytes, crc: int = 0) -> int:
    """CRC-32C (Castagnoli) of bytes; `crc` is that of the bytes before them."""
    array = bytes_of(data)
    return int(lib.lac_crc32c(crc, address(array), array.size))


def estimate_memory(operation: str, width: int, height: int, format: FormatLike = "rgb", threads: int = 0) -> int:
    """Bytes that a call takes at most, before anything is opened: working memory, frame and packed model.

    Parameters
    ----------
    operation
        ``"decode"`` or ``"encode"``.
    width, height, format, threads
        Of the picture, and as for `decode`.
    """
    size = c_uint64()
    kind = ("decode", "encode").index(operation)
    check(lib.lac_estimate_memory(kind, width, height, int(PixelFormat.of(format)), threads, byref(size)))
    return size.value
