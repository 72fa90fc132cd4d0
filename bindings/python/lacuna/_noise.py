"""Standard normal noise."""

from __future__ import annotations

from ctypes import byref
from typing import Sequence, Union

import numpy as np
from numpy.typing import NDArray

from ._handle import Handle
from ._native import address, check, lib

Shape = Union[int, Sequence[int]]
FIRST = -1


def philox(seed: int, shape: Shape, step: int = FIRST, draw: int = 0, first: int = 0) -> NDArray[np.float32]:
    """Noise that depends on seed, step, draw and element alone, so that threads may each make a part.

    Parameters
    ----------
    seed
        64 bits.
    shape
        Of the array.
    step, draw
        Of a run, and which of the step's; -1: what the first latents are made of.
    first
        The place of the array's first element.
    """
    noise = np.empty(shape, dtype=np.float32)
    check(lib.lac_noise_philox(seed, step, draw, first, address(noise), noise.size))
    return noise


class TorchNoise(Handle):
    """Gives what ``torch.randn`` gives on the CPU after ``torch.manual_seed``, bit for bit."""

    _destroy = "lac_torch_noise_destroy"

    def __init__(self, seed: int) -> None:
        super().__init__()
        check(lib.lac_torch_noise_create(seed & 0xFFFFFFFF, byref(self._handle)))

    def normal(self, shape: Shape) -> NDArray[np.float32]:
        """What one call of ``torch.randn(shape)`` gives."""
        noise = np.empty(shape, dtype=np.float32)
        check(lib.lac_torch_noise_fill(self._handle, address(noise), noise.size))
        return noise
