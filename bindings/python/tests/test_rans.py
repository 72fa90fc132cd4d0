"""Entropy coding of numbers whose distributions are known."""

import random
import unittest

import numpy as np

import lacuna
from lacuna import rans


def laplacian(count: int, seed: int = 3) -> np.ndarray:
    source = np.random.default_rng(seed)
    return np.round(source.laplace(scale=4, size=count)).astype(np.int16)


class IndexedTests(unittest.TestCase):
    def test_the_example_of_the_format_document_gives_its_bytes(self):
        tables = rans.TableSet.gaussian()
        indices = np.array([20, 20, 30, 40, 63, 0, 0, 10], dtype=np.uint8)
        symbols = np.array([0, -1, 3, -17, 300, 0, 1000, 0], dtype=np.int16)
        stream = rans.encode(symbols, indices, tables)
        self.assertEqual("110DE5F7B20582E803", stream.hex().upper())
        np.testing.assert_array_equal(symbols, rans.decode(stream, indices, tables))

    def test_symbols_of_any_shape_and_integer_type_survive(self):
        tables = rans.TableSet.laplace([0.5, 3, 20])
        self.assertEqual(3, len(tables))
        source = np.random.default_rng(1)
        for dtype in (np.int16, np.int32, np.int64, np.int8):
            symbols = source.integers(-100, 100, size=(3, 40, 7)).astype(dtype)
            indices = source.integers(0, 3, size=symbols.shape)
            back = rans.decode(rans.encode(symbols, indices, tables), indices, tables)
            np.testing.assert_array_equal(symbols, back)
        self.assertEqual(b"", rans.encode([], [], tables))
        self.assertEqual([5, -6], rans.decode(rans.encode([5, -6], [0, 1], tables), [0, 1], tables).tolist())

    def test_more_than_256_tables_take_wider_indices(self):
        tables = rans.TableSet.gaussian(np.linspace(0.2, 30, 500))
        symbols, indices = laplacian(5000), np.arange(5000) % 500
        stream = rans.encode(symbols, indices, tables)
        np.testing.assert_array_equal(symbols, rans.decode(stream, indices.astype(np.uint16), tables))

    def test_a_stream_takes_what_was_estimated(self):
        symbols = laplacian(20000)
        tables, groups = rans.TableSet.fit(symbols, 100, 4)
        indices = np.repeat(groups, 100)
        stream = rans.encode(symbols, indices, tables)
        self.assertAlmostEqual(tables.estimate_bits(symbols, indices) / 8, len(stream), delta=60)
        self.assertLess(len(stream), symbols.size)

    def test_lanes_change_the_stream_and_not_the_symbols(self):
        symbols, indices = laplacian(3000), np.zeros(3000, dtype=np.uint8)
        tables = rans.TableSet.laplace([5])
        streams = [rans.encode(symbols, indices, tables, lanes) for lanes in (1, 4, 32, 64, 128, 256)]
        self.assertEqual(6, len(set(streams)))
        for stream in streams:
            np.testing.assert_array_equal(symbols, rans.decode(stream, indices, tables))
        with self.assertRaises(ValueError):
            rans.encode(symbols, indices, tables, lanes=3)

    def test_steps_give_what_one_call_gives(self):
        symbols, tables = laplacian(1000), rans.TableSet.laplace([2, 6])
        indices = np.arange(1000) % 2
        stream, steps = rans.encode(symbols, indices, tables), rans.StepDecoder()
        for _ in range(2):
            steps.begin(stream, 1000, tables)
            parts = [steps.decode(indices[i:i + 90]) for i in range(0, 1000, 90)]
            steps.finish()
            np.testing.assert_array_equal(symbols, np.concatenate(parts))
        steps.begin(stream, 1000, tables)
        with self.assertRaises(lacuna.InvalidArgumentError):
            steps.finish()
        with self.assertRaises(lacuna.InvalidArgumentError):
            steps.decode(np.zeros(1001, dtype=np.uint8))

    def test_wide_symbols_keep_32_bits(self):
        tables = rans.TableSet.gaussian([1000.0])
        symbols = np.array([0, 1 << 20, -(1 << 31), (1 << 31) - 1, 77777, -5], dtype=np.int64)
        for low_bits in (0, 7, 16):
            indices = np.zeros(symbols.size, dtype=np.uint8)
            stream = rans.encode_wide(symbols, indices, tables, low_bits)
            np.testing.assert_array_equal(symbols, rans.decode_wide(stream, indices, tables))

    def test_wrong_arguments_raise(self):
        tables = rans.TableSet.gaussian([1, 2])
        for error, symbols, indices in (
                (ValueError, [1, 2], [0]),
                (ValueError, [1], [2]),
                (ValueError, [1], [-1]),
                (ValueError, [40000], [0]),
                (TypeError, [1.5], [0]),
                (TypeError, [1], [0.0])):
            with self.subTest(symbols=symbols, indices=indices), self.assertRaises(error):
                rans.encode(symbols, indices, tables)
        for make in (
                lambda: rans.TableSet.gaussian([]),
                lambda: rans.TableSet.gaussian([-1]),
                lambda: rans.TableSet.gaussian([float("nan")]),
                lambda: rans.TableSet.from_cdfs([[0, 5, 65536]], [3], [0, 0]),
                lambda: rans.TableSet.from_cdfs([[0, 5, 65535]], [3], [0]),
                lambda: rans.TableSet.from_weights([[0, 0]], [0]),
                lambda: rans.TableSet.fit([], 1, 1)):
            with self.assertRaises(ValueError):
                make()

    def test_damaged_streams_are_told_or_give_numbers(self):
        symbols, tables = laplacian(400), rans.TableSet.laplace([4])
        indices = np.zeros(400, dtype=np.uint8)
        stream, source, told = rans.encode(symbols, indices, tables), random.Random(5), 0
        for _ in range(200):
            damaged = bytearray(stream)
            damaged[source.randrange(len(damaged))] ^= 1 << source.randrange(8)
            try:
                rans.decode(damaged[:source.randrange(1, len(damaged) + 1)], indices, tables)
            except lacuna.StreamError:
                told += 1
        self.assertGreater(told, 150)


