"""Reads a stream, decodes it, encodes a picture of its own and decodes that, and shows how an error is reported.

    python example.py GOLDEN.LAC

The examples in C, C++ and C# do the same and print the same lines: ../README.md.
"""

import sys

import lacuna
import numpy as np


def decode(name: str, stream: bytes) -> None:
    """Decodes a stream to RGB and prints the check of its pixels, rows without gaps."""
    pixels = lacuna.decode(stream)
    height, width, _ = pixels.shape
    print(f"{name}: {width} x {height}, crc32c {lacuna.crc32c(pixels):08x}")


def gradient() -> np.ndarray:
    """A picture made here."""
    y, x = np.mgrid[0:128, 0:256]
    return np.stack([x, 2 * y, 255 - x], axis=2).astype(np.uint8)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: example.py GOLDEN.LAC")

    with open(sys.argv[1], "rb") as file:
        golden = file.read()
    decode("golden.lac", golden)

    stream = lacuna.encode(gradient(), quality=60)
    print(f"gradient: encoded, {len(stream)} bytes")
    decode("gradient", stream)

    # A stream cut short is an exception of its own class.
    try:
        decode("cut short", golden[: len(golden) // 2])
    except lacuna.LacunaError as error:
        print(f"cut short: {error}", file=sys.stderr)
        print("cut short:", "truncated" if isinstance(error, lacuna.TruncatedError) else "another status")


if __name__ == "__main__":
    main()
