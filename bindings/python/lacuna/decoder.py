"""From packets to frames."""

from __future__ import annotations

from ctypes import POINTER, byref, c_uint64, c_void_p, cast
from typing import Iterable, Iterator, Optional, Sequence

from . import _abi
from ._handle import Handle
from ._native import Bytes, address, bytes_of, check, lib
from ._progress import Progress, Reporter
from .errors import Status
from .frames import Frame
from .models import Model
from .pixels import FormatLike, PixelFormat


def told(time: Optional[int]) -> int:
    """A time or place as the library has it."""
    return _abi.UNKNOWN if time is None else time


class Decoder(Handle):
    """Decodes many pictures, keeping threads and memory.

        with lacuna.Decoder(format="rgb") as decoder:
            for frame in decoder.frames(packets):
                show(numpy.asarray(frame))

    Packets may be whole streams or any pieces of a file that holds one after another. Calls wait for each other, and let other
    threads of Python run meanwhile; `cancel` does not wait. Use one decoder a thread.
    """

    _destroy = "lac_decoder_destroy"

    def __init__(
        self,
        format: FormatLike = None,
        threads: int = 0,
        *,
        max_pixels: int = 0,
        max_memory: int = 0,
        max_stream_bytes: int = 0,
        models: Sequence[Model] = (),
        progress: Optional[Progress] = None,
    ) -> None:
        """Makes a decoder.

        Parameters
        ----------
        format
            Of the frames; None: as each stream has it. Alpha that it lacks is dropped, alpha that a stream lacks is 255.
        threads
            0: one a processor; 256 at most. They change no bit.
        max_pixels, max_memory, max_stream_bytes
            Larger pictures are refused; 0: 2^28 pixels, no bound, 2^30 bytes.
        models
            Models beside the one in the library.
        progress
            Hears the share done of each picture, 0 to 1; returning False or raising ends the call.
        """
        super().__init__()
        self._ended = False
        self._reporter = Reporter(progress)
        handles = (c_void_p * len(models))(*[model._handle for model in models])
        options = _abi.lac_decoder_options(
            int(PixelFormat.of(format)), threads, 0, max_pixels, max_memory, max_stream_bytes,
            cast(handles, POINTER(c_void_p)) if models else None, len(models))
        options.progress = self._reporter.native
        # The bytes that models in memory look at must outlive the decoder.
        self._models = [model._bytes for model in models]
        check(lib.lac_decoder_create(byref(options), byref(self._handle)))

    def __iter__(self) -> Iterator[Frame]:
        """The pictures that can be decoded from what was sent."""
        while True:
            frame = self.get()
            if frame is None:
                return
            yield frame

    @property
    def ended(self) -> bool:
        """Whether all is delivered and there will be no more; see `finish`."""
        return self._ended

    def send(
        self, data: Bytes, *, pts: Optional[int] = None, duration: Optional[int] = None, offset: Optional[int] = None) -> bool:
        """Gives a packet, which is copied.

        Parameters
        ----------
        data
            A whole stream or a piece.
        pts, duration, offset
            Come back with the frames that begin in it.

        Returns
        -------
        bool
            False: nothing was taken, since a picture waits for `get`.
        """
        array = bytes_of(data)
        packet = _abi.lac_packet(0, address(array), array.size, told(pts), told(duration), told(offset))
        return check(lib.lac_decoder_send(self._handle, byref(packet))) == Status.OK

    def finish(self) -> None:
        """Says that there will be no more packets until `flush`; a stream that is not whole then raises `TruncatedError`."""
        check(lib.lac_decoder_send(self._handle, None))

    def get(self) -> Optional[Frame]:
        """Decodes the next picture.

        Returns
        -------
        Frame or None
            None: the decoder wants more packets, or has `ended`.

        Raises
        ------
        StreamError
            The picture cannot be decoded; the next call goes on behind it.
        CancelledError, MemoryError
            The same picture may be asked for again.
        """
        frame = _abi.lac_frame()
        status = lib.lac_decoder_get(self._handle, byref(frame))
        if status == Status.OK:
            return Frame(frame)
        if status == Status.CANCELLED:
            self._reporter.reraise()
        check(status)
        self._ended = status == Status.END
        return None

    def frames(self, packets: Iterable[Bytes]) -> Iterator[Frame]:
        """All pictures of a series of packets."""
        for packet in packets:
            while not self.send(packet):
                yield from self
            yield from self
        self.finish()
        yield from self

    def flush(self) -> None:
        """Forgets all packets and goes on as if new: for seeking."""
        self._ended = False
        check(lib.lac_decoder_flush(self._handle))

    def cancel(self) -> None:
        """Ends the `get` that is under way in another thread, or else the next, with `CancelledError`."""
        check(lib.lac_decoder_cancel(self._handle))

    @property
    def state_hash(self) -> int:
        """CRC-32C of the last picture's latents (upper half) and of its pixels in the frame's format: equal on every machine."""
        value = c_uint64()
        check(lib.lac_decoder_state_hash(self._handle, byref(value)))
        return value.value