class TableTests(unittest.TestCase):
    def test_stored_sets_code_as_the_ones_they_were(self):
        symbols, indices = laplacian(500), np.zeros(500, dtype=np.uint8)
        for tables in (rans.TableSet.gaussian(), rans.TableSet.from_weights([[1, 5, 20, 5, 1]], [-2], [0.5])):
            stored = tables.write()
            read, consumed = rans.TableSet.read(stored + b"more")
            self.assertEqual((len(stored), len(tables)), (consumed, len(read)))
            self.assertEqual(rans.encode(symbols, indices, tables), rans.encode(symbols, indices, read))
        with self.assertRaises(lacuna.TruncatedError):
            rans.TableSet.read(stored[:-1])

    def test_cumulative_frequencies_are_kept(self):
        cdf = [0, 100, 40000, 65000, 65536]  # values 7, 8, 9 and the escape
        tables = rans.TableSet.from_cdfs([cdf], [5], [7])
        for value, frequency in ((7, 100), (8, 39900), (9, 25000)):
            self.assertAlmostEqual(16 - np.log2(frequency), tables.estimate_bits([value], [0]), places=4)
        self.assertAlmostEqual(16 - np.log2(536) + 16, tables.estimate_bits([500], [0]), places=4)


class StaticTests(unittest.TestCase):
    def test_bytes_come_near_their_entropy_and_back(self):
        data = np.random.default_rng(2).geometric(0.3, size=50000).clip(0, 255).astype(np.uint8)
        shares = np.bincount(data) / data.size
        entropy = -(shares[shares > 0] * np.log2(shares[shares > 0])).sum() * data.size / 8
        stream = rans.encode_bytes(data)
        self.assertLess(len(stream), entropy * 1.003 + 80)
        self.assertEqual(data.tobytes(), rans.decode_bytes(stream, data.size))

    def test_a_table_may_be_shared(self):
        table = rans.StaticTable.of(b"abracadabra" * 20)
        again, consumed = rans.StaticTable.read(table.write())
        self.assertEqual(len(table.write()), consumed)
        stream = rans.encode_bytes(b"cadabra", table)
        self.assertEqual(b"cadabra", rans.decode_bytes(stream, 7, again))
        with self.assertRaises(lacuna.InvalidDataError):
            rans.encode_bytes(b"xyz", table)
        with self.assertRaises(ValueError):
            rans.StaticTable([1, 2, 3])

    def test_cuts_are_told(self):
        stream = rans.encode_bytes(bytes(range(256)) * 40)
        for length in range(0, len(stream), 97):
            with self.assertRaises(lacuna.StreamError):
                rans.decode_bytes(stream[:length], 256 * 40)


if __name__ == "__main__":
    unittest.main()
