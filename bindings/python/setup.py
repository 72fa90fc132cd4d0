"""Builds the package; with LACUNA_BUNDLE=PREFIX/lib the libraries of that folder, every level of them, go into it."""

import os
import shutil
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel

BUNDLE = os.environ.get("LACUNA_BUNDLE")
LIBRARIES = ("liblacuna.so.1", "glibc-hwcaps/*/liblacuna.so.1")


class BuildWithLibraries(build_py):
    """Copies the libraries beside the modules."""

    def run(self) -> None:
        super().run()
        target = Path(self.build_lib) / "lacuna" / "lib"
        shutil.rmtree(target, ignore_errors=True)  # an earlier build's
        if not BUNDLE:
            return
        source = Path(BUNDLE)
        found = [path for pattern in LIBRARIES for path in source.glob(pattern)]
        if source / LIBRARIES[0] not in found:
            raise SystemExit(f"LACUNA_BUNDLE: there is no {LIBRARIES[0]} in {source}")
        for path in found:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


class WheelForPlatform(bdist_wheel):
    """Names the wheel by the platform, but by no version of Python: nothing in it is compiled for one."""

    def get_tag(self):
        _, _, platform = super().get_tag()
        return "py3", "none", platform


class Bundling(Distribution):
    """A distribution that is not for every platform."""

    def has_ext_modules(self) -> bool:
        return True


setup(
    cmdclass={"build_py": BuildWithLibraries, **({"bdist_wheel": WheelForPlatform} if BUNDLE else {})},
    distclass=Bundling if BUNDLE else Distribution,
)
