"""Bytes and floats, compressed without loss."""

import unittest

import numpy as np

import lacuna
from lacuna import payload

from .support import VECTORS

TEXT = b"a payload is a row of chunks, each with a method, a size and a checksum of its own; " * 300


class PayloadTests(unittest.TestCase):
    def test_every_method_gives_the_bytes_back(self):
        for method in payload.METHODS:
            packed = payload.compress(TEXT, method, chunk_bytes=4096, threads=2)
            self.assertEqual(TEXT, payload.decompress(packed, threads=3), method)
            facts = payload.info(packed)
            self.assertEqual(method == "lz4-frame", facts.is_lz4_frame)
            self.assertIn(facts.size, (len(TEXT), None) if facts.is_lz4_frame else (len(TEXT),))
        self.assertLess(len(payload.compress(TEXT)), len(TEXT) / 20)
        self.assertEqual(b"", payload.decompress(payload.compress(b"")))

    def test_the_example_of_the_entropy_document_gives_its_bytes(self):
        self.assertEqual("4C41439A00020701613984FF030007003F6A091A", payload.compress(b"aaaaaaa").hex().upper())

    def test_tensors_are_known_by_their_type(self):
        tensor = np.random.default_rng(1).standard_normal(20000)
        for dtype in (np.float32, np.float16):
            packed = payload.compress(tensor.astype(dtype), "floats")
            self.assertLess(len(packed), 0.93 * tensor.astype(dtype).nbytes)
            self.assertEqual(packed, payload.compress(tensor.astype(dtype).tobytes(), "floats", float_kind=np.dtype(dtype).name))
            np.testing.assert_array_equal(tensor.astype(dtype), np.frombuffer(payload.decompress(packed), dtype=dtype))

    def test_the_conformance_vectors_decompress(self):
        for path in sorted((VECTORS / "payloads").glob("*.lacz")):
            with self.subTest(path.name):
                packed = path.read_bytes()
                data = payload.decompress(packed)
                self.assertIn(payload.info(packed).size, (len(data), None))

    def test_damage_and_limits_are_told(self):
        packed = payload.compress(TEXT, "rans")
        damaged = bytearray(packed)
        damaged[len(packed) // 2] ^= 1
        for error, data in (
                (lacuna.StreamError, bytes(damaged)), (lacuna.TruncatedError, packed[:-1]), (lacuna.NotAStreamError, b"no payload")):
            with self.assertRaises(error):
                payload.decompress(data)
        with self.assertRaises(lacuna.LimitExceededError):
            payload.decompress(packed, max_bytes=len(TEXT) - 1)
        with self.assertRaises(lacuna.LimitExceededError):
            payload.decompress(packed, max_chunk_bytes=1024)
        with self.assertRaises(lacuna.LimitExceededError):
            payload.decompress(payload.compress(TEXT, "lz4-frame"), max_bytes=100)

    def test_wrong_arguments_raise(self):
        for error, keywords in (
                (ValueError, {"method": "zip"}), (ValueError, {"float_kind": "float8", "method": "floats"}),
                (ValueError, {"chunk_bytes": 1}), (ValueError, {"lz4_level": 13}), (ValueError, {"threads": -1})):
            with self.subTest(**keywords), self.assertRaises(error):
                payload.compress(b"abc", **keywords)
        with self.assertRaises(TypeError):
            payload.compress("text")


if __name__ == "__main__":
    unittest.main()
