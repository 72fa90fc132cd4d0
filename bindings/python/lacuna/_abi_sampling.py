"""Structures and functions of sampling.h; see _abi."""

from __future__ import annotations

from ctypes import POINTER, c_char_p, c_double, c_float, c_int32, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, Sequence, Tuple

from ._abi import Sized


class lac_solver_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("solver", c_int32),
        ("order", c_int32),
        ("prediction", c_int32),
        ("eta", c_double),
        ("input_variance", c_double),
        ("data_deviation", c_double),
    ]


class lac_plan_options(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("steps", c_int32),
        ("timesteps", c_void_p),
        ("timestep_count", c_size_t),
        ("sigmas", c_void_p),
        ("sigma_count", c_size_t),
        ("strength", c_double),
        ("eta", c_double),
        ("shift_logarithm", c_double),
        ("churn", c_double),
        ("first_step", c_int32),
        ("image_tokens", c_int32),
        ("lms_order", c_int32),
        ("flags", c_uint32),
    ]


class lac_plan_properties(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("steps", c_int32),
        ("initial_deviation", c_double),
        ("initial_alpha", c_double),
        ("initial_sigma", c_double),
    ]


class lac_plan_step(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("draws_noise", c_int32),
        ("timestep", c_double),
        ("input_scale", c_double),
        ("alpha", c_double),
        ("sigma", c_double),
        ("next_alpha", c_double),
        ("next_sigma", c_double),
        ("noise", c_double),
    ]


class lac_update_weights(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("guidance", c_float),
        ("data_state", c_float),
        ("data_output", c_float),
        ("data_limit", c_float),
        ("state", c_float),
        ("output", c_float),
        ("data", c_float),
        ("past", c_float * 3),
        ("noise", c_float),
    ]


class lac_update_tensors(Sized):
    _fields_ = [
        ("struct_size", c_uint32),
        ("format", c_int32),
        ("count", c_size_t),
        ("state", c_void_p),
        ("output", c_void_p),
        ("unconditional", c_void_p),
        ("past", c_void_p * 3),
        ("noise", c_void_p),
        ("next", c_void_p),
        ("data", c_void_p),
    ]


_handle = POINTER(c_void_p)

# Name: (what it returns, what it takes).
FUNCTIONS: Dict[str, Tuple[Any, Sequence[Any]]] = {
    "lac_sampler_create_config": (c_int32, [c_char_p, c_size_t, _handle]),
    "lac_sampler_create_solver": (c_int32, [POINTER(lac_solver_options), _handle]),
    "lac_sampler_destroy": (c_int32, [_handle]),
    "lac_plan_create": (c_int32, [c_void_p, POINTER(lac_plan_options), _handle]),
    "lac_plan_info": (c_int32, [c_void_p, POINTER(lac_plan_properties)]),
    "lac_plan_step_info": (c_int32, [c_void_p, c_int32, POINTER(lac_plan_step)]),
    "lac_plan_begin": (c_int32, [c_void_p, c_void_p, c_void_p, c_void_p, c_size_t]),
    "lac_plan_input": (c_int32, [c_void_p, c_int32, c_void_p, c_void_p, c_size_t]),
    "lac_plan_destroy": (c_int32, [_handle]),
    "lac_run_create": (c_int32, [c_void_p, c_size_t, c_size_t, _handle]),
    "lac_run_step": (c_int32, [c_void_p, c_void_p, c_void_p, c_int32, c_void_p, c_float, c_void_p]),
    "lac_run_restart": (c_int32, [c_void_p]),
    "lac_run_destroy": (c_int32, [_handle]),
    "lac_noise_philox": (c_int32, [c_uint64, c_int32, c_int32, c_uint64, c_void_p, c_size_t]),
    "lac_torch_noise_create": (c_int32, [c_uint64, _handle]),
    "lac_torch_noise_fill": (c_int32, [c_void_p, c_void_p, c_size_t]),
    "lac_torch_noise_destroy": (c_int32, [_handle]),
    "lac_update": (c_int32, [POINTER(lac_update_weights), POINTER(lac_update_tensors), POINTER(c_int32)]),
}
