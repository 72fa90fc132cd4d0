"""Tensors of latents and outputs, and the fused update for solvers of the caller's own."""

from __future__ import annotations

from ctypes import byref, c_int32
from typing import Any, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi_sampling as _abi
from ._native import address, check, lib

FORMATS = ("float32", "float16", "bfloat16")


class UpdateWeights(NamedTuple):
    """The weights of one update::

        m    = output + unconditional's share by guidance
        data = clip(data_output m + data_state state, data_limit)
        next = output m + state state + data data + past[0] past[0] + ... + noise noise
    """

    state: float = 0
    output: float = 0
    data: float = 0
    past: Tuple[float, ...] = ()
    noise: float = 0
    data_state: float = 0
    data_output: float = 0
    data_limit: float = 0
    """0: no limit."""
    guidance: float = 1
    """1: the conditional output."""


class Updated(NamedTuple):
    """What an update gives."""

    next: NDArray[np.float32]
    data: NDArray[np.float32]
    finite: bool
    """Whether every guided output was finite."""


def update(
    weights: UpdateWeights,
    state: ArrayLike,
    output: ArrayLike,
    *,
    unconditional: Optional[ArrayLike] = None,
    past: Sequence[ArrayLike] = (),
    noise: Optional[ArrayLike] = None,
) -> Updated:
    """One fused update in a single pass: each sum in float32 with fused multiply-adds in the order of `UpdateWeights`.

    Parameters
    ----------
    weights
        What the tensors weigh.
    state
        Latents, float32 of any shape.
    output, unconditional
        What the network said to them, with and without the condition: float32, float16 or bfloat16.
    past
        Up to three tensors kept from earlier steps.
    noise
        Standard normal.
    """
    latents = floats_of(state)
    said, format = network_of(output, latents.shape)
    without = None if unconditional is None else network_of(unconditional, latents.shape)
    if without is not None and without[1] != format:
        raise TypeError("the outputs must be of one type")
    if len(past) > 3 or len(weights.past) > 3:
        raise ValueError("an update takes up to three tensors of the past")
    kept = [floats_of(tensor, latents.shape) for tensor in past]
    drawn = None if noise is None else floats_of(noise, latents.shape)
    following, data, finite = np.empty_like(latents), np.empty_like(latents), c_int32()

    numbers = _abi.lac_update_weights(
        weights.guidance, weights.data_state, weights.data_output, weights.data_limit, weights.state, weights.output, weights.data)
    numbers.past[:] = [*weights.past, 0.0, 0.0, 0.0][:3]
    numbers.noise = weights.noise
    tensors = _abi.lac_update_tensors(format, latents.size, address(latents), address(said))
    tensors.unconditional = None if without is None else address(without[0])
    for place, tensor in enumerate(kept):
        tensors.past[place] = address(tensor)
    tensors.noise = None if drawn is None else address(drawn)
    tensors.next, tensors.data = address(following), address(data)
    check(lib.lac_update(byref(numbers), byref(tensors), byref(finite)))
    return Updated(following, data, bool(finite.value))


def floats_of(values: ArrayLike, shape: Optional[Tuple[int, ...]] = None) -> NDArray[np.float32]:
    """A tensor in float32 without gaps, which must have the given shape."""
    array = np.ascontiguousarray(values, dtype=np.float32)
    if shape is not None and array.shape != shape:
        raise ValueError(f"the shape is {list(array.shape)}; it must be {list(shape)}")
    return array


def network_of(values: ArrayLike, shape: Tuple[int, ...]) -> Tuple[NDArray[Any], int]:
    """A network's output as it is where the library takes its type, else in float32; and that type's number."""
    array = np.asarray(values)
    if array.dtype.name not in FORMATS:
        array = array.astype(np.float32)
    if array.shape != shape:
        raise ValueError(f"the shape is {list(array.shape)}; it must be {list(shape)}")
    return np.ascontiguousarray(array), FORMATS.index(array.dtype.name)
