"""From frames to packets."""

from __future__ import annotations

from ctypes import byref, string_at
from typing import Iterator, NamedTuple, Optional

from . import _abi
from ._handle import Handle
from ._native import check, lib
from ._progress import Progress, Reporter
from .decoder import told
from .errors import Status
from .frames import known
from .models import Model
from .pixels import FormatLike, frame_of


class Packet(NamedTuple):
    """A stream of one picture, with what was told of its frame."""

    data: bytes
    pts: Optional[int]
    duration: Optional[int]
    offset: Optional[int]


class Encoder(Handle):
    """Encodes many pictures, keeping threads and memory.

        with lacuna.Encoder(quality=70) as encoder:
            for picture in pictures:
                file.write(encoder.encode(picture))

    Calls wait for each other, and let other threads of Python run meanwhile; `cancel` does not wait.
    """

    _destroy = "lac_encoder_destroy"

    def __init__(
        self,
        quality: float = 50,
        max_bytes: Optional[int] = None,
        threads: int = 0,
        *,
        model: Optional[Model] = None,
        progress: Optional[Progress] = None,
    ) -> None:
        """Makes an encoder.

        Parameters
        ----------
        quality
            0 (smallest stream) to 100 (best picture).
        max_bytes
            Of a stream; the quality is then searched for. None: no bound.
        threads
            0: one a processor; 256 at most. They change no bit.
        model
            None: the one in the library.
        progress
            Hears the share done of each picture, 0 to 1; returning False or raising ends the call.
        """
        super().__init__()
        self._reporter = Reporter(progress)
        self._model = model._bytes if model else None
        options = _abi.lac_encoder_options(threads, quality, bound_of(max_bytes), 0, 0, model._handle if model else None)
        options.progress = self._reporter.native
        check(lib.lac_encoder_create(byref(options), byref(self._handle)))

    def __iter__(self) -> Iterator[Packet]:
        """The packets that are ready."""
        while True:
            packet = self.get()
            if packet is None:
                return
            yield packet

    def send(
        self,
        pixels: object,
        format: FormatLike = None,
        *,
        pts: Optional[int] = None,
        duration: Optional[int] = None,
        offset: Optional[int] = None,
    ) -> bool:
        """Encodes a picture.

        Parameters
        ----------
        pixels, format
            As `lacuna.encode` takes them.
        pts, duration, offset
            Come back with the packet.

        Returns
        -------
        bool
            False: nothing was taken, since a packet waits for `get`.
        """
        frame, array = frame_of(pixels, format)
        frame.pts, frame.duration, frame.offset = told(pts), told(duration), told(offset)
        status = lib.lac_encoder_send(self._handle, byref(frame))
        del array  # it was kept for the call
        if status == Status.CANCELLED:
            self._reporter.reraise()
        return check(status) == Status.OK

    def finish(self) -> None:
        """Says that there will be no more pictures until `flush`."""
        check(lib.lac_encoder_send(self._handle, None))

    def get(self) -> Optional[Packet]:
        """Takes the packet; None where there is none."""
        packet = _abi.lac_packet()
        if check(lib.lac_encoder_get(self._handle, byref(packet))) != Status.OK:
            return None
        try:
            data = string_at(packet.data, packet.size)
            return Packet(data, known(packet.pts), known(packet.duration), known(packet.offset))
        finally:
            lib.lac_packet_release(byref(packet))

    def encode(self, pixels: object, format: FormatLike = None) -> bytes:
        """The stream of one picture."""
        self.flush()
        self.send(pixels, format)
        packet = self.get()
        assert packet is not None
        return packet.data

    def flush(self) -> None:
        """Forgets what was not taken and goes on as if new."""
        check(lib.lac_encoder_flush(self._handle))

    def cancel(self) -> None:
        """Ends the `send` that is under way in another thread, or else the next, with `CancelledError`."""
        check(lib.lac_encoder_cancel(self._handle))


def bound_of(max_bytes: Optional[int]) -> int:
    """`max_bytes` as the library has it, where 0 means no bound."""
    if max_bytes is None:
        return 0
    if max_bytes < 1:
        raise ValueError("max_bytes must be 1 or more")
    return max_bytes
