"""Pictures to streams and back."""

import hashlib
import unittest

import numpy as np

import lacuna

from .support import golden, golden_facts, gradient, vector, VECTORS


def psnr(a, b) -> float:
    return 10 * np.log10(255**2 / max(np.mean((a.astype(float) - b) ** 2), 1e-9))


class GoldenTests(unittest.TestCase):
    def test_the_golden_file_decodes_to_the_same_pixels_as_in_every_language(self):
        facts, stream = golden_facts(), golden()
        header = lacuna.info(stream)
        self.assertEqual((int(facts["width"]), int(facts["height"])), (header.width, header.height))
        self.assertEqual(facts["format"], header.format.name.lower())
        self.assertEqual(facts["crc32c"], f"{lacuna.crc32c(lacuna.decode(stream)):08x}")

    def test_the_conformance_vectors_decode_to_their_hashes(self):
        lines = [line.split() for line in (VECTORS / "hashes.txt").read_text().splitlines() if line[0] != "#"]
        for name, stream_hash, pixel_hash in lines:
            with self.subTest(name):
                stream = vector(name)
                self.assertEqual(stream_hash, hashlib.sha256(stream).hexdigest())
                pixels = lacuna.decode(stream)
                self.assertEqual(lacuna.info(stream).shape, pixels.shape)
                self.assertEqual(pixel_hash, hashlib.sha256(pixels.tobytes()).hexdigest())


class InfoTests(unittest.TestCase):
    def test_a_header_tells_what_the_picture_is(self):
        header = lacuna.info(vector("grey-alpha-17x9-q80")[:64])
        self.assertEqual((17, 9, lacuna.PixelFormat.GREY_ALPHA), header[:3])
        self.assertAlmostEqual(80, header.quality, delta=0.5)
        self.assertTrue(header.has_model)
        self.assertEqual((9, 17, 2), header.shape)
        self.assertEqual(lacuna.Model().info.hash, header.model)

    def test_a_probe_says_yes_no_or_not_yet(self):
        stream = golden()
        self.assertIs(True, lacuna.probe(stream))
        self.assertIs(False, lacuna.probe(b"\x89PNG\r\n\x1a\n"))
        self.assertIsNone(lacuna.probe(stream[:1]))
        self.assertIsNone(lacuna.probe(b""))

    def test_memory_is_estimated_before_anything_is_opened(self):
        small, large = (lacuna.estimate_memory("decode", size, size) for size in (64, 4096))
        self.assertGreater(large, 4096 * 4096 * 3)
        self.assertLess(small, large)
        with self.assertRaises(ValueError):
            lacuna.estimate_memory("bake", 1, 1)


