"""Lacuna: images, entropy coding, vector quantisation and samplers with the same bits on every machine.

    stream = lacuna.encode(pixels, quality=60)
    pixels = lacuna.decode(stream)

Modules: `lacuna.rans` and `lacuna.ans` (entropy coding; the calls of CompressAI), `lacuna.vq`, `lacuna.sampling`, `lacuna.payload`.
"""

from __future__ import annotations

from . import ans, payload, rans, sampling, vq
from ._machine import (
    Counters,
    CpuFeatures,
    IsaLevel,
    counters,
    cpu_features,
    crc32c,
    estimate_memory,
    isa_level,
    library_path,
    set_isa_level,
    version,
)
from .decoder import Decoder
from .encoder import Encoder, Packet
from .errors import (
    BufferTooSmallError,
    CallbackError,
    CancelledError,
    FileError,
    InternalError,
    InvalidArgumentError,
    InvalidDataError,
    LacunaError,
    LibraryError,
    LimitExceededError,
    NotAStreamError,
    OutOfMemoryError,
    Status,
    StreamError,
    TruncatedError,
    UnknownModelError,
    UnsupportedError,
    UnsupportedVersionError,
)
from .frames import Frame
from .images import StreamInfo, decode, decode_into, encode, info, probe
from .models import Model, ModelInfo
from .pixels import PixelFormat

__all__ = [
    "encode", "decode", "decode_into", "info", "probe", "estimate_memory",
    "Decoder", "Encoder", "Frame", "Packet", "Model", "ModelInfo", "PixelFormat", "StreamInfo",
    "ans", "payload", "rans", "sampling", "vq", "crc32c",
    "version", "isa_level", "set_isa_level", "cpu_features", "library_path", "counters", "IsaLevel", "CpuFeatures", "Counters",
    "Status", "LacunaError", "LibraryError", "InvalidArgumentError", "OutOfMemoryError", "BufferTooSmallError", "InternalError",
    "CallbackError", "FileError", "UnsupportedError", "StreamError", "TruncatedError", "NotAStreamError", "UnsupportedVersionError",
    "UnknownModelError", "InvalidDataError", "LimitExceededError", "CancelledError",
]
