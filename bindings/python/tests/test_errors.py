"""Bytes of strangers, and what exceptions tell."""

import pickle
import random
import unittest

import numpy as np

import lacuna

from .support import golden, vector


class ErrorTests(unittest.TestCase):
    def test_an_exception_has_status_summary_and_detail(self):
        with self.assertRaises(lacuna.NotAStreamError) as caught:
            lacuna.decode(b"no stream at all, but long enough to tell")
        error = caught.exception
        self.assertIs(lacuna.Status.NOT_A_STREAM, error.status)
        self.assertTrue(error.summary and error.detail)
        self.assertIn(error.summary, str(error))
        self.assertIsInstance(error, ValueError)
        self.assertIsInstance(error, lacuna.StreamError)

    def test_exceptions_of_arguments_name_the_argument(self):
        with self.assertRaises(lacuna.InvalidArgumentError) as caught:
            lacuna.encode(np.zeros((2, 2), dtype=np.uint8), quality=-1)
        self.assertIn("quality", caught.exception.detail)

    def test_exceptions_pass_between_processes(self):
        for kind in lacuna.errors.CLASSES.values():
            error = pickle.loads(pickle.dumps(kind(-20, "It is broken.", "Byte 7.")))
            self.assertEqual((kind, -20, "It is broken.", "Byte 7."), (type(error), error.status, error.summary, error.detail))
            self.assertEqual("It is broken. Byte 7.", str(error))

    def test_every_cut_of_a_stream_is_told(self):
        stream = vector("grey-alpha-17x9-q80")
        for length in range(len(stream)):
            with self.assertRaises(lacuna.StreamError):
                lacuna.decode(stream[:length])

    def test_every_flipped_bit_is_told_or_changes_nothing(self):
        stream = vector("dot-1x1-q50")
        expected = lacuna.decode(stream)
        told = 0
        for place in range(8 * len(stream)):
            damaged = bytearray(stream)
            damaged[place // 8] ^= 1 << place % 8
            try:
                np.testing.assert_array_equal(expected, lacuna.decode(damaged, max_pixels=1 << 20))
            except lacuna.StreamError:
                told += 1
        self.assertGreater(told, 4 * len(stream))

    def test_random_bytes_are_refused(self):
        source, stream = random.Random(1), golden()
        for i in range(300):
            data = bytearray(source.randbytes(source.randrange(200)))
            if i % 3:
                data[:0] = stream[:source.randrange(40)]
            with self.assertRaises(lacuna.StreamError):
                lacuna.decode(data, max_pixels=1 << 16)
            try:
                lacuna.info(data)
            except lacuna.StreamError:
                pass

    def test_a_stream_of_an_unknown_model_is_named_so(self):
        header = lacuna.info(golden())
        stream = golden().replace(header.model.to_bytes(8, "little"), bytes(range(8)), 1)
        try:
            self.assertFalse(lacuna.info(stream).has_model)
        except lacuna.InvalidDataError:
            return  # the header has a checksum of its own
        with self.assertRaises(lacuna.UnknownModelError):
            lacuna.decode(stream)


if __name__ == "__main__":
    unittest.main()
