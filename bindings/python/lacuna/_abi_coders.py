"""Structures and functions of rans.h, vq.h, checksum.h and payload.h; see _abi."""

from __future__ import annotations

from ctypes import POINTER, c_double, c_float, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, Sequence, Tuple

from ._abi import Sized


class lac_codebook_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32), ("metric", c_int32), ("storage", c_int32), ("lambda", c_float), ("bits", c_void_p)]


class lac_training_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("metric", c_int32),
        ("seed", c_uint64),
        ("iterations", c_int32),
        ("batch", c_int32),
        ("vectors_per_codeword", c_int32),
        ("lambda", c_float),
        ("threads", c_int32),
        ("reserved", c_uint32),
    ]


class lac_codebook_properties(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("metric", c_int32),
        ("storage", c_int32),
        ("reserved", c_uint32),
        ("count", c_uint64),
        ("dimensions", c_uint64),
    ]


class lac_vq_options(Sized):
    _fields_ = [("struct_size", c_uint32), ("beam", c_int32), ("non_finite", c_int32), ("threads", c_int32)]


class lac_vq_properties(Sized):
    _fields_ = [("struct_size", c_uint32), ("dimensions", c_int32), ("indices_per_vector", c_int32), ("stages", c_int32)]


class lac_compress_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("method", c_int32),
        ("float_kind", c_int32),
        ("lz4_level", c_int32),
        ("chunk_bytes", c_int32),
        ("threads", c_int32),
    ]


class lac_decompress_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("threads", c_int32),
        ("max_bytes", c_uint64),
        ("max_chunk_bytes", c_int32),
        ("reserved", c_uint32),
    ]


class lac_payload_properties(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("chunks", c_int32),
        ("bytes", c_int64),
        ("max_chunk_bytes", c_int32),
        ("methods", c_uint32),
        ("is_lz4_frame", c_int32),
        ("reserved", c_uint32),
    ]


_handle, _size = POINTER(c_void_p), POINTER(c_size_t)
_bytes = [c_void_p, c_size_t]

