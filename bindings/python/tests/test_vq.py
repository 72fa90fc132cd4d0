"""Vector quantisation."""

import unittest

import numpy as np

import lacuna
from lacuna import vq



def vectors(*shape: int, seed: int = 4) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


class QuantizerTests(unittest.TestCase):
    def test_nearest_codewords_are_those_of_a_plain_search(self):
        data, words = vectors(50, 7, 12), vectors(100, 12, seed=5)
        distances = ((data[:, :, None] - words) ** 2).sum(-1)
        np.testing.assert_array_equal(distances.argmin(-1), vq.nearest(data, words))
        cosines = data @ (words / np.linalg.norm(words, axis=1, keepdims=True)).T
        np.testing.assert_array_equal(cosines.argmax(-1), vq.nearest(data, words, "cosine"))
        np.testing.assert_array_equal((data @ words.T).argmax(-1), vq.nearest(data, words, "inner-product", threads=3))

    def test_residual_stages_encode_what_is_left(self):
        data, books = vectors(200, 8), [vectors(32, 8, seed=i) / (1 + i) for i in range(3)]
        with vq.Quantizer.residual(books) as quantizer:
            self.assertEqual((8, 3, 3), quantizer.info)
            self.assertEqual([32, 32, 32], quantizer.codewords)
            indices = quantizer.encode(data)
            rest = data.copy()
            for stage, book in enumerate(books):
                np.testing.assert_array_equal(vq.nearest(rest, book), indices[:, stage])
                rest -= book[indices[:, stage]]
            np.testing.assert_allclose(data - rest, quantizer.decode(indices), atol=1e-5)
            with quantizer.prefix(2) as prefix:
                np.testing.assert_array_equal(indices[:, :2], prefix.encode(data))
                np.testing.assert_array_equal(prefix.decode(indices[:, :2]), quantizer.decode(indices, stages=2))
        wide = vq.Quantizer.residual(books, beam=8, threads=2)
        error = ((wide.decode(wide.encode(data)) - data) ** 2).sum()
        self.assertLess(error, (rest**2).sum())

    def test_products_quantise_parts(self):
        data, books = vectors(60, 10), [vectors(16, 4, seed=1), vectors(9, 6, seed=2)]
        quantizer = vq.Quantizer.product(books)
        indices = quantizer.encode(data)
        np.testing.assert_array_equal(vq.nearest(data[:, :4], books[0]), indices[:, 0])
        np.testing.assert_array_equal(vq.nearest(data[:, 4:], books[1]), indices[:, 1])
        np.testing.assert_array_equal(books[1][indices[:, 1]], quantizer.decode(indices)[:, 4:])

    def test_training_finds_clusters_and_repeats_itself(self):
        centres = np.array([[0, 0], [10, 0], [0, 10], [10, 10]], dtype=np.float32)
        data = np.repeat(centres, 50, axis=0) + 0.1 * vectors(200, 2)
        book, error = vq.Codebook.train(data, 4, seed=9)
        again, _ = vq.Codebook.train(data, 4, seed=9, threads=3)
        self.assertEqual((4, 2), book.shape)
        np.testing.assert_array_equal(book.codewords, again.codewords)
        self.assertLess(error, 0.1)

    def test_storage_rounds_codewords(self):
        words = vectors(20, 6)
        np.testing.assert_array_equal(words, vq.Codebook(words).codewords)
        for storage, bound in (("bfloat16", 0.01), ("int8", 0.02)):
            rounded = vq.Codebook(words, storage=storage).codewords
            self.assertTrue(0 < np.abs(rounded - words).max() < bound * np.abs(words).max())

    def test_bits_move_the_choice(self):
        words = np.array([[0.0], [1.0]])
        self.assertEqual([1], vq.nearest([[0.6]], words).tolist())
        self.assertEqual([0], vq.nearest([[0.6]], vq.Codebook(words, bits=[0, 8], rate_weight=0.1)).tolist())

    def test_numbers_that_are_not_finite_are_refused_or_mapped(self):
        data, words = np.array([[np.nan, 1], [np.inf, 0]]), vectors(4, 2)
        with self.assertRaises(lacuna.InvalidDataError):
            vq.Quantizer.residual([words]).encode(data)
        mapped = vq.Quantizer.residual([words], non_finite="map").encode(data)
        self.assertEqual(vq.nearest([[0, 1]], words)[0], mapped[0, 0])

    def test_wrong_arguments_raise(self):
        quantizer = vq.Quantizer.residual([vectors(4, 3)])
        for call in (
                lambda: quantizer.encode(vectors(5, 4)),
                lambda: quantizer.encode(np.float32(1)),
                lambda: quantizer.decode([[4]]),
                lambda: quantizer.decode([[-1]]),
                lambda: quantizer.decode([[0]], stages=2),
                lambda: quantizer.prefix(2),
                lambda: vq.Codebook(vectors(4)),
                lambda: vq.Codebook(vectors(4, 3), metric="manhattan"),
                lambda: vq.Codebook([[np.nan]]),
                lambda: vq.Codebook(vectors(4, 3), bits=[1]),
                lambda: vq.Quantizer.residual([]),
                lambda: vq.Quantizer.residual([vectors(4, 3), vectors(4, 2)]),
                lambda: vq.Quantizer.open(b"no file"),
                lambda: vq.Codebook.train(vectors(3, 2), 4)):
            with self.assertRaises(ValueError):
                call()


class GridTests(unittest.TestCase):
    def test_fsq_is_as_vector_quantize_pytorch_has_it(self):
        levels = [8, 5, 5, 5]
        grid = vq.Grid.fsq(levels)
        self.assertEqual((1000, 4), grid.shape)
        data = 1.5 * vectors(500, 4)
        size = np.array(levels)
        half = (size - 1) * 1.001 / 2
        offset = np.where(size % 2 == 0, 0.5, 0)
        rounded = np.round(np.tanh(data + np.arctanh(offset / half)) * half - offset)
        expected = ((rounded + size // 2) * np.cumprod([1, *levels[:-1]])).sum(-1)
        indices = grid.encode(data)
        self.assertGreater((indices == expected).mean(), 0.99)
        np.testing.assert_allclose(grid.decode(expected.astype(np.int64)), rounded / (size // 2), atol=1e-6)
        points = grid.decode(np.arange(1000))
        np.testing.assert_array_equal(np.arange(1000), vq.Grid.fsq(levels, "nearest").encode(points))

    def test_lfq_and_bsq_take_a_bit_an_element(self):
        data = vectors(30, 6)
        expected = ((data > 0) * (1 << np.arange(5, -1, -1))).sum(-1)
        for grid, magnitude in ((vq.Grid.lfq(6), 1), (vq.Grid.lfq(6, 0.5), 0.5), (vq.Grid.bsq(6), 6**-0.5)):
            indices = grid.encode(data.reshape(5, 6, 6))
            np.testing.assert_array_equal(expected.reshape(5, 6), indices)
            np.testing.assert_allclose(np.where(data > 0, magnitude, -magnitude), grid.decode(indices).reshape(30, 6), rtol=1e-6)

    def test_wrong_arguments_raise(self):
        for call in (
                lambda: vq.Grid.fsq([]),
                lambda: vq.Grid.fsq([1]),
                lambda: vq.Grid.fsq([3], "clamp"),
                lambda: vq.Grid.lfq(63),
                lambda: vq.Grid.bsq(-1),
                lambda: vq.Grid.lfq(3).decode([8]),
                lambda: vq.Grid.lfq(3).encode(vectors(2, 4))):
            with self.assertRaises(ValueError):
                call()


if __name__ == "__main__":
    unittest.main()
