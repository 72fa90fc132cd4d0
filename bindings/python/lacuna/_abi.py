"""Structures and functions of the C headers, as ctypes wants them; tests/test_abi.py holds them to interop/abi/layout.txt."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_double, c_int32, c_int64, c_size_t, c_ssize_t, c_uint8, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, Sequence, Tuple

ABI_VERSION = 1
UNKNOWN = -(1 << 63)


class Sized(Structure):
    """A structure that begins with its size, which is set from the start."""

    def __init__(self, *values: Any, **fields: Any) -> None:
        super().__init__(ctypes.sizeof(type(self)), *values, **fields)


class lac_init_options(Sized):
    _fields_ = [("struct_size", c_uint32), ("signals", c_int32)]


class lac_counters(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("handles", c_uint32),
        ("native_bytes", c_uint64),
        ("managed_bytes", c_uint64),
        ("managed_allocated", c_uint64),
    ]


class lac_memory(Structure):
    _fields_ = [("context", c_void_p), ("allocate", c_void_p), ("release", c_void_p)]


class lac_runner(Structure):
    _fields_ = [("context", c_void_p), ("workers", c_uint32), ("run", c_void_p)]


class lac_progress(Structure):
    _fields_ = [("context", c_void_p), ("report", c_void_p)]


class lac_frame_allocator(Structure):
    _fields_ = [("context", c_void_p), ("allocate", c_void_p), ("release", c_void_p)]


class lac_frame(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("format", c_int32),
        ("width", c_int32),
        ("height", c_int32),
        ("planes", c_void_p * 4),
        ("strides", c_ssize_t * 4),
        ("pts", c_int64),
        ("duration", c_int64),
        ("offset", c_int64),
        ("user_data", c_void_p),
        ("reference", c_void_p),
    ]


class lac_packet(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("flags", c_uint32),
        ("data", c_void_p),
        ("size", c_size_t),
        ("pts", c_int64),
        ("duration", c_int64),
        ("offset", c_int64),
        ("user_data", c_void_p),
        ("reference", c_void_p),
    ]


class lac_stream_properties(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("version", c_int32),
        ("width", c_int32),
        ("height", c_int32),
        ("channels", c_int32),
        ("has_model", c_int32),
        ("quality", c_double),
        ("model", c_uint64),
    ]


class lac_model_properties(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("embedded", c_int32),
        ("hash", c_uint64),
        ("sha256", c_uint8 * 32),
        ("bytes", c_uint64),
        ("parameters", c_uint64),
    ]


class lac_decoder_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("format", c_int32),
        ("threads", c_int32),
        ("flags", c_uint32),
        ("max_pixels", c_uint64),
        ("max_memory", c_uint64),
        ("max_stream_bytes", c_uint64),
        ("models", POINTER(c_void_p)),
        ("model_count", c_size_t),
        ("memory", lac_memory),
        ("runner", lac_runner),
        ("frames", lac_frame_allocator),
        ("progress", lac_progress),
    ]


class lac_encoder_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("threads", c_int32),
        ("quality", c_double),
        ("max_bytes", c_uint64),
        ("flags", c_uint32),
        ("reserved", c_uint32),
        ("model", c_void_p),
        ("memory", lac_memory),
        ("runner", lac_runner),
        ("progress", lac_progress),
    ]


class lac_image_decode_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("threads", c_int32),
        ("max_pixels", c_int64),
        ("format", c_int32),
        ("reserved", c_uint32),
    ]


_handle = POINTER(c_void_p)
_size = POINTER(c_size_t)

# Name: (what it returns, what it takes).
FUNCTIONS: Dict[str, Tuple[Any, Sequence[Any]]] = {
    "lac_abi_version": (c_uint32, []),
    "lac_version_string": (c_char_p, []),
    "lac_status_name": (c_char_p, [c_int32]),
    "lac_error_detail": (c_size_t, [c_char_p, c_size_t]),
    "lac_isa_level": (c_int32, []),
    "lac_set_isa_level": (c_int32, [c_int32]),
    "lac_cpu_features": (c_uint32, []),
    "lac_init": (c_int32, [POINTER(lac_init_options)]),
    "lac_get_counters": (c_int32, [POINTER(lac_counters)]),
    "lac_probe": (c_int32, [c_void_p, c_size_t]),
    "lac_stream_info": (c_int32, [c_void_p, c_size_t, POINTER(lac_stream_properties)]),
    "lac_estimate_memory": (c_int32, [c_int32, c_int32, c_int32, c_int32, c_int32, POINTER(c_uint64)]),
    "lac_image_decode_into": (c_int32, [c_void_p, c_size_t, POINTER(lac_image_decode_options), c_void_p, c_ssize_t, c_size_t]),
    "lac_decoder_create": (c_int32, [POINTER(lac_decoder_options), _handle]),
    "lac_decoder_send": (c_int32, [c_void_p, POINTER(lac_packet)]),
    "lac_decoder_get": (c_int32, [c_void_p, POINTER(lac_frame)]),
    "lac_decoder_flush": (c_int32, [c_void_p]),
    "lac_decoder_cancel": (c_int32, [c_void_p]),
    "lac_decoder_state_hash": (c_int32, [c_void_p, POINTER(c_uint64)]),
    "lac_decoder_destroy": (c_int32, [_handle]),
    "lac_encoder_create": (c_int32, [POINTER(lac_encoder_options), _handle]),
    "lac_encoder_send": (c_int32, [c_void_p, POINTER(lac_frame)]),
    "lac_encoder_get": (c_int32, [c_void_p, POINTER(lac_packet)]),
    "lac_encoder_flush": (c_int32, [c_void_p]),
    "lac_encoder_cancel": (c_int32, [c_void_p]),
    "lac_encoder_destroy": (c_int32, [_handle]),
    "lac_frame_retain": (c_int32, [POINTER(lac_frame), POINTER(lac_frame)]),
    "lac_frame_release": (c_int32, [POINTER(lac_frame)]),
    "lac_packet_release": (c_int32, [POINTER(lac_packet)]),
    "lac_model_default": (c_int32, [_handle]),
    "lac_model_open_memory": (c_int32, [c_void_p, c_size_t, _handle]),
    "lac_model_open_file": (c_int32, [c_char_p, _handle]),
    "lac_model_release": (c_int32, [_handle]),
    "lac_model_info": (c_int32, [c_void_p, POINTER(lac_model_properties)]),
}