# Name: (what it returns, what it takes).
FUNCTIONS: Dict[str, Tuple[Any, Sequence[Any]]] = {
    "lac_crc32c": (c_uint32, [c_uint32, *_bytes]),
    "lac_tables_create_scales": (c_int32, [c_int32, c_void_p, c_size_t, _handle]),
    "lac_tables_create_cdfs": (c_int32, [c_void_p, c_size_t, c_size_t, c_void_p, c_void_p, _handle]),
    "lac_tables_create_weights": (c_int32, [c_void_p, c_size_t, c_size_t, c_void_p, c_void_p, _handle]),
    "lac_tables_create_fitted": (c_int32, [c_void_p, c_size_t, c_size_t, c_size_t, c_void_p, _handle]),
    "lac_tables_write_bound": (c_size_t, [c_size_t]),
    "lac_tables_write": (c_int32, [c_void_p, *_bytes, _size]),
    "lac_tables_read": (c_int32, [*_bytes, c_size_t, _handle, _size]),
    "lac_tables_count": (c_int32, [c_void_p, _size]),
    "lac_tables_estimate": (c_int32, [c_void_p, c_void_p, c_int32, c_void_p, c_size_t, POINTER(c_double)]),
    "lac_tables_destroy": (c_int32, [_handle]),
    "lac_rans_indexed_bound": (c_size_t, [c_size_t]),
    "lac_rans_indexed_encode": (c_int32, [c_void_p, c_void_p, c_int32, c_void_p, c_size_t, c_int32, *_bytes, _size]),
    "lac_rans_indexed_decode": (c_int32, [c_void_p, *_bytes, c_void_p, c_int32, c_void_p, c_size_t]),
    "lac_rans_decoder_create": (c_int32, [_handle]),
    "lac_rans_decoder_begin": (c_int32, [c_void_p, c_void_p, *_bytes, c_size_t]),
    "lac_rans_decoder_decode": (c_int32, [c_void_p, c_void_p, c_int32, c_void_p, c_size_t]),
    "lac_rans_decoder_finish": (c_int32, [c_void_p]),
    "lac_rans_decoder_destroy": (c_int32, [_handle]),
    "lac_rans_wide_bound": (c_size_t, [c_size_t]),
    "lac_rans_wide_encode": (
        c_int32, [c_void_p, c_void_p, c_int32, c_void_p, c_size_t, c_int32, c_int32, *_bytes, _size]),
    "lac_rans_wide_decode": (c_int32, [c_void_p, *_bytes, c_void_p, c_int32, c_void_p, c_size_t]),
    "lac_static_table_create": (c_int32, [c_void_p, _handle]),
    "lac_static_table_write": (c_int32, [c_void_p, *_bytes, _size]),
    "lac_static_table_read": (c_int32, [*_bytes, _handle, _size]),
    "lac_static_table_destroy": (c_int32, [_handle]),
    "lac_rans_static_bound": (c_size_t, [c_size_t]),
    "lac_rans_static_encode": (c_int32, [c_void_p, *_bytes, c_int32, *_bytes, _size]),
    "lac_rans_static_decode": (c_int32, [c_void_p, *_bytes, *_bytes]),
    "lac_codebook_create": (c_int32, [c_void_p, c_size_t, c_size_t, POINTER(lac_codebook_options), _handle]),
    "lac_codebook_train": (
        c_int32, [c_void_p, c_size_t, c_size_t, c_size_t, POINTER(lac_training_options), _handle, POINTER(c_double)]),
    "lac_codebook_info": (c_int32, [c_void_p, POINTER(lac_codebook_properties)]),
    "lac_codebook_copy": (c_int32, [c_void_p, c_void_p, c_size_t]),
    "lac_codebook_destroy": (c_int32, [_handle]),
    "lac_vq_create_residual": (c_int32, [_handle, c_size_t, POINTER(lac_vq_options), _handle]),
    "lac_vq_create_product": (c_int32, [_handle, c_size_t, POINTER(lac_vq_options), _handle]),
    "lac_vq_open_memory": (c_int32, [*_bytes, POINTER(lac_vq_options), _handle]),
    "lac_vq_create_prefix": (c_int32, [c_void_p, c_int32, _handle]),
    "lac_vq_info": (c_int32, [c_void_p, POINTER(lac_vq_properties)]),
    "lac_vq_codewords": (c_int32, [c_void_p, c_void_p, c_size_t]),
    "lac_vq_encode": (c_int32, [c_void_p, c_void_p, c_size_t, c_void_p]),
    "lac_vq_decode": (c_int32, [c_void_p, c_void_p, c_size_t, c_int32, c_void_p]),
    "lac_vq_destroy": (c_int32, [_handle]),
    "lac_grid_create_fsq": (c_int32, [c_void_p, c_size_t, c_int32, _handle]),
    "lac_grid_create_lfq": (c_int32, [c_size_t, c_float, _handle]),
    "lac_grid_create_bsq": (c_int32, [c_size_t, _handle]),
    "lac_grid_info": (c_int32, [c_void_p, POINTER(c_int32), POINTER(c_int64)]),
    "lac_grid_encode": (c_int32, [c_void_p, c_void_p, c_size_t, c_int32, c_void_p]),
    "lac_grid_decode": (c_int32, [c_void_p, c_void_p, c_size_t, c_void_p]),
    "lac_grid_destroy": (c_int32, [_handle]),
    "lac_compress_bound": (c_size_t, [c_size_t, POINTER(lac_compress_options)]),
    "lac_compress": (c_int32, [*_bytes, POINTER(lac_compress_options), *_bytes, _size]),
    "lac_decompress": (c_int32, [*_bytes, POINTER(lac_decompress_options), *_bytes, _size]),
    "lac_payload_info": (c_int32, [*_bytes, POINTER(lac_payload_properties)]),
}
