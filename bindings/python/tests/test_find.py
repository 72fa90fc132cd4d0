"""Which library is opened."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import lacuna
from lacuna import _cpu, _find

V2 = "sse sse2 cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3".split()
V3 = V2 + "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave".split()
V4 = V3 + "avx512f avx512bw avx512cd avx512dq avx512vl".split()
BASE, HASWELL, SKYLAKE = "liblacuna.so.1", "glibc-hwcaps/x86-64-v3/liblacuna.so.1", "glibc-hwcaps/x86-64-v4/liblacuna.so.1"


def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, timeout=120)


class LevelTests(unittest.TestCase):
    def test_levels_are_those_of_glibc(self):
        self.assertEqual([], _cpu.levels_of(["sse", "sse2"]))
        self.assertEqual(["x86-64-v2"], _cpu.levels_of(V2))
        self.assertEqual(["x86-64-v2", "x86-64-v3"], _cpu.levels_of(V3))
        self.assertEqual(["x86-64-v2", "x86-64-v3", "x86-64-v4"], _cpu.levels_of(V4))

    def test_a_level_wants_each_of_its_flags(self):
        for place, (name, flags) in enumerate(_cpu.LEVELS):
            for flag in flags:
                levels = _cpu.levels_of(set(V4) - {flag})
                self.assertEqual(place, len(levels), f"{name} without {flag}")

    def test_flags_are_the_words_of_the_first_processor(self):
        text = "processor\t: 0\nflags\t\t: fpu avx avx2\nbugs\t\t: spectre\n\nprocessor\t: 1\nflags\t\t: fpu\n"
        self.assertEqual({"fpu", "avx", "avx2"}, _cpu.flags_of(text))
        self.assertEqual(set(), _cpu.flags_of("Features : fp asimd"))

    def test_the_library_sees_the_same_processor(self):
        features, levels = lacuna.cpu_features(), _cpu.levels()
        self.assertEqual(bool(features & lacuna.CpuFeatures.AVX512), "x86-64-v4" in levels)
        if "x86-64-v3" in levels:
            self.assertTrue(features & lacuna.CpuFeatures.AVX2 and features & lacuna.CpuFeatures.FMA)


class FolderTests(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)

    def put(self, *names: str) -> None:
        for name in names:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).touch()

    def picked(self, flags) -> str:
        return str(_find.in_folder(self.folder, _cpu.levels_of(flags)).relative_to(self.folder))

    def test_the_best_build_for_the_processor_is_picked(self):
        self.put(BASE, HASWELL, SKYLAKE)
        self.assertEqual([BASE, HASWELL, SKYLAKE], [self.picked(flags) for flags in (V2, V3, V4)])

    def test_what_is_not_there_is_passed_over(self):
        self.put(BASE, HASWELL)
        self.assertEqual(HASWELL, self.picked(V4))
        self.assertIsNone(_find.in_folder(self.folder / "nowhere", []))

    def test_the_variable_comes_first_then_the_package_then_the_system(self):
        self.put(BASE, "package/lib/" + BASE)
        package = self.folder / "package"
        self.assertEqual([str(self.folder / BASE)], _find.candidates(str(self.folder), package, []))
        self.assertEqual(["/elsewhere/x.so"], _find.candidates("/elsewhere/x.so", package, []))
        self.assertEqual([str(package / "lib" / BASE)], _find.candidates(None, package, []))
        self.assertEqual([BASE], _find.candidates(None, self.folder / "empty", []))


class ProcessTests(unittest.TestCase):
    def test_the_build_in_use_is_of_the_processors_level(self):
        folder = Path(os.environ["LACUNA_LIBRARY"])
        levels = _cpu.levels()
        self.assertEqual(str(_find.in_folder(folder, levels)), lacuna.library_path())
        if "LACUNA_ISA" not in os.environ and (folder / SKYLAKE).exists() and "x86-64-v4" in levels:
            self.assertEqual(lacuna.IsaLevel.AVX512, lacuna.isa_level())

    def test_a_single_file_is_taken_as_it_is(self):
        base = Path(os.environ["LACUNA_LIBRARY"]) / BASE
        done = run("import lacuna; print(int(lacuna.isa_level()), lacuna.library_path())", LACUNA_LIBRARY=str(base))
        self.assertEqual(f"1 {base}", done.stdout.strip(), done.stderr)

    def test_a_level_may_be_lowered_and_is_never_raised(self):
        done = run("import lacuna; lacuna.set_isa_level(0); lacuna.set_isa_level(3); print(int(lacuna.isa_level()))")
        self.assertEqual("0", done.stdout.strip(), done.stderr)

    def test_a_missing_library_is_told_at_the_first_use(self):
        done = run(
            "import lacuna\ntry:\n    lacuna.version()\nexcept lacuna.LibraryError as error:\n    print(error)",
            LACUNA_LIBRARY="/nowhere")
        self.assertIn("/nowhere", done.stdout, done.stderr)
        self.assertIn("LACUNA_LIBRARY", done.stdout)

    def test_another_library_is_refused(self):
        done = run(
            "import lacuna\ntry:\n    lacuna.version()\nexcept lacuna.LibraryError as error:\n    print(error.status.name)",
            LACUNA_LIBRARY=_other_library())
        self.assertEqual("UNSUPPORTED", done.stdout.strip(), done.stderr)

    def test_importing_opens_nothing(self):
        done = run("import lacuna; print(any('liblacuna' in line for line in open('/proc/self/maps')))")
        self.assertEqual("False", done.stdout.strip(), done.stderr)


def _other_library() -> str:
    """A shared library that is not this one: that of the mathematics functions."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if ".so" in line}
    return next(path for path in sorted(paths) if "libm.so" in path or "libm-" in path)


if __name__ == "__main__":
    unittest.main()
