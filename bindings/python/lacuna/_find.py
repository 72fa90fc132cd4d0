"""Where the library is, and which of its builds is for this processor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import List, Optional, Sequence

from . import _cpu

SONAME = "liblacuna.so.1"
VARIABLE = "LACUNA_LIBRARY"


def in_folder(folder: Path, levels: Sequence[str]) -> Optional[Path]:
    """The best library of a `lib` folder.

    Parameters
    ----------
    folder
        Holds ``liblacuna.so.1`` and perhaps ``glibc-hwcaps/LEVEL/liblacuna.so.1``.
    levels
        Of the processor, lowest first.
    """
    places = [folder / "glibc-hwcaps" / level / SONAME for level in reversed(levels)]
    return next((place for place in [*places, folder / SONAME] if place.is_file()), None)


def candidates(variable: Optional[str], package: Path, levels: Sequence[str]) -> List[str]:
    """What to open, in this order; the first that is there is taken.

    Parameters
    ----------
    variable
        The value of ``LACUNA_LIBRARY``: a file or a `lib` folder. Where it is set nothing else is tried.
    package
        The folder of this package; its ``lib`` may hold libraries.
    levels
        Of the processor, lowest first.
    """
    if variable:
        named = Path(variable).absolute()
        inside = in_folder(named, levels) if named.is_dir() else named
        return [str(inside or named / SONAME)]
    bundled = in_folder(package / "lib", levels)
    # Without a slash the system's loader looks along its paths, and into glibc-hwcaps by itself.
    return [str(bundled)] if bundled else [SONAME]


def find() -> str:
    """The library to open: an absolute path, or a name for the system's loader."""
    levels = _cpu.levels()
    if _cpu.is_x86_64() and not levels:
        raise OSError("this processor is below x86-64-v2 (SSE4.2), which the library needs")
    return candidates(os.environ.get(VARIABLE), Path(__file__).resolve().parent, levels)[0]
