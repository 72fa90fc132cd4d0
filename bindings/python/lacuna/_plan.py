"""Plans, which hold every call of a network as numbers, and runs, which carry them out."""

from __future__ import annotations

from ctypes import byref
from typing import Iterator, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi_sampling as _abi
from ._handle import Handle
from ._native import address, check, lib
from ._update import floats_of, network_of
from .errors import Status


class PlanInfo(NamedTuple):
    """What a plan is."""

    steps: int
    """Calls of the network."""
    initial_deviation: float
    """Of the first latents, where they are noise alone."""
    initial_alpha: float
    """Of the data in the first latents."""
    initial_sigma: float
    """Of the noise in them."""


class PlanStep(NamedTuple):
    """One call of the network and the update after it."""

    timestep: float
    """What the network is told."""
    input_scale: float
    """What latents are multiplied with for the network."""
    alpha: float
    """Weight of the data in the latents that the network sees."""
    sigma: float
    """Deviation of the noise in them."""
    next_alpha: float
    next_sigma: float
    noise: float
    """Weight of new noise in the update; 0: it needs none."""
    draws_noise: bool
    """Whether a sequential generator draws here, even where the noise weighs nothing."""


class Plan(Handle):
    """Every call of the network of one run, as numbers: a sequence of `PlanStep`. It never changes: threads may share it."""

    _destroy = "lac_plan_destroy"

    @property
    def info(self) -> PlanInfo:
        """What the plan is."""
        native = _abi.lac_plan_properties()
        check(lib.lac_plan_info(self._handle, byref(native)))
        return PlanInfo(native.steps, native.initial_deviation, native.initial_alpha, native.initial_sigma)

    def __len__(self) -> int:
        return self.info.steps

    def __getitem__(self, index: int) -> PlanStep:
        count = len(self)
        if not -count <= index < count:
            raise IndexError(f"step {index} of {count}")
        native = _abi.lac_plan_step()
        check(lib.lac_plan_step_info(self._handle, index % count, byref(native)))
        return PlanStep(
            native.timestep, native.input_scale, native.alpha, native.sigma, native.next_alpha, native.next_sigma, native.noise,
            bool(native.draws_noise))

    def __iter__(self) -> Iterator[PlanStep]:
        return (self[index] for index in range(len(self)))

    @property
    def timesteps(self) -> NDArray[np.float64]:
        """What the network is told, call by call."""
        return np.array([step.timestep for step in self])

    def begin(self, noise: ArrayLike, picture: Optional[ArrayLike] = None) -> NDArray[np.float32]:
        """The first latents: of standard normal noise alone, or of the latents of a picture with noise."""
        drawn = floats_of(noise)
        known = None if picture is None else floats_of(picture, drawn.shape)
        state = np.empty_like(drawn)
        check(lib.lac_plan_begin(
            self._handle, None if known is None else address(known), address(drawn), address(state), state.size))
        return state

    def input(self, index: int, state: ArrayLike) -> NDArray[np.float32]:
        """Latents scaled for the network's call `index`."""
        latents = floats_of(state)
        scaled = np.empty_like(latents)
        check(lib.lac_plan_input(self._handle, index, address(latents), address(scaled), scaled.size))
        return scaled

    def run(self, shape: Sequence[int]) -> Run:
        """Memory for runs of latents [pictures, ...]."""
        return Run(self, shape)


class Run(Handle):
    """Carries the steps of a plan out, one after the other. Calls wait for each other."""

    _destroy = "lac_run_destroy"

    def __init__(self, plan: Plan, shape: Sequence[int]) -> None:
        """Takes memory for latents [pictures, ...], each picture thresholded by itself."""
        super().__init__()
        self._shape: Tuple[int, ...] = tuple(shape)
        if not self._shape or min(self._shape) < 1:
            raise ValueError(f"latents are [pictures, ...]; this is {list(self._shape)}")
        elements = int(np.prod(self._shape[1:], dtype=np.int64))
        check(lib.lac_run_create(plan._handle, self._shape[0], elements, byref(self._handle)))

    def step(
        self,
        state: ArrayLike,
        output: ArrayLike,
        *,
        unconditional: Optional[ArrayLike] = None,
        guidance: float = 1,
        noise: Optional[ArrayLike] = None,
        out: Optional[NDArray[np.float32]] = None,
    ) -> NDArray[np.float32]:
        """Carries the next step out.

        Parameters
        ----------
        state
            Latents, float32.
        output
            What the network said to them: float32, float16 or bfloat16.
        unconditional, guidance
            What it said without the condition, and the scale: 0 gives the unconditional output, 1 the conditional.
        noise
            Standard normal; needed where `PlanStep.noise` is not 0.
        out
            Receives the next latents; may be `state`. None: a new array does.

        Returns
        -------
        ndarray
            The next latents.

        Raises
        ------
        InvalidDataError
            The network's output was not finite; the run begins anew.
        IndexError
            All steps are done; see `restart`.
        """
        said, format = network_of(output, self._shape)
        without = None if unconditional is None else network_of(unconditional, self._shape)
        if without is not None and without[1] != format:
            raise TypeError("the outputs must be of one type")
        drawn = None if noise is None else floats_of(noise, self._shape)
        if out is None:
            latents = np.array(floats_of(state, self._shape))
        else:
            latents = out
            if out.shape != self._shape or out.dtype != np.float32 or not out.flags.c_contiguous or not out.flags.writeable:
                raise ValueError(f"out must be float32 {list(self._shape)} without gaps, and not read-only")
            if out is not state:
                out[...] = floats_of(state, self._shape)
        status = check(lib.lac_run_step(
            self._handle, address(latents), address(said), format, None if without is None else address(without[0]), guidance,
            None if drawn is None else address(drawn)))
        if status == Status.END:
            raise IndexError("all steps are done")
        return latents

    def restart(self) -> None:
        """Begins anew with the first step."""
        check(lib.lac_run_restart(self._handle))
