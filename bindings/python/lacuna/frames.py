"""Pictures in the library's memory, for NumPy and DLPack without a copy."""

from __future__ import annotations

from ctypes import byref
from typing import Any, Dict, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from . import _abi
from ._native import check, lib
from .pixels import PixelFormat

CPU = (1, 0)  # kDLCPU, device 0


def known(time: int) -> Optional[int]:
    """A time or place of the library's; None where it is not known."""
    return None if time == _abi.UNKNOWN else time


class Frame:
    """A decoded picture.

    ``numpy.asarray(frame)``, ``numpy.from_dlpack(frame)``, ``torch.from_dlpack(frame)`` and, from Python 3.12, ``memoryview(frame)``
    look at its memory, which lives until the last of them is gone. Rows lie 64-byte aligned, so there may be gaps between them:
    ``frame.copy()`` has none.
    """

    def __init__(self, native: _abi.lac_frame) -> None:
        """Takes over the reference of a frame that the library filled."""
        self._native: Optional[_abi.lac_frame] = native
        self._looked_at = False

    def __del__(self) -> None:
        self._release()

    def __enter__(self) -> Frame:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._native is None:
            return "<lacuna.Frame closed>"
        return f"<lacuna.Frame {self.width}x{self.height} {self.format.name}>"

    @property
    def format(self) -> PixelFormat:
        """The order of the channels."""
        return PixelFormat(self._open.format)

    @property
    def width(self) -> int:
        """Pixels a row."""
        return int(self._open.width)

    @property
    def height(self) -> int:
        """Rows."""
        return int(self._open.height)

    @property
    def pts(self) -> Optional[int]:
        """Time of the packet in which the picture began, if it told."""
        return known(self._open.pts)

    @property
    def duration(self) -> Optional[int]:
        """Duration of that packet, if it told."""
        return known(self._open.duration)

    @property
    def offset(self) -> Optional[int]:
        """Where in its file the picture begins, if the packet told."""
        return known(self._open.offset)

    @property
    def shape(self) -> Tuple[int, ...]:
        """[height, width], [height, width, channels], or [channels, height, width] of the planar formats."""
        if self.format == PixelFormat.GREY:
            return self.height, self.width
        if self.format.is_planar:
            return self.format.channels, self.height, self.width
        return self.height, self.width, self.format.channels

    @property
    def strides(self) -> Tuple[int, ...]:
        """Bytes from an element to the next of each dimension of `shape`."""
        frame, channels = self._open, self.format.channels
        if self.format == PixelFormat.GREY:
            return frame.strides[0], 1
        if self.format.is_planar:
            return frame.planes[1] - frame.planes[0], frame.strides[0], 1
        return frame.strides[0], channels, 1

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        frame = self._open
        self._looked_at = True
        return {
            "version": 3,
            "typestr": "|u1",
            "shape": self.shape,
            "strides": self.strides,
            "data": (frame.planes[0], False),
        }

    def __buffer__(self, flags: int) -> memoryview:
        return self.array().data

    def __dlpack__(
        self,
        *,
        stream: Optional[int] = None,
        max_version: Optional[Tuple[int, int]] = None,
        dl_device: Optional[Tuple[int, int]] = None,
        copy: Optional[bool] = None,
    ) -> Any:
        """A DLPack capsule; its deleter gives the frame's memory back."""
        if stream is not None:
            raise BufferError("a frame lies in main memory, which has no streams")
        if dl_device is not None and tuple(int(part) for part in dl_device) != CPU:
            raise BufferError("a frame lies in main memory")
        # NumPy's capsule holds the array, the array a reference of its own to the frame: no callback of Python's runs in a deleter.
        array = self.copy() if copy else self.array()
        keywords: Dict[str, Any] = {"max_version": max_version} if max_version and _VERSIONED else {}
        return array.__dlpack__(**keywords)

    def __dlpack_device__(self) -> Tuple[int, int]:
        return CPU

    def array(self) -> NDArray[np.uint8]:
        """The picture as an array that looks at the frame's memory and outlives the frame."""
        copy = _abi.lac_frame()
        check(lib.lac_frame_retain(byref(copy), byref(self._open)))
        return np.asarray(Frame(copy))

    def copy(self) -> NDArray[np.uint8]:
        """The picture as an array of its own, without gaps."""
        return np.array(self, order="C")

    def close(self) -> None:
        """Gives the memory back: at once, or when the last array that looks at it is gone. To close again does nothing."""
        if not self._looked_at:
            self._release()

    @property
    def _open(self) -> _abi.lac_frame:
        if self._native is None:
            raise ValueError("the frame is closed")
        return self._native

    def _release(self) -> None:
        native, self._native = getattr(self, "_native", None), None
        if native is not None and native.reference:
            lib.lac_frame_release(byref(native))


_VERSIONED = tuple(int(part) for part in np.__version__.split(".")[:2]) >= (2, 1)
