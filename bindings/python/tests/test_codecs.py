"""Decoders, encoders, frames and models as objects."""

import gc
import threading
import time
import unittest

import numpy as np

import lacuna

from .support import golden, gradient, vector


class DecoderTests(unittest.TestCase):
    def test_pieces_of_a_file_become_its_pictures(self):
        names = ["rgb-61x43-q0", "grey-33x97-q60", "rgba-120x75-q45"]
        file = b"".join(vector(name) for name in names)
        expected = [lacuna.decode(vector(name)) for name in names]
        for size in (1 << 20, 1000, 37):
            with lacuna.Decoder() as decoder:
                frames = list(decoder.frames(file[i:i + size] for i in range(0, len(file), size)))
                self.assertTrue(decoder.ended)
            self.assertEqual(3, len(frames))
            for frame, picture in zip(frames, expected):
                np.testing.assert_array_equal(picture, frame)

    def test_send_and_get_take_turns(self):
        stream = golden()
        with lacuna.Decoder(format="rgb") as decoder:
            self.assertIsNone(decoder.get())
            self.assertFalse(decoder.ended)
            self.assertTrue(decoder.send(stream, pts=10, duration=2, offset=77))
            frame = decoder.get()
            self.assertEqual((10, 2, 77), (frame.pts, frame.duration, frame.offset))
            self.assertIsNone(decoder.get())
            decoder.finish()
            self.assertIsNone(decoder.get())
            self.assertTrue(decoder.ended)
            decoder.flush()
            decoder.send(stream)
            frame = decoder.get()
            self.assertEqual((None, None, None), (frame.pts, frame.duration, frame.offset))

    def test_a_damaged_picture_is_dropped_and_the_next_one_comes(self):
        damaged = bytearray(golden())
        damaged[len(damaged) // 2] ^= 255
        with lacuna.Decoder() as decoder:
            decoder.send(damaged)
            with self.assertRaises(lacuna.StreamError):
                decoder.get()
            decoder.flush()
            decoder.send(golden())
            self.assertIsNotNone(decoder.get())

    def test_an_unfinished_stream_is_told_at_the_end(self):
        with lacuna.Decoder() as decoder:
            decoder.send(golden()[:-1])
            self.assertIsNone(decoder.get())
            decoder.finish()
            with self.assertRaises(lacuna.TruncatedError):
                decoder.get()

    def test_state_hashes_are_equal_for_equal_streams(self):
        with lacuna.Decoder(threads=3) as one, lacuna.Decoder(threads=1) as other:
            for decoder in (one, other):
                self.assertEqual(0, decoder.state_hash)
                decoder.send(golden())
                decoder.get()
            self.assertEqual(one.state_hash, other.state_hash)
            self.assertEqual(lacuna.crc32c(lacuna.decode(golden())), one.state_hash & 0xFFFFFFFF)

    def test_a_closed_decoder_raises(self):
        decoder = lacuna.Decoder()
        decoder.close()
        decoder.close()
        with self.assertRaises(lacuna.InvalidArgumentError):
            decoder.send(golden())


class ProgressTests(unittest.TestCase):
    def test_progress_rises_to_one(self):
        heard = []
        lacuna.decode(golden(), progress=heard.append)
        self.assertEqual(sorted(heard), heard)
        self.assertTrue(heard and 0 <= heard[0] and heard[-1] <= 1)
        lacuna.encode(gradient(30, 30, 3), progress=heard.append)

    def test_false_cancels_and_the_picture_may_be_asked_for_again(self):
        answers = [False]
        with lacuna.Decoder(progress=lambda done: answers.pop() if answers else None) as decoder:
            decoder.send(golden())
            with self.assertRaises(lacuna.CancelledError):
                decoder.get()
            np.testing.assert_array_equal(lacuna.decode(golden()), decoder.get())

    def test_what_a_progress_function_raises_comes_out(self):
        def fail(done: float) -> None:
            raise KeyError("stop")

        with self.assertRaises(KeyError):
            lacuna.decode(golden(), progress=fail)
        with self.assertRaises(KeyError):
            lacuna.encode(gradient(30, 30, 3), progress=fail)

    def test_cancel_ends_the_next_call(self):
        with lacuna.Decoder() as decoder:
            decoder.send(golden())
            decoder.cancel()
            with self.assertRaises(lacuna.CancelledError):
                decoder.get()
            self.assertIsNotNone(decoder.get())

    def test_an_interrupt_ends_a_decode(self):
        picture = gradient(1500, 2000, 3)
        stream = lacuna.encode(picture, quality=10)
        main = threading.main_thread().ident

        def interrupt() -> None:
            time.sleep(0.05)
            import signal
            signal.pthread_kill(main, signal.SIGINT)

        began = time.monotonic()
        decoded_whole = False
        thread = threading.Thread(target=interrupt)
        thread.start()
        with self.assertRaises(KeyboardInterrupt):
            while time.monotonic() - began < 30:
                lacuna.decode(stream, threads=1)
                decoded_whole = True
        thread.join()
        del decoded_whole
        np.testing.assert_array_equal(lacuna.decode(stream).shape, picture.shape)


class FrameTests(unittest.TestCase):
    def frame(self, format=None) -> lacuna.Frame:
        with lacuna.Decoder(format) as decoder:
            decoder.send(golden())
            return decoder.get()

    def test_arrays_look_at_the_frames_memory(self):
        frame = self.frame()
        one, other = np.asarray(frame), frame.array()
        self.assertEqual(one.__array_interface__["data"][0], other.__array_interface__["data"][0])
        self.assertEqual(0, one.strides[0] % 64)
        np.testing.assert_array_equal(lacuna.decode(golden()), one)
        self.assertTrue(frame.copy().flags.c_contiguous)
        self.assertEqual(lacuna.encode(frame), lacuna.encode(one))

    def test_arrays_outlive_frame_and_decoder(self):
        expected = lacuna.decode(golden())
        before = lacuna.counters().handles
        frame = self.frame()
        views = [np.asarray(frame), frame.array(), np.from_dlpack(frame)]
        with frame:
            pass
        del frame
        gc.collect()
        for view in views:
            np.testing.assert_array_equal(expected, view)
        del view, views
        gc.collect()
        self.assertEqual(before, lacuna.counters().handles)

    def test_a_closed_frame_raises_and_gives_its_memory_back(self):
        before = lacuna.counters()
        frame = self.frame()
        self.assertGreater(lacuna.counters().handles, before.handles)
        frame.close()
        frame.close()
        self.assertEqual(before.handles, lacuna.counters().handles)
        with self.assertRaises(ValueError):
            np.asarray(frame)
        with self.assertRaises(ValueError):
            frame.width

    def test_dlpack_shares_memory_and_its_deleter_releases_the_frame(self):
        before = lacuna.counters().handles
        frame = self.frame("rgb")
        self.assertEqual((1, 0), frame.__dlpack_device__())
        shared = np.from_dlpack(frame)
        self.assertEqual(*(array.__array_interface__["data"][0] for array in (np.asarray(frame), shared)))
        unused = frame.__dlpack__()
        frame.close()
        del frame, unused
        gc.collect()
        self.assertEqual(before + 1, lacuna.counters().handles)
        del shared
        gc.collect()
        self.assertEqual(before, lacuna.counters().handles)

    def test_dlpack_refuses_other_devices_and_streams(self):
        frame = self.frame()
        for keywords in ({"stream": 1}, {"dl_device": (2, 0)}):
            with self.assertRaises(BufferError):
                frame.__dlpack__(**keywords)
        self.assertIsNotNone(frame.__dlpack__(max_version=(1, 0), dl_device=(1, 0), copy=True))

    def test_torch_takes_a_frame(self):
        try:
            import torch
        except ImportError:
            self.skipTest("torch is not installed")
        frame = self.frame("rgb-planar")
        tensor = torch.from_dlpack(frame)
        self.assertEqual(frame.shape, tuple(tensor.shape))
        self.assertEqual(np.asarray(frame).__array_interface__["data"][0], tensor.data_ptr())
        del frame
        gc.collect()
        np.testing.assert_array_equal(lacuna.decode(golden(), "rgb-planar"), tensor.numpy())

    def test_planar_and_grey_frames_have_their_shapes(self):
        picture = lacuna.decode(golden())
        for format, shape in (("rgb-planar", (3, *picture.shape[:2])), ("grey", picture.shape[:2])):
            frame = self.frame(format)
            self.assertEqual(shape, frame.shape)
            np.testing.assert_array_equal(lacuna.decode(golden(), format), frame)
            self.assertIn(frame.format.name, repr(frame))


class EncoderTests(unittest.TestCase):
    def test_packets_carry_the_times_of_their_frames(self):
        picture = gradient(20, 30, 3)
        with lacuna.Encoder(quality=40) as encoder:
            self.assertIsNone(encoder.get())
            self.assertTrue(encoder.send(picture, pts=5, duration=1))
            self.assertFalse(encoder.send(picture))
            packet = encoder.get()
            self.assertEqual((5, 1, None), packet[1:])
            self.assertEqual(lacuna.encode(picture, 40), packet.data)
            self.assertEqual(packet.data, encoder.encode(picture))
            encoder.finish()
            self.assertEqual([], list(encoder))

    def test_a_model_that_is_named_is_the_one_in_use(self):
        with lacuna.Model() as model:
            facts = model.info
            self.assertTrue(facts.embedded)
            self.assertEqual(facts.hash, int.from_bytes(facts.sha256[:8], "little"))
            stream = lacuna.encode(gradient(8, 8, 3), model=model)
            self.assertEqual(facts.hash, lacuna.info(stream).model)
            self.assertEqual((8, 8, 3), lacuna.decode(stream, models=[model]).shape)

    def test_what_is_no_model_is_refused(self):
        with self.assertRaises(lacuna.FileError):
            lacuna.Model("/nowhere/model.lacm")
        with self.assertRaises(lacuna.InvalidDataError):
            lacuna.Model(b"no model")


if __name__ == "__main__":
    unittest.main()
