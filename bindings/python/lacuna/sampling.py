"""Diffusion samplers around a network of the caller's.

    plan = sampling.Sampler.from_config(scheduler.config).plan(20)
    run = plan.run(shape)
    state = plan.begin(sampling.philox(seed, shape))
    for index, step in enumerate(plan):
        output = network(plan.input(index, state), step.timestep)
        state = run.step(state, output, noise=sampling.philox(seed, shape, index))

The same calls give the same bits on every machine. docs/sampling.md tells which schedulers, solvers and fields there are.
"""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Mapping, Optional, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _abi_sampling as _abi
from ._codebook import choice
from ._handle import Handle
from ._native import address, check, lib
from ._noise import FIRST, TorchNoise, philox
from ._plan import Plan, PlanInfo, PlanStep, Run
from ._update import UpdateWeights, update

__all__ = ["Sampler", "Plan", "PlanInfo", "PlanStep", "Run", "TorchNoise", "UpdateWeights", "philox", "update", "FIRST"]

SOLVERS = ("euler", "heun", "dpm2", "lms", "dpm", "dpm-single", "dpm-ancestral", "unipc")
PREDICTIONS = ("noise", "velocity", "data", "flow", "preconditioned", "preconditioned-velocity")
_ETA, _SHIFT, _NOISE_FOLLOWS_CLIPPING = 1, 2, 4


class Sampler(Handle):
    """Noise levels and a rule that goes through them. It never changes: threads may share it."""

    _destroy = "lac_sampler_destroy"

    @classmethod
    def from_config(cls, config: Union[str, bytes, Mapping[str, Any]]) -> Sampler:
        """The sampler that a ``scheduler_config.json`` of diffusers describes: its text, or ``scheduler.config`` itself."""
        text = config if isinstance(config, (str, bytes)) else json.dumps(dict(config))
        data, sampler = text.encode() if isinstance(text, str) else text, cls()
        check(lib.lac_sampler_create_config(data, len(data), byref(sampler._handle)))
        return sampler

    @classmethod
    def of_solver(
        cls,
        solver: str = "euler",
        *,
        order: int = 2,
        prediction: str = "noise",
        eta: float = 0,
        input_variance: float = 1,
        data_deviation: float = 0.5,
    ) -> Sampler:
        """A rule over sigmas that every plan gives, for a network whose data keep their scale.

        Parameters
        ----------
        solver
            ``"euler"``, ``"heun"``, ``"dpm2"``, ``"lms"``, ``"dpm"``, ``"dpm-single"``, ``"dpm-ancestral"`` or ``"unipc"``.
        order
            Of ``"lms"``, ``"dpm"``, ``"dpm-single"`` and ``"unipc"``.
        prediction
            What an output stands for: ``"noise"``, ``"velocity"``, ``"data"``, ``"flow"``, ``"preconditioned"`` or
            ``"preconditioned-velocity"``.
        eta
            Share of the noise that is drawn anew, 0 to 1.
        input_variance
            The input is divided by sqrt(sigma^2 + this); below 0: left as it is.
        data_deviation
            Of the data, for the preconditioned predictions.
        """
        options = _abi.lac_solver_options(
            choice(solver, SOLVERS), order, choice(prediction, PREDICTIONS), eta, input_variance, data_deviation)
        sampler = cls()
        check(lib.lac_sampler_create_solver(byref(options), byref(sampler._handle)))
        return sampler

    def plan(
        self,
        steps: int = 0,
        *,
        timesteps: Optional[ArrayLike] = None,
        sigmas: Optional[ArrayLike] = None,
        strength: float = 1,
        first_step: Optional[int] = None,
        eta: Optional[float] = None,
        shift_logarithm: Optional[float] = None,
        image_tokens: int = 0,
        churn: float = 0,
        lms_order: int = 4,
        noise_follows_clipping: bool = False,
    ) -> Plan:
        """Plans a run.

        Parameters
        ----------
        steps
            Of the run; or
        timesteps, sigmas
            The training steps, or the sigmas and where the run ends, to visit: falling.
        strength, first_step
            How much of the run is made when it begins with a picture, or how many steps are left out.
        eta
            Share of the noise that is drawn anew; None: the scheduler's.
        shift_logarithm, image_tokens
            Of the shift of flow that depends on the picture's size, as it is or from the number of tokens.
        churn, lms_order, noise_follows_clipping
            docs/sampling.md.
        """
        visited, levels = _doubles(timesteps), _doubles(sigmas)
        flags = _ETA * (eta is not None) | _SHIFT * (shift_logarithm is not None) | _NOISE_FOLLOWS_CLIPPING * noise_follows_clipping
        options = _abi.lac_plan_options(
            steps, visited.size and address(visited), visited.size, levels.size and address(levels), levels.size, strength,
            eta or 0, shift_logarithm or 0, churn, -1 if first_step is None else first_step, image_tokens, lms_order, flags)
        plan = Plan()
        check(lib.lac_plan_create(self._handle, byref(options), byref(plan._handle)))
        return plan


def _doubles(values: Optional[ArrayLike]) -> NDArray[np.float64]:
    return np.empty(0) if values is None else np.ascontiguousarray(values, dtype=np.float64).reshape(-1)
