"""The Python in README.md and docs/python.md runs, and prints what they say."""

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

from .support import ROOT, golden, golden_facts

EXAMPLES = ROOT / "bindings" / "examples"


def blocks(text: str):
    """Blocks of Python, each with the output that a block of `text` right below it shows."""
    return re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", text, re.S)


class DocumentTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        Path("x.lac").write_bytes(golden())

    def run_blocks(self, path: Path) -> str:
        printed, names = [], {}
        for code, expected in blocks(path.read_text()):
            output = io.StringIO()
            try:
                with contextlib.redirect_stdout(output):
                    exec(compile(code, str(path), "exec"), names)
            except ImportError as error:
                if error.name not in ("torch", "compressai"):
                    raise
                continue
            if expected:
                self.assertEqual(expected, output.getvalue(), code)
            printed.append(output.getvalue())
        return "".join(printed)

    def test_the_readme_runs(self):
        printed = self.run_blocks(ROOT / "bindings" / "python" / "README.md")
        facts = golden_facts()
        self.assertIn(f"{facts['width']} x {facts['height']}\n", printed)
        self.assertIn(facts["crc32c"], printed)

    def test_the_example_prints_what_it_prints_in_every_language(self):
        done = subprocess.run(
            [sys.executable, str(EXAMPLES / "python" / "example.py"), str(EXAMPLES / "golden" / "golden.lac")],
            capture_output=True, text=True, timeout=120)
        self.assertEqual((EXAMPLES / "expected.txt").read_text(), done.stdout, done.stderr)

    def test_the_page_runs(self):
        np.random.seed(0)
        self.assertIn(golden_facts()["crc32c"], self.run_blocks(ROOT / "docs" / "python.md"))


if __name__ == "__main__":
    unittest.main()
