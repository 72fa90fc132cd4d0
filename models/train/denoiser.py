#!/usr/bin/env python3
"""Trains the tiny denoiser and writes it for both of the engine's executors.

    python3 denoiser.py --data PICTURES --out models/denoiser --seconds 600 --threads 2

Writes OUT.safetensors (float32, for engine/Networks) and OUT.onnx (the same weights, for ONNX Runtime), each under 200 KB.
It predicts the velocity v = alpha * noise - sigma * x0 of RGB pictures of 16 x 16 in -1..1, under the squared cosine schedule of
1000 timesteps (diffusers: "squaredcos_cap_v2", "v_prediction"). The operations are those of network.py.
"""

import argparse
import json
import math
import pathlib
import struct
import time

import numpy as np
import torch
import torch.nn as nn
from PIL import Image

from network import Block

CHANNELS = 40
BLOCKS = 4
TIMESTEPS = 1000
ROWS = 17  # of the table of timesteps: its vectors are linear between TIMESTEPS / (ROWS - 1) * row
SIDE = 16


class Denoiser(nn.Module):
    """[batch, 3, height, width] and timesteps [1] or [batch] to [batch, 3, height, width]; height and width are even."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Conv2d(3, CHANNELS, 2, stride=2)  # an unshuffle and a 1x1 convolution
        self.blocks = nn.ModuleList(Block(CHANNELS) for _ in range(BLOCKS))
        self.times = nn.Parameter(torch.randn(ROWS, BLOCKS * CHANNELS) * 0.1)
        self.leave = nn.Conv2d(CHANNELS, 12, 1)
        self.register_buffer("knots", torch.arange(ROWS).float()[None, :])

    def forward(self, sample, timestep):
        hats = torch.relu(1 - (timestep[:, None] * ((ROWS - 1) / TIMESTEPS) - self.knots).abs())
        times = (hats @ self.times)[:, :, None, None]
        x = self.enter(sample)
        for index, block in enumerate(self.blocks):
            x = block(x + times[:, index * CHANNELS:(index + 1) * CHANNELS])
        return nn.functional.pixel_shuffle(self.leave(x), 2)


def alphas_cumprod():
    def bar(t):
        return math.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2

    betas = [min(1 - bar((i + 1) / TIMESTEPS) / bar(i / TIMESTEPS), 0.999) for i in range(TIMESTEPS)]
    return torch.tensor(np.cumprod(1 - np.array(betas)), dtype=torch.float32)


class Pictures:
    """Every picture at 1/2 to 1/16 of its size; a patch is 16 x 16 pixels of one of them."""

    def __init__(self, folder):
        self.levels = [[], [], [], []]
        for file in sorted(pathlib.Path(folder).glob("**/*.jpg")):
            picture = Image.open(file).convert("RGB")
            for level, shrink in zip(self.levels, (2, 4, 8, 16)):
                level.append(np.asarray(picture.resize((picture.width // shrink, picture.height // shrink), Image.BOX)))
        self.chance = np.random.default_rng(1)

    def patches(self, count):
        batch = np.empty((count, SIDE, SIDE, 3), np.uint8)
        for patch in batch:
            level = self.levels[self.chance.integers(len(self.levels))]
            picture = level[self.chance.integers(len(level))]
            top, left = (self.chance.integers(size - SIDE + 1) for size in picture.shape[:2])
            patch[:] = picture[top:top + SIDE, left:left + SIDE, :][:, ::self.chance.choice((-1, 1))]
        return torch.from_numpy(batch).permute(0, 3, 1, 2).float() / 127.5 - 1


def train(model, data, seconds, batch):
    average = {name: value.clone() for name, value in model.state_dict().items()}
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    bars = alphas_cumprod()
    start, step, loss_mean = time.time(), 0, 0.0
    while (share := (time.time() - start) / seconds) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 100) * (0.02 + 0.98 * (1 + math.cos(math.pi * share)) / 2)
        clean = data.patches(batch)
        timestep = torch.randint(TIMESTEPS, (batch,))
        alpha, sigma = (value.sqrt()[:, None, None, None] for value in (bars[timestep], 1 - bars[timestep]))
        noise = torch.randn_like(clean)
        wanted = alpha * noise - sigma * clean
        loss = (model(alpha * clean + sigma * noise, timestep.float()) - wanted).square().mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimiser.step()
        step += 1
        decay = min(0.998, step / (step + 10))
        for name, value in model.state_dict().items():
            average[name].lerp_(value, 1 - decay)
        loss_mean += (loss.item() - loss_mean) * max(0.005, 1 / step)
        if step % 200 == 0:
            print(f"step {step}  {time.time() - start:.0f} s  loss {loss_mean:.4f}", flush=True)
    model.load_state_dict(average)
    return step, loss_mean


def interleave(rows):
    """From PyTorch's order of unshuffled channels (channel, row, column) to Lacuna's (row, column, channel), along axis 0."""
    return rows.reshape(3, 2, 2, -1).permute(1, 2, 0, 3).reshape(rows.shape)


def tensors_of(model):
    state = {name: value.detach() for name, value in model.state_dict().items()}

    def matrix(name):
        weight = state[name + ".weight"]
        return weight.reshape(weight.shape[0], -1), state[name + ".bias"]

    tensors = {"times": state["times"]}
    weight, bias = matrix("enter")
    tensors["enter.weight"], tensors["enter.bias"] = interleave(weight.T.contiguous()).T, bias
    weight, bias = matrix("leave")
    tensors["leave.weight"], tensors["leave.bias"] = interleave(weight.contiguous()), interleave(bias[:, None].contiguous())[:, 0]
    for index in range(BLOCKS):
        for layer in ("mix_in", "mix_out", "expand", "reduce"):
            tensors[f"block.{index}.{layer}.weight"], tensors[f"block.{index}.{layer}.bias"] = matrix(f"blocks.{index}.{layer}")
        depthwise = state[f"blocks.{index}.depthwise.weight"]
        tensors[f"block.{index}.depthwise.weight"] = depthwise.reshape(CHANNELS, 9).T
        tensors[f"block.{index}.depthwise.bias"] = state[f"blocks.{index}.depthwise.bias"]
    return tensors


def write_safetensors(model, path):
    header, body = {}, b""
    for name, value in tensors_of(model).items():
        data = value.contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def write_onnx(model, path):
    torch.onnx.export(
        model, (torch.zeros(1, 3, SIDE, SIDE), torch.zeros(1)), str(path), opset_version=13, input_names=["sample", "timestep"],
        output_names=["out_sample"],
        dynamic_axes={name: {0: "batch", 2: "height", 3: "width"} for name in ("sample", "out_sample")})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="folder of JPEG pictures")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="path of the files, without their endings")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = Denoiser()
    print(sum(parameter.numel() for parameter in model.parameters()), "parameters")
    steps, loss = train(model, Pictures(options.data), options.seconds, options.batch)
    print(f"{steps} steps, loss {loss:.4f}")
    model.eval()
    write_safetensors(model, options.out.with_suffix(".safetensors"))
    write_onnx(model, options.out.with_suffix(".onnx"))


if __name__ == "__main__":
    main()
