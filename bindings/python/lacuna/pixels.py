"""How pixels lie in memory, and how arrays become frames without a copy."""

from __future__ import annotations

from enum import IntEnum
from typing import List, Optional, Tuple, Union

import numpy as np
from numpy.typing import NDArray

from . import _abi
from ._native import address


class PixelFormat(IntEnum):
    """Orders of channels, 8 bits each; alpha is straight. The values are those of LAC_PIXEL_*."""

    STREAM = 0
    GREY = 1
    GREY_ALPHA = 2
    RGB = 3
    RGBA = 4
    BGR = 5
    BGRA = 6
    ARGB = 7
    ABGR = 8
    RGB_PLANAR = 16
    RGBA_PLANAR = 17

    @property
    def channels(self) -> int:
        """Bytes of a pixel, in all planes together; 0 for `STREAM`."""
        return _CHANNELS[self]

    @property
    def is_planar(self) -> bool:
        """Whether each channel has a plane of its own."""
        return self >= PixelFormat.RGB_PLANAR

    @classmethod
    def of(cls, value: FormatLike) -> PixelFormat:
        """A format from itself, its number, its name (``"bgra"``, ``"rgb-planar"``) or None for the stream's own."""
        if value is None:
            return cls.STREAM
        if isinstance(value, str):
            try:
                return cls[value.upper().replace("-", "_")]
            except KeyError:
                raise ValueError(f"there is no pixel format {value!r}") from None
        return cls(value)


FormatLike = Union[PixelFormat, str, int, None]

_CHANNELS = dict(zip(PixelFormat, (0, 1, 2, 3, 4, 3, 4, 4, 4, 3, 4)))
_INTERLEAVED = (PixelFormat.GREY, PixelFormat.GREY_ALPHA, PixelFormat.RGB, PixelFormat.RGBA)

# The formats that are others read backwards: `array[..., ::-1]` of the first is the second.
_REVERSED = {3: PixelFormat.BGR, 4: PixelFormat.ABGR}
_PLANAR = {3: PixelFormat.RGB_PLANAR, 4: PixelFormat.RGBA_PLANAR}

Layout = Tuple[PixelFormat, List[int], int]


def layout_of(array: NDArray[np.uint8]) -> Optional[Layout]:
    """Format, addresses of the planes and stride of an array [height, width, channels]; None where only a copy has one."""
    height, width, channels = array.shape
    rows, step, channel = array.strides
    row_steps = step if width > 1 else channels
    start = address(array)
    if channels == 1 or channel == 1:
        return (_INTERLEAVED[channels - 1], [start], rows) if row_steps == channels else None
    if channel == -1 and row_steps == channels and channels in _REVERSED:
        return _REVERSED[channels], [start - channels + 1], rows
    if (step == 1 or width == 1) and channels in _PLANAR:
        return _PLANAR[channels], [start + channel * i for i in range(channels)], rows
    return None


def frame_of(pixels: object, format: FormatLike = None) -> Tuple[_abi.lac_frame, NDArray[np.uint8]]:
    """A frame that looks at an array, and the array that must outlive it.

    Parameters
    ----------
    pixels
        uint8 [height, width], or [height, width, channels] with 1 to 4 channels; anything that NumPy takes for one. Rows and
        channels may have any strides, also negative ones; what no format has is copied.
    format
        What the channels are; None: grey, grey-alpha, RGB or RGBA, by their number. The array is then interleaved
        ([channels, height, width] for the planar formats).

    Raises
    ------
    TypeError
        The elements are not uint8.
    ValueError
        The shape is not a picture's.
    """
    array = np.asarray(pixels)
    if array.dtype != np.uint8:
        raise TypeError(f"pixels must be uint8, not {array.dtype}")
    chosen = PixelFormat.of(format)
    if chosen.is_planar:
        array = _planes_last(array, chosen)
    if array.ndim == 2:
        array = array[:, :, np.newaxis]
    if array.ndim != 3 or not 1 <= array.shape[2] <= 4:
        raise ValueError(f"a picture is [height, width] or [height, width, 1 to 4]; this is {list(array.shape)}")
    if 0 in array.shape:
        raise ValueError("a picture has one pixel or more")
    if chosen.channels and chosen.channels != array.shape[2]:
        raise ValueError(f"{chosen.name} has {chosen.channels} channels; the array has {array.shape[2]}")

    layout = layout_of(array)
    named = chosen in (PixelFormat.STREAM, *_INTERLEAVED) or chosen.is_planar
    if layout is None or (not named and layout[0] not in _INTERLEAVED):
        array = np.ascontiguousarray(array)
        layout = layout_of(array)
        assert layout is not None
    actual, planes, stride = layout
    frame = _abi.lac_frame(int(actual if named else chosen), array.shape[1], array.shape[0])
    for i, plane in enumerate(planes):
        frame.planes[i], frame.strides[i] = plane, stride
    frame.pts = frame.duration = frame.offset = _abi.UNKNOWN
    return frame, array


def _planes_last(array: NDArray[np.uint8], format: PixelFormat) -> NDArray[np.uint8]:
    """[channels, height, width] as [height, width, channels], without a copy."""
    if array.ndim != 3 or array.shape[0] != format.channels:
        raise ValueError(f"{format.name} is [{format.channels}, height, width]; this is {list(array.shape)}")
    return array.transpose(1, 2, 0)
