"""The level of this processor, as glibc defines x86-64-v2 to x86-64-v4: dlopen of a path does not look for it."""

from __future__ import annotations

import platform
from typing import Iterable, List, Set, Tuple

# What each level adds to the one before, as /proc/cpuinfo names it. The kernel leaves out what the system does not allow.
LEVELS: Tuple[Tuple[str, Set[str]], ...] = (
    ("x86-64-v2", {"cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"}),
    ("x86-64-v3", {"avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"}),
    ("x86-64-v4", {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}),
)


def flags_of(cpuinfo: str) -> Set[str]:
    """The flags of the first processor in the text of /proc/cpuinfo."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "flags":
            return set(value.split())
    return set()


def levels_of(flags: Iterable[str]) -> List[str]:
    """The levels that a processor with these flags has, lowest first."""
    have, levels = set(flags), []
    for name, needed in LEVELS:
        if not needed <= have:
            break
        levels.append(name)
    return levels


def is_x86_64() -> bool:
    """Whether this interpreter runs as an x86-64 program."""
    return platform.machine() in ("x86_64", "AMD64")


def levels() -> List[str]:
    """The levels of this processor, lowest first; none where they do not apply."""
    if not is_x86_64():
        return []
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            return levels_of(flags_of(file.read()))
    except OSError:
        return ["x86-64-v2"]
