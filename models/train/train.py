#!/usr/bin/env python3
"""Trains the image codec; stops and resumes at any time.

    python3 train.py --data DIR --run DIR [--seconds N] [--threads N] [--test DIR]

A run is a folder: `checkpoint.pt` (network, averaged network, optimiser, counters) and `log.csv` (one line an
evaluation: hours of training, steps, and rate and quality on the test pictures). Starting again with the same folder
continues it, on this machine or another one. CUDA is used where there is one.

Loss: (lambda * 255^2 * MSE + bits a pixel) / sqrt(lambda / 0.013), lambda = 0.0008 * 2^level, level random in 0..9.
"""

import argparse
import csv
import glob
import math
import os
import time

import numpy as np
import torch
from PIL import Image

from export import state_from
from network import LAMBDA, QUALITY_ROWS, Codec, start_as_transform_codec

TEST_LEVELS = (1.5, 3.0, 4.5, 6.0, 7.5)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="folder of training pictures (.jpg, .png), each at least a crop a side")
    parser.add_argument("--run", required=True, help="folder of the run; made if absent, continued if not")
    parser.add_argument("--start", help="model file to start a new run from; none: a Karhunen-Loeve transform codec")
    parser.add_argument("--test", help="folder of test pictures (.png); none: no evaluation")
    parser.add_argument("--test-count", type=int, default=6, help="test pictures an evaluation; 0: all")
    parser.add_argument("--seconds", type=float, default=600, help="how long to train this time")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--crop", type=int, default=128, help="side of a training crop, a multiple of 64")
    parser.add_argument("--levels", type=float, nargs=2, default=(0, QUALITY_ROWS - 1), metavar=("FROM", "TO"),
                        help="three crops of four take a level from this range, the others from all levels")
    parser.add_argument("--rate", type=float, default=4e-4, help="learning rate")
    parser.add_argument("--decay", action="store_true", help="lower the learning rate to 2 %% over this call (the last one)")
    parser.add_argument("--average", type=float, default=0.999, help="decay a step of the averaged network")
    parser.add_argument("--every", type=float, default=600, help="seconds between checkpoints and evaluations")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def pictures(folder):
    names = sorted(glob.glob(os.path.join(folder, "*.jpg")) + glob.glob(os.path.join(folder, "*.png")))
    return [np.asarray(Image.open(name).convert("RGB")) for name in names]


def to_tensor(pixels, device):
    x = torch.from_numpy(np.ascontiguousarray(pixels)).to(device)
    return x.permute(0, 3, 1, 2).float().div_(255).contiguous(memory_format=torch.channels_last)


def crops(images, count, size, random):
    """Random crops with the eight symmetries of the square."""
    out = np.empty((count, size, size, 3), np.uint8)
    for index in range(count):
        image = images[random.integers(len(images))]
        top, left = random.integers(image.shape[0] - size + 1), random.integers(image.shape[1] - size + 1)
        crop = image[top:top + size, left:left + size]
        if random.random() < 0.5:
            crop = crop[:, ::-1]
        if random.random() < 0.5:
            crop = crop[::-1]
        if random.random() < 0.25:
            crop = crop.transpose(1, 0, 2)
        out[index] = crop
    return out


@torch.no_grad()
def evaluate(codec, images, device):
    """[(bits a pixel, dB)] a test level: means over the pictures of the estimated rate and of the PSNR in RGB."""
    codec.eval()
    table = []
    for level in TEST_LEVELS:
        rates, qualities = [], []
        for image in images:
            height, width = image.shape[:2]
            padded = np.pad(image, ((0, -height % 64), (0, -width % 64), (0, 0)), "edge")
            x = to_tensor(padded[None], device)
            picture, y_bits, z_bits = codec(x, torch.tensor([level], device=device))
            error = (picture.clamp(0, 1) * 255).round() - x * 255
            mse = error[:, :, :height, :width].pow(2).mean().item()
            qualities.append(10 * math.log10(255 ** 2 / mse))
            rates.append((y_bits + z_bits).item() / (height * width))
        table.append((float(np.mean(rates)), float(np.mean(qualities))))
    codec.train()
    return table


def flatten(parameters):
    """Moves parameters into one tensor, which becomes the one to update: an optimiser's step is then one operation, not hundreds."""
    flat = torch.nn.Parameter(torch.cat([p.detach().reshape(-1) for p in parameters]))
    offset = 0
    for p in parameters:
        p.data = flat.data[offset:offset + p.numel()].view(p.shape)
        offset += p.numel()
    return flat


def step_of_level(row):
    """The quantiser step, 0..1 units, at which a uniform quantiser's slope dD/dR meets the level's lambda."""
    return 0.8 * math.sqrt(18 / (math.log(2) * LAMBDA * 2.0 ** row)) / 255


