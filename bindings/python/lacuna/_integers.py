"""Numbers as the coders take them, and the bytes that they write."""

from __future__ import annotations

from ctypes import byref, c_size_t
from typing import Any, Callable, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._native import address, check


def written(bound: int, function: Callable[..., int], *arguments: Any) -> bytes:
    """The bytes that a function writes, of which it takes `bound` at most."""
    destination, written = np.empty(bound, dtype=np.uint8), c_size_t()
    check(function(*arguments, address(destination), destination.size, byref(written)))
    return destination[:written.value].tobytes()


def integers(values: ArrayLike, dtype: Any) -> NDArray[Any]:
    """Integers as an array of another type, in order and without gaps, unless one does not fit."""
    array = np.asarray(values)
    if array.size == 0:
        array = array.astype(dtype)
    if array.dtype.kind not in "iu":
        raise TypeError(f"integers are wanted, not {array.dtype}")
    bounds = np.iinfo(dtype)
    if not np.can_cast(array.dtype, dtype) and (array.min() < bounds.min or array.max() > bounds.max):
        raise ValueError(f"values must be {bounds.min} to {bounds.max}; these are {array.min()} to {array.max()}")
    return np.ascontiguousarray(array, dtype=dtype)


def int16s(values: ArrayLike) -> NDArray[Any]:
    return integers(values, np.int16)


def places(values: ArrayLike) -> NDArray[Any]:
    """Places of tables as uint8 where they are that already, else as uint16."""
    array = np.asarray(values)
    return np.ascontiguousarray(array) if array.dtype == np.uint8 else integers(array, np.uint16)


def pair(symbols: ArrayLike, indices: ArrayLike, take: Callable[[ArrayLike], NDArray[Any]]) -> Tuple[NDArray[Any], NDArray[Any]]:
    values, chosen = take(symbols), places(indices)
    if values.shape != chosen.shape:
        raise ValueError(f"there are {list(values.shape)} symbols and {list(chosen.shape)} indices")
    return values, chosen


def row(values: ArrayLike, dtype: Any, count: int) -> NDArray[Any]:
    """[count] numbers without gaps."""
    array = np.asarray(values)
    array = integers(array, dtype) if np.dtype(dtype).kind in "iu" else np.ascontiguousarray(array, dtype=dtype)
    if array.shape != (count,):
        raise ValueError(f"there must be {count} numbers; the shape is {list(array.shape)}")
    return array
