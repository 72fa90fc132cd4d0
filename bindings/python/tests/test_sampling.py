"""Diffusion samplers and noise."""

import json
import unittest

import numpy as np

import lacuna
from lacuna import sampling

FLOW = {"_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000, "shift": 3.0}
DDIM = {
    "_class_name": "DDIMScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
    "beta_schedule": "scaled_linear", "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1, "prediction_type": "epsilon"}
SHAPE = (2, 3, 5)


def run(plan, network, *, shape=SHAPE, seed=1, **keywords):
    memory, state = plan.run(shape), plan.begin(sampling.philox(seed, shape))
    for index, step in enumerate(plan):
        output = network(plan.input(index, state), step.timestep)
        state = memory.step(state, output, noise=sampling.philox(seed, shape, index), **keywords)
    return state


class PlanTests(unittest.TestCase):
    def test_ddim_visits_what_its_formulas_say(self):
        plan = sampling.Sampler.from_config(DDIM).plan(20)
        self.assertEqual(20, len(plan))
        np.testing.assert_array_equal(np.arange(20)[::-1] * 50 + 1, plan.timesteps)
        betas = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
        products = np.cumprod(1 - betas)
        for step in plan:
            self.assertAlmostEqual(products[int(step.timestep)] ** 0.5, step.alpha, places=5)
            self.assertAlmostEqual((1 - products[int(step.timestep)]) ** 0.5, step.sigma, places=5)
            self.assertEqual(0, step.noise)
        self.assertEqual(plan[19], plan[-1])
        with self.assertRaises(IndexError):
            plan[20]

    def test_a_configuration_is_a_text_or_a_mapping(self):
        timesteps = [sampling.Sampler.from_config(config).plan(4).timesteps.tolist()
                     for config in (FLOW, json.dumps(FLOW), json.dumps(FLOW).encode())]
        self.assertEqual(timesteps[0], timesteps[1])
        self.assertEqual(timesteps[0], timesteps[2])

    def test_an_unknown_field_or_class_is_named(self):
        with self.assertRaises(lacuna.InvalidArgumentError) as caught:
            sampling.Sampler.from_config({"_class_name": "NoSuchScheduler"})
        self.assertIn("NoSuchScheduler", caught.exception.detail)
        with self.assertRaises(ValueError):
            sampling.Sampler.from_config("{")

    def test_options_decide_the_steps(self):
        sampler = sampling.Sampler.from_config(DDIM)
        self.assertEqual([801, 401, 1], sampler.plan(timesteps=[801, 401, 1]).timesteps.tolist())
        self.assertEqual(12, len(sampler.plan(20, strength=0.6)))
        self.assertEqual(15, len(sampler.plan(20, first_step=5)))
        self.assertGreater(sampler.plan(20, eta=1)[3].noise, 0)
        for keywords in ({"steps": 0}, {"steps": -3}, {"steps": 5, "strength": 2}, {"steps": 5, "eta": -1}, {"timesteps": [1, 801]}):
            with self.subTest(**keywords), self.assertRaises(ValueError):
                sampler.plan(**keywords)


class RunTests(unittest.TestCase):
    def test_a_flow_step_follows_the_velocity(self):
        plan = sampling.Sampler.from_config(FLOW).plan(6)
        memory, state = plan.run(SHAPE), sampling.philox(3, SHAPE)
        for step in plan:
            velocity = np.cos(state)
            expected = state + (step.next_sigma - step.sigma) * velocity
            state = memory.step(state, velocity)
            np.testing.assert_allclose(expected, state, atol=1e-5)
        with self.assertRaises(IndexError):
            memory.step(state, velocity)
        memory.restart()
        memory.step(state, velocity)

    def test_where_the_network_knows_the_data_a_run_ends_with_them(self):
        data = sampling.philox(9, SHAPE)
        sigmas = [80, 20, 6, 2, 0.5, 0]
        for solver in sampling.SOLVERS:
            with self.subTest(solver):
                plan = sampling.Sampler.of_solver(solver, prediction="data").plan(sigmas=sigmas)
                self.assertAlmostEqual(80, plan.info.initial_sigma, places=4)
                np.testing.assert_allclose(data, run(plan, lambda x, t: data), atol=2e-4)

    def test_guidance_moves_from_one_output_to_the_other(self):
        plan = sampling.Sampler.from_config(FLOW).plan(4)
        state, one, other = (sampling.philox(seed, SHAPE) for seed in range(3))
        step = lambda output, **keywords: plan.run(SHAPE).step(state, output, **keywords)  # noqa: E731
        np.testing.assert_array_equal(step(other), step(one, unconditional=other, guidance=0))
        np.testing.assert_allclose(step(one), step(one, unconditional=other, guidance=1), atol=1e-6)
        np.testing.assert_allclose(step(other + 4 * (one - other)), step(one, unconditional=other, guidance=4), atol=1e-5)

    def test_outputs_of_16_bits_are_read_as_they_are(self):
        plan = sampling.Sampler.from_config(FLOW).plan(4)
        state, half = sampling.philox(0, SHAPE), sampling.philox(1, SHAPE).astype(np.float16)
        expected = plan.run(SHAPE).step(state, half.astype(np.float32))
        np.testing.assert_array_equal(expected, plan.run(SHAPE).step(state, half))
        self.assertIs(state, plan.run(SHAPE).step(state, half, out=state))
        np.testing.assert_array_equal(expected, state)

    def test_a_picture_is_where_its_noise_level_says(self):
        plan = sampling.Sampler.from_config(DDIM).plan(20, strength=0.5)
        noise, picture = sampling.philox(1, SHAPE), sampling.philox(2, SHAPE)
        info = plan.info
        np.testing.assert_allclose(
            info.initial_alpha * picture + info.initial_sigma * noise, plan.begin(noise, picture), atol=1e-5)

    def test_outputs_that_are_not_finite_are_told(self):
        memory = sampling.Sampler.from_config(FLOW).plan(4).run(SHAPE)
        bad = np.zeros(SHAPE, dtype=np.float32)
        bad[1, 2, 3] = np.nan
        with self.assertRaises(lacuna.InvalidDataError):
            memory.step(np.ones(SHAPE), bad)

    def test_wrong_arguments_raise(self):
        plan = sampling.Sampler.from_config({**DDIM, "_class_name": "EulerAncestralDiscreteScheduler"}).plan(4)
        memory, zeros = plan.run(SHAPE), np.zeros(SHAPE, dtype=np.float32)
        for call in (
                lambda: memory.step(zeros[:1], zeros, noise=zeros),
                lambda: memory.step(zeros, zeros[:1], noise=zeros),
                lambda: memory.step(zeros, zeros, noise=zeros[:1]),
                lambda: memory.step(zeros, zeros),
                lambda: memory.step(zeros, zeros, noise=zeros, out=np.zeros(SHAPE)),
                lambda: plan.run(()),
                lambda: plan.run((0, 3)),
                lambda: plan.begin(zeros, zeros[0]),
                lambda: plan.input(4, zeros),
                lambda: sampling.Sampler.of_solver("newton")):
            with self.assertRaises(ValueError):
                call()

    def test_an_update_is_its_formula(self):
        state, output, past, noise = (sampling.philox(seed, (4, 6)) for seed in range(4))
        weights = sampling.UpdateWeights(
            state=0.5, output=-0.25, data=2, past=(0.75,), noise=0.1, data_state=1.5, data_output=-0.5, data_limit=1)
        result = sampling.update(weights, state, output, past=[past], noise=noise)
        data = np.clip(-0.5 * output + 1.5 * state, -1, 1)
        np.testing.assert_allclose(data, result.data, atol=1e-6)
        np.testing.assert_allclose(-0.25 * output + 0.5 * state + 2 * data + 0.75 * past + 0.1 * noise, result.next, atol=1e-5)
        self.assertTrue(result.finite)


class NoiseTests(unittest.TestCase):
    def test_philox_is_normal_and_any_part_can_be_made_alone(self):
        noise = sampling.philox(5, 100000)
        self.assertAlmostEqual(0, noise.mean(), delta=0.02)
        self.assertAlmostEqual(1, noise.std(), delta=0.02)
        np.testing.assert_array_equal(noise[777:999], sampling.philox(5, 222, first=777))
        for other in (sampling.philox(6, 100), sampling.philox(5, 100, step=0), sampling.philox(5, 100, draw=1)):
            self.assertFalse((noise[:100] == other).any())

    def test_torch_noise_is_torchs(self):
        # torch.manual_seed(0); torch.randn(4)
        np.testing.assert_allclose(
            [1.5409961, -0.2934289, -2.1787894, 0.56843126], sampling.TorchNoise(0).normal(4), rtol=1e-6)
        try:
            import torch
        except ImportError:
            return
        noise = sampling.TorchNoise(1234)
        torch.manual_seed(1234)
        for shape in ((3, 5), (1, 4, 33), (7,)):
            np.testing.assert_array_equal(torch.randn(shape).numpy(), noise.normal(shape))


if __name__ == "__main__":
    unittest.main()