class Run:
    def __init__(self, options):
        self.options = options
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.set_num_threads(options.threads)
        torch.backends.cudnn.benchmark = True
        self.images = pictures(options.data)
        if not self.images:
            raise SystemExit(f"no .jpg or .png in {options.data}")
        self.path = os.path.join(options.run, "checkpoint.pt")
        os.makedirs(options.run, exist_ok=True)

        self.codec = Codec().to(self.device).to(memory_format=torch.channels_last)
        self.average = Codec().to(self.device).to(memory_format=torch.channels_last)
        transforms = ("analysis.1.", "analysis.6.", "synthesis_low.1.", "synthesis_high.3.")
        self.groups, averaged = [], []
        for codec, flats in ((self.codec, self.groups), (self.average, averaged)):
            for careful in (True, False):
                group = [p for n, p in codec.named_parameters() if n.startswith(transforms) == careful]
                flats.append((flatten(group), group))
        self.pairs = [(ours.data, theirs.data) for (ours, _), (theirs, _) in zip(averaged, self.groups)]
        self.optimiser = torch.optim.AdamW(
            [{"params": [flat], "scale": scale} for (flat, _), scale in zip(self.groups, (0.3, 1.0))],
            lr=options.rate, weight_decay=1e-6)
        self.steps, self.hours = 0, 0.0
        if os.path.exists(self.path):
            state = torch.load(self.path, map_location=self.device)
            self.codec.load_state_dict(state["codec"])
            self.average.load_state_dict(state["average"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.steps, self.hours = state["steps"], state["hours"]
        elif options.start:
            self.codec.load_state_dict(state_from(options.start))
            self.average.load_state_dict(self.codec.state_dict())
        else:
            random = np.random.default_rng(options.seed)
            start_as_transform_codec(self.codec, to_tensor(crops(self.images, 600, 128, random), self.device), step_of_level)
            self.average.load_state_dict(self.codec.state_dict())
        torch.manual_seed(options.seed + self.steps)
        self.random = np.random.default_rng(options.seed + self.steps + 1)

    def save(self):
        state = {"codec": self.codec.state_dict(), "average": self.average.state_dict(),
                 "optimiser": self.optimiser.state_dict(), "steps": self.steps, "hours": self.hours}
        torch.save(state, self.path + ".new")
        os.replace(self.path + ".new", self.path)

    def report(self, test):
        if not test:
            return
        table = evaluate(self.average, test, self.device)
        line = [f"{self.hours:.3f}", self.steps] + [f"{value:.4f}" for pair in table for value in pair]
        path = os.path.join(self.options.run, "log.csv")
        fresh = not os.path.exists(path)
        with open(path, "a", newline="") as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow(["hours", "steps"] + [f"{unit}@{level}" for level in TEST_LEVELS for unit in ("bpp", "dB")])
            writer.writerow(line)
        print("evaluation", *line, flush=True)

    def step(self, share):
        """One update; `share` of this call's time has passed."""
        options = self.options
        rate = options.rate * min(1, (self.steps + 1) / 300)
        if options.decay:
            rate *= 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, share)))
        for group in self.optimiser.param_groups:
            group["lr"] = rate * group["scale"]
        x = to_tensor(crops(self.images, options.batch, options.crop, self.random), self.device)
        level = torch.rand(options.batch, device=self.device) * (QUALITY_ROWS - 1)
        low, high = options.levels
        focus = low + torch.rand(options.batch, device=self.device) * (high - low)
        level = torch.where(torch.arange(options.batch, device=self.device) % 4 > 0, focus, level)
        weight = LAMBDA * 2.0 ** level
        picture, y_bits, z_bits = self.codec(x, level)
        mse = (picture - x).pow(2).mean((1, 2, 3))
        rate_bits = (y_bits + z_bits) / (options.crop * options.crop)
        loss = ((weight * 255 ** 2 * mse + rate_bits) / (weight / 0.013).sqrt()).mean()
        self.codec.zero_grad(set_to_none=True)
        loss.backward()
        for flat, group in self.groups:
            flat.grad = torch.cat([p.grad.reshape(-1) for p in group])
        norm = torch.nn.utils.clip_grad_norm_([flat for flat, _ in self.groups], 1.0)
        if torch.isfinite(norm):
            self.optimiser.step()
        self.steps += 1
        decay = min(options.average, (1 + self.steps) / (10 + self.steps))
        for averaged, current in self.pairs:
            averaged.lerp_(current, 1 - decay)
        return loss.item()

    def train(self):
        test = pictures(self.options.test) if self.options.test else []
        test = test[:self.options.test_count or None]
        start = mark = time.time()
        base, recent = self.hours, []
        if self.steps == 0:
            self.report(test)
        while (elapsed := time.time() - start) < self.options.seconds:
            recent.append(self.step(elapsed / self.options.seconds))
            self.hours = base + (time.time() - start) / 3600
            if self.steps % 100 == 0:
                print(f"{self.steps} steps, {self.hours:.3f} h, loss {np.mean(recent):.4f}, "
                      f"{len(recent) and self.steps / self.hours / 3600:.2f} steps/s", flush=True)
                recent = []
            if time.time() - mark > self.options.every:
                self.save()
                self.report(test)
                mark = time.time()
        self.save()
        self.report(test)


if __name__ == "__main__":
    Run(arguments()).train()