class EncodeTests(unittest.TestCase):
    def test_a_picture_survives_in_every_number_of_channels(self):
        for channels in (1, 2, 3, 4):
            with self.subTest(channels):
                picture = gradient(40, 52, channels)
                picture = picture[:, :, 0] if channels == 1 else picture
                back = lacuna.decode(lacuna.encode(picture, quality=90))
                self.assertEqual((picture.shape, np.uint8), (back.shape, back.dtype))
                self.assertTrue(back.flags.c_contiguous)
                self.assertGreater(psnr(picture, back), 28)

    def test_layouts_of_equal_pixels_give_equal_streams(self):
        picture = gradient(24, 31, 3)
        expected = lacuna.encode(picture)
        padded = np.zeros((24, 64, 3), dtype=np.uint8)
        padded[:, 10:41] = picture
        tall = np.zeros((48, 31, 3), dtype=np.uint8)
        tall[::2] = picture
        for name, pixels, format in (
                ("rows with gaps", padded[:, 10:41], None),
                ("every second row", tall[::2], None),
                ("bottom up", np.ascontiguousarray(picture[::-1])[::-1], None),
                ("reversed channels", np.ascontiguousarray(picture[..., ::-1])[..., ::-1], None),
                ("BGR by name", np.ascontiguousarray(picture[..., ::-1]), "bgr"),
                ("planes", np.ascontiguousarray(picture.transpose(2, 0, 1)).transpose(1, 2, 0), None),
                ("planes by name", np.ascontiguousarray(picture.transpose(2, 0, 1)), "rgb-planar"),
                ("Fortran order", np.asfortranarray(picture), None),
                ("mirrored", np.ascontiguousarray(picture[:, ::-1])[:, ::-1], None),
                ("four bytes a pixel", np.dstack([picture, picture[..., :1]])[..., :3], None),
                ("read-only", np.frombuffer(picture.tobytes(), dtype=np.uint8).reshape(picture.shape), None),
                ("lists", np.array(picture.tolist(), dtype=np.uint8), None)):
            with self.subTest(name):
                self.assertEqual(expected, lacuna.encode(pixels, format=format))

    def test_formats_by_name_are_their_channels(self):
        picture = gradient(12, 15, 4)
        expected = lacuna.encode(picture)
        for format, order in (("bgra", [2, 1, 0, 3]), ("argb", [3, 0, 1, 2]), ("abgr", [3, 2, 1, 0])):
            self.assertEqual(expected, lacuna.encode(np.ascontiguousarray(picture[..., order]), format=format), format)

    def test_one_pixel_a_row_or_a_column_is_a_picture(self):
        for shape in ((1, 1), (1, 9), (9, 1), (1, 1, 3), (7, 1, 3), (1, 7, 4)):
            picture = np.full(shape, 77, dtype=np.uint8)
            self.assertEqual(shape, lacuna.decode(lacuna.encode(picture)).shape)
            flipped = lacuna.encode(picture[::-1])
            self.assertEqual(lacuna.encode(picture), flipped)

    def test_quality_and_bound_decide_the_size(self):
        picture = gradient(64, 64, 3)
        sizes = [len(lacuna.encode(picture, quality)) for quality in (5, 50, 95)]
        self.assertEqual(sorted(sizes), sizes)
        self.assertLessEqual(len(lacuna.encode(picture, max_bytes=sizes[1])), sizes[1])
        with self.assertRaises(lacuna.BufferTooSmallError):
            lacuna.encode(picture, max_bytes=20)

    def test_threads_change_no_byte(self):
        picture = gradient(70, 1100, 3)
        self.assertEqual(lacuna.encode(picture, threads=1), lacuna.encode(picture, threads=5))

    def test_arguments_that_are_no_picture_raise(self):
        for error, pixels, keywords in (
                (TypeError, np.zeros((4, 4, 3)), {}),
                (TypeError, np.zeros((4, 4), dtype=np.uint16), {}),
                (TypeError, np.zeros((4, 4), dtype=bool), {}),
                (TypeError, "picture", {}),
                (TypeError, None, {}),
                (ValueError, np.zeros(4, dtype=np.uint8), {}),
                (ValueError, np.zeros((4, 4, 5), dtype=np.uint8), {}),
                (ValueError, np.zeros((4, 4, 3, 1), dtype=np.uint8), {}),
                (ValueError, np.zeros((0, 4, 3), dtype=np.uint8), {}),
                (ValueError, np.zeros((4, 4, 3), dtype=np.uint8), {"format": "bgra"}),
                (ValueError, np.zeros((4, 4, 3), dtype=np.uint8), {"format": "cmyk"}),
                (ValueError, np.zeros((4, 4, 3), dtype=np.uint8), {"format": "rgb-planar"}),
                (ValueError, np.zeros((4, 4), dtype=np.uint8), {"quality": 101}),
                (ValueError, np.zeros((4, 4), dtype=np.uint8), {"quality": float("nan")}),
                (ValueError, np.zeros((4, 4), dtype=np.uint8), {"threads": 257}),
                (ValueError, np.zeros((4, 4), dtype=np.uint8), {"max_bytes": 0}),
                (ValueError, np.zeros((1, 65536), dtype=np.uint8), {})):
            with self.subTest(shape=np.shape(pixels), **keywords), self.assertRaises(error):
                lacuna.encode(pixels, **keywords)


