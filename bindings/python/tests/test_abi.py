"""The structures and functions here are those of the C headers."""

import ctypes
import re
import unittest

from lacuna import _abi, _abi_coders, _abi_sampling, _native, errors, pixels
from lacuna._machine import CpuFeatures, IsaLevel

from .support import ROOT

LAYOUT = (ROOT / "interop" / "abi" / "layout.txt").read_text()
HEADERS = "\n".join(path.read_text() for path in sorted((ROOT / "interop" / "include" / "lacuna").glob("*.h")))


def structures():
    for module in (_abi, _abi_coders, _abi_sampling):
        for name, value in vars(module).items():
            if name.startswith("lac_") and isinstance(value, type):
                yield name, value


class AbiTests(unittest.TestCase):
    def test_structures_lie_as_the_library_has_them(self):
        sizes = dict(re.findall(r"^sizeof (\w+) (\d+)$", LAYOUT, re.M))
        offsets = dict(re.findall(r"^offsetof (\w+\.\w+) (\d+)$", LAYOUT, re.M))
        for name, kind in structures():
            with self.subTest(name):
                self.assertEqual(int(sizes[name]), ctypes.sizeof(kind))
                there = {key.partition(".")[2]: int(at) for key, at in offsets.items() if key.startswith(name + ".")}
                here = {field[0]: getattr(kind, field[0]).offset for field in kind._fields_}
                self.assertEqual(there, here)

    def test_constants_are_those_of_the_headers(self):
        constants = {name: int(value) for name, value in re.findall(r"^(LAC_\w+) (-?\d+)$", LAYOUT, re.M)}
        for prefix, kind, but in (
                ("LAC_PIXEL_", pixels.PixelFormat, ()), ("LAC_ISA_", IsaLevel, ()), ("LAC_CPU_", CpuFeatures, ())):
            there = {name[len(prefix):]: value for name, value in constants.items() if name.startswith(prefix)}
            self.assertEqual(there, {member.name: int(member) for member in kind}, prefix)
        for status in errors.Status:
            name = f"LAC_{status.name}" if status >= 0 else f"LAC_E_{status.name}"
            self.assertEqual(constants[name], int(status), name)
        self.assertEqual(constants["LAC_ABI_VERSION"], _abi.ABI_VERSION)

    def test_every_failure_has_a_class_of_its_own(self):
        failures = [status for status in errors.Status if status < 0]
        self.assertEqual(set(failures), set(errors.CLASSES))
        self.assertEqual(len(failures), len(set(errors.CLASSES.values())))

    def test_functions_take_as_many_arguments_as_their_prototypes(self):
        text = re.sub(r"/\*.*?\*/", "", HEADERS, flags=re.S)
        prototypes = dict(re.findall(r"LAC_API[^;(]*?\b(lac_\w+)\s*\(([^;]*)\);", text))
        for name, (_, arguments) in _native.FUNCTIONS.items():
            with self.subTest(name):
                declared = prototypes[name].strip()
                count = 0 if declared == "void" else declared.count(",") + 1
                self.assertEqual(count, len(arguments))

    def test_the_library_has_every_function(self):
        for name in _native.FUNCTIONS:
            with self.subTest(name):
                self.assertTrue(callable(getattr(_native.lib, name)))


if __name__ == "__main__":
    unittest.main()
