"""The calls of CompressAI's coder."""

import math
import random
import unittest

import numpy as np

import lacuna
from lacuna import ans

TOTAL = 1 << 16


def quantised(weights) -> list:
    """A cumulative distribution of 1/65536, each interval 1 or more, the last one the escape's."""
    shares = np.maximum(1, np.floor(np.asarray(weights) / np.sum(weights) * (TOTAL - len(weights)))).astype(int)
    shares[int(np.argmax(shares))] += TOTAL - shares.sum()
    return [0, *np.cumsum(shares).tolist()]


def gaussian_tables(scales):
    """Rows padded with zeros, their sizes and offsets, as a Gaussian conditional has them."""
    rows, sizes, offsets = [], [], []
    for scale in scales:
        reach = math.ceil(6 * scale)
        values = np.arange(-reach, reach + 1)
        rows.append(quantised([*np.exp(-0.5 * (values / scale) ** 2), 1e-4]))
        sizes.append(len(rows[-1]))
        offsets.append(-reach)
    longest = max(sizes)
    return [row + [0] * (longest - len(row)) for row in rows], sizes, offsets


def information(symbols, indexes, cdfs, sizes, offsets) -> float:
    """Bits of the symbols under the tables; an escaped one costs its escape and 16 bits."""
    bits = 0.0
    for symbol, index in zip(symbols, indexes):
        place, last = symbol - offsets[index], sizes[index] - 2
        inside = 0 <= place < last
        place = place if inside else last
        bits += 16 - math.log2(cdfs[index][place + 1] - cdfs[index][place]) + (0 if inside else 16)
    return bits


