"""Files and pictures that several tests use."""

from __future__ import annotations

from pathlib import Path
from typing import Dict

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "tests" / "Conformance" / "vectors"
GOLDEN = ROOT / "bindings" / "examples" / "golden"


def vector(name: str) -> bytes:
    """A stream of the conformance vectors."""
    return (VECTORS / f"{name}.lac").read_bytes()


def golden() -> bytes:
    """The stream that every binding decodes."""
    return (GOLDEN / "golden.lac").read_bytes()


def golden_facts() -> Dict[str, str]:
    """What every binding must find in it."""
    lines = (GOLDEN / "golden.txt").read_text().splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line.strip())


def gradient(height: int, width: int, channels: int) -> np.ndarray:
    """A picture whose channels differ, [height, width, channels]."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [4 * x + y, 2 * y + 3 * x, 255 - x - y, 128 + x - y]
    return np.stack([plane.astype(np.uint8) for plane in planes[:channels]], axis=2)