class DecodeTests(unittest.TestCase):
    def test_formats_are_the_same_pixels_in_another_order(self):
        stream = vector("rgba-120x75-q45")
        rgba = lacuna.decode(stream)
        for format, order in (("rgb", [0, 1, 2]), ("bgr", [2, 1, 0]), ("bgra", [2, 1, 0, 3]), ("argb", [3, 0, 1, 2]),
                              ("abgr", [3, 2, 1, 0])):
            np.testing.assert_array_equal(rgba[..., order], lacuna.decode(stream, format), format)
        np.testing.assert_array_equal(rgba.transpose(2, 0, 1), lacuna.decode(stream, "rgba-planar"))
        np.testing.assert_array_equal(rgba[..., :3].transpose(2, 0, 1), lacuna.decode(stream, lacuna.PixelFormat.RGB_PLANAR))
        opaque = lacuna.decode(vector("grey-33x97-q60"), "rgba")
        self.assertTrue((opaque[..., 3] == 255).all() and (opaque[..., 0] == opaque[..., 2]).all())

    def test_bytes_may_be_of_any_kind_that_has_no_gaps(self):
        stream = vector("dot-1x1-q50")
        expected = lacuna.decode(stream)
        for data in (bytearray(stream), memoryview(stream), np.frombuffer(stream, dtype=np.uint8)):
            np.testing.assert_array_equal(expected, lacuna.decode(data))
        for data in ("text", 7, None, memoryview(stream)[::2]):
            with self.assertRaises(TypeError):
                lacuna.decode(data)

    def test_limits_refuse_larger_pictures(self):
        stream = golden()
        header = lacuna.info(stream)
        self.assertIsNotNone(lacuna.decode(stream, max_pixels=header.width * header.height))
        with self.assertRaises(lacuna.LimitExceededError):
            lacuna.decode(stream, max_pixels=header.width * header.height - 1)
        with self.assertRaises(lacuna.LacunaError):
            lacuna.decode(stream, max_memory=1000)

    def test_a_picture_is_decoded_into_a_part_of_another(self):
        stream = golden()
        expected = lacuna.decode(stream)
        height, width = expected.shape[:2]
        page = np.full((height + 20, width + 30, 3), 9, dtype=np.uint8)
        lacuna.decode_into(stream, page[5:5 + height, 7:7 + width])
        np.testing.assert_array_equal(expected, page[5:5 + height, 7:7 + width])
        page[5:5 + height, 7:7 + width] = 9
        self.assertTrue((page == 9).all())
        lacuna.decode_into(stream, page[5:5 + height, 7:7 + width][::-1])
        np.testing.assert_array_equal(expected[::-1], page[5:5 + height, 7:7 + width])
        grey = np.empty((height, width), dtype=np.uint8)
        lacuna.decode_into(stream, grey)
        np.testing.assert_array_equal(lacuna.decode(stream, "grey"), grey)

    def test_arrays_that_do_not_fit_are_refused(self):
        stream = golden()
        height, width = lacuna.info(stream).shape[:2]
        readonly = np.zeros((height, width, 3), dtype=np.uint8)
        readonly.flags.writeable = False
        for error, array in (
                (ValueError, np.zeros((height, width + 1, 3), dtype=np.uint8)),
                (ValueError, np.zeros((height, width, 5), dtype=np.uint8)),
                (ValueError, np.zeros((height, 2 * width, 3), dtype=np.uint8)[:, ::2]),
                (ValueError, readonly),
                (TypeError, np.zeros((height, width, 3)))):
            with self.assertRaises(error):
                lacuna.decode_into(stream, array)


if __name__ == "__main__":
    unittest.main()
