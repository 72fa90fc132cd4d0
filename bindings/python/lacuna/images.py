"""One picture to a stream and back."""

from __future__ import annotations

from ctypes import byref
from typing import NamedTuple, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from . import _abi
from ._native import Bytes, address, bytes_of, check, lib
from ._progress import Progress
from .decoder import Decoder
from .encoder import Encoder
from .errors import Status, TruncatedError
from .models import Model
from .pixels import FormatLike, PixelFormat, layout_of


class StreamInfo(NamedTuple):
    """What a stream says of its picture."""

    width: int
    """Pixels a row."""
    height: int
    """Rows."""
    format: PixelFormat
    """GREY, GREY_ALPHA, RGB or RGBA."""
    quality: float
    """0 to 100."""
    version: int
    """Of the format."""
    model: int
    """Content hash of the model that it needs; see `ModelInfo.hash`."""
    has_model: bool
    """Whether that is the one in the library."""

    @property
    def shape(self) -> Tuple[int, ...]:
        """Of the array that `decode` gives."""
        channels = self.format.channels
        return (self.height, self.width) if channels == 1 else (self.height, self.width, channels)


def probe(data: Bytes) -> Optional[bool]:
    """Whether bytes begin as a stream does; None: more bytes will tell."""
    array = bytes_of(data)
    return (False, None, True)[lib.lac_probe(address(array), array.size)]


def info(data: Bytes) -> StreamInfo:
    """Reads a stream's header; its first 64 bytes suffice.

    Raises
    ------
    StreamError
        It is not a stream, or not one that this library reads.
    """
    array = bytes_of(data)
    properties = _abi.lac_stream_properties()
    check(lib.lac_stream_info(address(array), array.size, byref(properties)))
    return StreamInfo(
        properties.width, properties.height, PixelFormat(properties.channels), properties.quality, properties.version,
        properties.model, bool(properties.has_model))


def encode(
    pixels: object,
    quality: float = 50,
    max_bytes: Optional[int] = None,
    threads: int = 0,
    *,
    format: FormatLike = None,
    model: Optional[Model] = None,
    progress: Optional[Progress] = None,
) -> bytes:
    """Encodes a picture.

    Parameters
    ----------
    pixels
        uint8 [height, width], or [height, width, channels] with 1 to 4 channels: grey, grey and alpha, RGB, RGBA. Any strides;
        rows, reversed channels (``bgr[..., ::-1]``) and planes (``chw.transpose(1, 2, 0)``) are read where they lie. A `Frame`
        is taken as it is.
    quality
        0 (smallest stream) to 100 (best picture).
    max_bytes
        Of the stream; the quality is then searched for. None: no bound.
    threads
        0: one a processor. They change no bit.
    format
        What the channels are, where their number does not tell: ``"bgr"``, ``"bgra"``, ``"argb"``, ``"abgr"``, or ``"rgb-planar"``
        and ``"rgba-planar"`` of arrays [channels, height, width].
    model
        None: the one in the library.
    progress
        Hears the share done, 0 to 1; returning False or raising ends the call.

    Raises
    ------
    TypeError, ValueError
        The array is not a picture's.
    BufferTooSmallError
        `max_bytes` is less than the lowest quality takes.
    """
    with Encoder(quality, max_bytes, threads, model=model, progress=progress) as encoder:
        return encoder.encode(pixels, format)


def decode(
    data: Bytes,
    format: FormatLike = None,
    threads: int = 0,
    *,
    max_pixels: int = 0,
    max_memory: int = 0,
    models: Sequence[Model] = (),
    progress: Optional[Progress] = None,
) -> NDArray[np.uint8]:
    """Decodes a stream.

    Parameters
    ----------
    data
        The stream; bytes after it are left alone.
    format
        None: as the stream has it. Else grey, RGB, BGRA, ..., see `PixelFormat`.
    threads
        0: one a processor. They change no bit.
    max_pixels, max_memory
        Larger pictures are refused; 0: 2^28 pixels, no bound.
    models
        Models beside the one in the library.
    progress
        Hears the share done, 0 to 1; returning False or raising ends the call.

    Returns
    -------
    ndarray
        uint8 [height, width], [height, width, channels], or [channels, height, width] of the planar formats.

    Raises
    ------
    StreamError
        The stream is damaged, of another version, too large, or wants a model that is not here.
    """
    with Decoder(
            format, threads, max_pixels=max_pixels, max_memory=max_memory, models=models, progress=progress) as decoder:
        decoder.send(data)
        decoder.finish()
        frame = decoder.get()
        if frame is None:
            raise TruncatedError(Status.TRUNCATED, "The stream ends too soon.", "There are no bytes.")
        with frame:
            return frame.copy()


def decode_into(data: Bytes, pixels: NDArray[np.uint8], threads: int = 0, *, format: FormatLike = None, max_pixels: int = 0) -> None:
    """Decodes a stream into an array: of a pool, of shared memory, a part of a larger picture.

    Parameters
    ----------
    data
        The stream.
    pixels
        uint8 [height, width] or [height, width, channels], as `info` tells; rows may have any stride, pixels lie side by side.
    format
        None: grey, grey-alpha, RGB or RGBA, by the number of channels of `pixels`.
    threads, max_pixels
        As for `decode`.

    Raises
    ------
    TypeError, ValueError
        The array is of another type or shape, or cannot be written.
    StreamError
        As for `decode`; the array is then all 0.
    """
    array = pixels if pixels.ndim == 3 else pixels[..., np.newaxis]
    if pixels.dtype != np.uint8:
        raise TypeError(f"pixels must be uint8, not {pixels.dtype}")
    header = info(data)
    if array.shape[:2] != (header.height, header.width) or not 1 <= array.shape[2] <= 4 or not pixels.flags.writeable:
        raise ValueError(f"the picture is {header.height} x {header.width}; the array is {list(pixels.shape)}, or read-only")
    chosen = PixelFormat.of(format)
    layout = layout_of(array)
    if layout is None or len(layout[1]) != 1 or chosen.is_planar or chosen.channels not in (0, array.shape[2]):
        raise ValueError("the array's channels lie as no format has them")
    actual, (start,), stride = layout
    source = bytes_of(data)
    options = _abi.lac_image_decode_options(threads, max_pixels, int(chosen or actual), 0)
    capacity = (header.height - 1) * abs(stride) + header.width * array.shape[2]
    check(lib.lac_image_decode_into(address(source), source.size, byref(options), start, stride, capacity))
