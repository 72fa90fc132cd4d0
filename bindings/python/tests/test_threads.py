"""Threads, forks and leaks."""

import gc
import hashlib
import multiprocessing
import threading
import unittest

import numpy as np

import lacuna

from .support import golden, vector

NAMES = ["rgb-61x43-q0", "grey-33x97-q60", "rgba-120x75-q45", "rgb-1100x37-q20"]


def digest(pixels: np.ndarray) -> str:
    return hashlib.sha256(pixels.tobytes()).hexdigest()


def decode_in_child(stream: bytes) -> str:
    return digest(lacuna.decode(stream))


class ThreadTests(unittest.TestCase):
    def test_eight_threads_decode_to_equal_hashes(self):
        streams = [vector(name) for name in NAMES]
        expected = [digest(lacuna.decode(stream)) for stream in streams]
        wrong, start = [], threading.Barrier(8)

        def work(own: lacuna.Decoder) -> None:
            start.wait()
            for _ in range(5):
                for stream, hashed in zip(streams, expected):
                    own.send(stream)
                    if digest(own.get().copy()) != hashed or digest(lacuna.decode(stream, threads=2)) != hashed:
                        wrong.append(hashed)

        decoders = [lacuna.Decoder(threads=1 + i % 3) for i in range(8)]
        threads = [threading.Thread(target=work, args=(decoder,)) for decoder in decoders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], wrong)

    def test_a_detail_text_belongs_to_its_thread(self):
        found, start = [], threading.Barrier(4)

        def work(quality: float) -> None:
            start.wait()
            for _ in range(50):
                try:
                    lacuna.encode(np.zeros((1, 1), dtype=np.uint8), quality=quality)
                except lacuna.InvalidArgumentError as error:
                    found.append(str(int(quality)) in error.detail)

        threads = [threading.Thread(target=work, args=(1000.0 + i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([True] * 200, found)

    def test_a_child_process_that_is_spawned_decodes(self):
        lacuna.decode(golden())
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            self.assertEqual(decode_in_child(golden()), pool.apply_async(decode_in_child, (golden(),)).get(timeout=120))


class LeakTests(unittest.TestCase):
    def test_a_thousand_decodes_leave_nothing(self):
        stream = vector("dot-1x1-q50")

        def settle() -> lacuna.Counters:
            gc.collect()
            return lacuna.counters()

        for _ in range(50):
            lacuna.decode(stream, threads=1)
        before = settle()
        for _ in range(1000):
            lacuna.decode(stream, threads=1)
        after = settle()
        self.assertEqual(before.handles, after.handles)
        self.assertLess(after.native_bytes - before.native_bytes, 1 << 16)

    def test_garbage_of_decodes_is_collected(self):
        stream, sizes = vector("dot-1x1-q50"), [0]
        while len(sizes) < 200 and sizes[-1] >= max(sizes):  # until a collection makes the heap smaller
            for _ in range(200):
                lacuna.decode(stream, threads=1)
            sizes.append(lacuna.counters().managed_bytes)
        self.assertTrue(sizes[-1] < max(sizes) or sizes[-1] - sizes[1] < 1 << 20, sizes)

    def test_failures_leave_nothing(self):
        before = lacuna.counters().handles
        for _ in range(200):
            with self.assertRaises(lacuna.StreamError):
                lacuna.decode(golden()[:100])
            with self.assertRaises(lacuna.LacunaError):
                lacuna.Decoder(threads=-1)
        gc.collect()
        self.assertEqual(before, lacuna.counters().handles)


if __name__ == "__main__":
    unittest.main()
