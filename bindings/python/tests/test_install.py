"""The package with the libraries inside."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

import lacuna
from lacuna import _cpu, _find

from .support import golden, golden_facts

BUNDLED = os.environ.get("LACUNA_BUNDLED")


@unittest.skipUnless(BUNDLED, "LACUNA_BUNDLED names no package with libraries inside")
class BundleTests(unittest.TestCase):
    def test_a_bundle_needs_no_variable_and_picks_the_processors_build(self):
        code = (
            "import sys, lacuna\n"
            "pixels = lacuna.decode(sys.stdin.buffer.read())\n"
            "print(f'{lacuna.crc32c(pixels):08x}', lacuna.library_path())\n")
        environment = {name: value for name, value in os.environ.items() if name != _find.VARIABLE}
        environment["PYTHONPATH"] = BUNDLED
        done = subprocess.run([sys.executable, "-c", code], env=environment, input=golden(), capture_output=True, timeout=120)
        crc, path = done.stdout.decode().split()
        self.assertEqual(golden_facts()["crc32c"], crc, done.stderr.decode())
        inside = Path(BUNDLED) / "lacuna" / "lib"
        self.assertEqual(_find.in_folder(inside, _cpu.levels()), Path(path))

    def test_every_build_of_the_library_is_inside(self):
        def names(folder: Path):
            return sorted(str(path.relative_to(folder)) for path in folder.glob("**/liblacuna.so.1"))

        self.assertEqual(names(Path(os.environ[_find.VARIABLE])), names(Path(BUNDLED) / "lacuna" / "lib"))

    def test_the_wheel_is_for_this_platform_and_any_python(self):
        tags = [path.read_text() for path in Path(BUNDLED).glob("lacuna-*.dist-info/WHEEL")]
        self.assertRegex(tags[0], r"Tag: py3-none-linux_")


class PackageTests(unittest.TestCase):
    def test_the_systems_loader_finds_a_library_that_is_installed(self):
        environment = {name: value for name, value in os.environ.items() if name != _find.VARIABLE}
        environment["LD_LIBRARY_PATH"] = os.environ[_find.VARIABLE]
        code = "import lacuna; print(int(lacuna.isa_level()), lacuna.library_path())"
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
        self.assertEqual(f"{int(lacuna.isa_level())} {_find.SONAME}", done.stdout.strip(), done.stderr)

    def test_package_and_library_have_one_version(self):
        from importlib import metadata
        self.assertEqual(lacuna.version(), metadata.version("lacuna"))

    def test_the_package_is_typed(self):
        self.assertTrue((Path(lacuna.__file__).parent / "py.typed").exists())


if __name__ == "__main__":
    unittest.main()