class CoderTests(unittest.TestCase):
    def setUp(self):
        self.tables = gaussian_tables([0.3, 1, 3, 9, 20])
        source = random.Random(7)
        self.indexes = [source.randrange(5) for _ in range(4000)]
        scales = [0.3, 1, 3, 9, 20]
        self.symbols = [round(source.gauss(0, scales[index])) for index in self.indexes]

    def test_lists_go_in_and_lists_come_out(self):
        stream = ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, *self.tables)
        self.assertIsInstance(stream, bytes)
        back = ans.RansDecoder().decode_with_indexes(stream, self.indexes, *self.tables)
        self.assertIsInstance(back, list)
        self.assertEqual(self.symbols, back)

    def test_a_stream_is_as_long_as_its_information(self):
        stream = ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, *self.tables)
        bits = information(self.symbols, self.indexes, *self.tables)
        self.assertLess(len(stream), bits / 8 + 16)
        self.assertGreater(len(stream), bits / 8 - 16)

    def test_wide_tables_cost_little_more(self):
        tables = gaussian_tables([60, 256])
        source = random.Random(8)
        indexes = [i % 2 for i in range(4000)]
        symbols = [round(source.gauss(0, (60, 256)[index])) for index in indexes]
        stream = ans.RansEncoder().encode_with_indexes(symbols, indexes, *tables)
        self.assertEqual(symbols, ans.RansDecoder().decode_with_indexes(stream, indexes, *tables))
        self.assertLess(len(stream), information(symbols, indexes, *tables) / 8 * 1.003 + 16)

    def test_arrays_go_in_and_arrays_come_out(self):
        symbols, indexes = np.array(self.symbols, dtype=np.int32), np.array(self.indexes).reshape(40, 100)
        cdfs, sizes, offsets = (np.array(part) for part in self.tables)
        stream = ans.RansEncoder().encode_with_indexes(symbols, indexes.reshape(-1), cdfs, sizes, offsets)
        self.assertEqual(ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, *self.tables), stream)
        back = ans.RansDecoder().decode_with_indexes(stream, indexes, cdfs, sizes, offsets)
        self.assertEqual((indexes.shape, np.int32), (back.shape, back.dtype))
        np.testing.assert_array_equal(symbols, back.reshape(-1))

    def test_any_32_bit_symbol_can_be_coded(self):
        symbols = [0, 21, -22, 1000, -32768, 32767, 32768, -40000, (1 << 31) - 1, -(1 << 31), -32769 + 3]
        indexes = [i % 5 for i in range(len(symbols))]
        stream = ans.RansEncoder().encode_with_indexes(symbols, indexes, *self.tables)
        self.assertEqual(symbols, ans.RansDecoder().decode_with_indexes(stream, indexes, *self.tables))
        with self.assertRaises(ValueError):
            ans.RansEncoder().encode_with_indexes([1 << 31], [0], *self.tables)

    def test_offsets_far_from_zero_cost_nothing(self):
        cdfs, sizes, offsets = self.tables
        moved = [offset + 100000 for offset in offsets]
        symbols = [symbol + 100000 for symbol in self.symbols]
        stream = ans.RansEncoder().encode_with_indexes(symbols, self.indexes, cdfs, sizes, moved)
        plain = ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, *self.tables)
        self.assertEqual(len(plain), len(stream))
        self.assertEqual(symbols, ans.RansDecoder().decode_with_indexes(stream, self.indexes, cdfs, sizes, moved))

    def test_a_table_that_is_all_escape_takes_any_symbol(self):
        cdfs, sizes, offsets = [[0, TOTAL], [0, 30000, TOTAL]], [2, 3], [4, -1]
        symbols, indexes = [4, -1, 77, 5], [0, 1, 1, 0]
        stream = ans.RansEncoder().encode_with_indexes(symbols, indexes, cdfs, sizes, offsets)
        self.assertEqual(symbols, ans.RansDecoder().decode_with_indexes(stream, indexes, cdfs, sizes, offsets))

    def test_calls_are_buffered_and_decoded_in_other_steps(self):
        encoder, decoder = ans.BufferedRansEncoder(), ans.RansDecoder()
        for _ in range(2):  # both are used again
            for first in range(0, 4000, 700):
                encoder.encode_with_indexes(self.symbols[first:first + 700], self.indexes[first:first + 700], *self.tables)
            stream = encoder.flush()
            self.assertEqual(ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, *self.tables), stream)
            decoder.set_stream(stream)
            back = []
            while len(back) < 4000:
                back += decoder.decode_stream(self.indexes[len(back):len(back) + 333], *self.tables)
            self.assertEqual(self.symbols, back)
        self.assertEqual(b"", encoder.flush())

    def test_tables_may_change_from_call_to_call(self):
        other = gaussian_tables([2, 5])
        encoder = ans.BufferedRansEncoder()
        encoder.encode_with_indexes([1, 2, 3], [0, 1, 2], *self.tables)
        encoder.encode_with_indexes([4, -50000], [0, 1], *other)
        encoder.encode_with_indexes([5], [4], *self.tables)
        decoder = ans.RansDecoder()
        decoder.set_stream(encoder.flush())
        self.assertEqual([1, 2], decoder.decode_stream([0, 1], *self.tables))
        with self.assertRaises(ValueError):
            decoder.decode_stream([0], *other)
        self.assertEqual([3], decoder.decode_stream([2], *self.tables))
        self.assertEqual([4, -50000], decoder.decode_stream([0, 1], *other))
        self.assertEqual([], decoder.decode_stream([], *self.tables))
        self.assertEqual([5], decoder.decode_stream([4], *self.tables))

    def test_equal_tables_are_prepared_once(self):
        before = lacuna.counters().handles
        for _ in range(20):  # new lists each time, as CompressAI's tolist() makes them
            cdfs, sizes, offsets = gaussian_tables([0.3, 1, 3, 9, 20])
            ans.RansEncoder().encode_with_indexes([1], [0], cdfs, sizes, offsets)
        self.assertLessEqual(lacuna.counters().handles, before + 1)
        cdfs[0][1] += 1  # a list that is changed is another table
        cdfs[0][2] += 1
        stream = ans.RansEncoder().encode_with_indexes(self.symbols[:50], [0] * 50, cdfs, sizes, offsets)
        self.assertEqual(self.symbols[:50], ans.RansDecoder().decode_with_indexes(stream, [0] * 50, cdfs, sizes, offsets))

    def test_prepared_tables_take_the_place_of_lists(self):
        prepared = ans.Cdfs(*self.tables)
        stream = ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, prepared)
        self.assertEqual(ans.RansEncoder().encode_with_indexes(self.symbols, self.indexes, *self.tables), stream)
        decoder = ans.RansDecoder()
        decoder.set_stream(stream)
        self.assertEqual(self.symbols, decoder.decode_stream(self.indexes, prepared))
        self.assertEqual(5, len(prepared))

    def test_wrong_arguments_raise(self):
        cdfs, sizes, offsets = self.tables
        for error, arguments in (
                (ValueError, ([1], [5], cdfs, sizes, offsets)),
                (ValueError, ([1], [-1], cdfs, sizes, offsets)),
                (ValueError, ([1, 2], [0], cdfs, sizes, offsets)),
                (ValueError, ([1], [0], cdfs, sizes[:-1], offsets)),
                (ValueError, ([1], [0], [[0, 5, 3, TOTAL]], [4], [0])),
                (ValueError, ([1], [0], [[0, 5, 9]], [3], [0])),
                (ValueError, ([1], [0], [[0, TOTAL]], [3], [0])),
                (TypeError, ([1.5], [0], cdfs, sizes, offsets))):
            with self.assertRaises(error):
                ans.RansEncoder().encode_with_indexes(*arguments)

    def test_damaged_streams_are_told_or_give_numbers(self):
        symbols = [*self.symbols[:300], 1 << 20, -(1 << 20)]
        indexes = [*self.indexes[:300], 0, 1]
        stream = ans.RansEncoder().encode_with_indexes(symbols, indexes, *self.tables)
        source, told = random.Random(6), 0
        for _ in range(300):
            damaged = bytearray(stream)
            damaged[source.randrange(len(damaged))] ^= 1 << source.randrange(8)
            try:
                ans.RansDecoder().decode_with_indexes(bytes(damaged), indexes, *self.tables)
            except ValueError:
                told += 1
        self.assertGreater(told, 250)
        for length in range(len(stream)):
            with self.assertRaises(ValueError):
                ans.RansDecoder().decode_with_indexes(stream[:length], indexes, *self.tables)


if __name__ == "__main__":
    unittest.main()
