"""Reads a stream, decodes it, encodes a picture of its own and decodes that, and shows how an error is reported.

    python3 example.py GOLDEN.LAC

The examples in C, C++ and C# do the same and print the same lines: ../README.md.
"""

import sys

import numpy as np

import lacuna


def show(name: str, stream: bytes) -> None:
    """Decodes a stream to RGB and prints the check of its pixels, rows without gaps."""
    header = lacuna.info(stream)
    pixels = lacuna.decode(stream, "rgb")
    print(f"{name}: {header.width} x {header.height}, crc32c {lacuna.crc32c(pixels):08x}")


def gradient() -> np.ndarray:
    """A picture made here, [height, width, 3]."""
    y, x = np.mgrid[0:128, 0:256]
    return np.stack([x, 2 * y, 255 - x], axis=2).astype(np.uint8)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: example.py GOLDEN.LAC")
    with open(sys.argv[1], "rb") as file:
        golden = file.read()
    show("golden.lac", golden)

    stream = lacuna.encode(gradient(), quality=60)
    print(f"gradient: encoded, {len(stream)} bytes")
    show("gradient", stream)

    # A stream cut short is an error, and nothing worse: an exception of its own class, with a text for people.
    try:
        show("cut short", golden[:len(golden) // 2])
    except lacuna.TruncatedError as error:
        print(f"cut short: {error}", file=sys.stderr)
        print("cut short: truncated")


if __name__ == "__main__":
    main()
