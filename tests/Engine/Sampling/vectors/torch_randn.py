"""Writes torch-randn.txt: what torch.randn draws on the CPU, for TorchCpuNoiseTests.

    python3 torch_randn.py > torch-randn.txt

A line is a seed, the sizes of the calls that follow it, the SHA-256 of all deviates (float32, little endian, in order), and the first
few of them as hexadecimal bits. Made with torch 1.13.0 for x86-64 (AVX2); torch 2 draws the same.
"""

import hashlib
import random

import torch

SEEDS = [0, 1, 42, 1234, 2**31 - 1, 2**32 - 1, 2**32 + 5, 0x0123456789ABCDEF, 2**63 - 1]
CALLS = [
    [1, 1, 1], [2, 3], [7, 15, 16, 15, 17], [16], [17], [31, 32, 33], [40, 5, 40],
    [256], [623], [624], [625, 16], [1000, 1, 1000], [100003], [3, 4 * 64 * 64, 4 * 64 * 64],
]


def line(seed, calls):
    torch.manual_seed(seed)
    drawn = torch.cat([torch.randn(count) for count in calls]).numpy().astype("<f4")
    first = " ".join(f"{bits:08x}" for bits in drawn.view("<u4")[:4])
    return f"{seed} {','.join(map(str, calls))} {hashlib.sha256(drawn.tobytes()).hexdigest()} {first}"


if __name__ == "__main__":
    for seed in SEEDS:
        for calls in CALLS:
            print(line(seed, calls))

    # Many seeds with short and long calls mixed.
    chance = random.Random(1)
    for _ in range(200):
        print(line(chance.getrandbits(63), [chance.choice([chance.randrange(1, 16), chance.randrange(16, 700)]) for _ in range(8)]))
