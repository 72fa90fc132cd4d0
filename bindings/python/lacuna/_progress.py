"""Progress of long calls: a function of the caller's, and Ctrl-C."""

from __future__ import annotations

import ctypes
from typing import Callable, Generator, List, Optional

from . import _abi

# Receives the share done, 0 to 1; False ends the call with CancelledError, an exception ends it with that exception.
Progress = Callable[[float], Optional[bool]]

# The library passes a pointer before the number. Both x86-64 and AArch64 pass them in registers of different kinds, so a function
# of the number alone may stand here.
_REPORT = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_double)


class Reporter:
    """What the library calls; keeps what was raised meanwhile.

    Signals are handled where Python code begins to run, so KeyboardInterrupt would be raised before the first line of a function that
    ctypes calls, where nothing can catch it and ctypes drops it. A generator that waits in its `try` block is woken inside of it.
    """

    def __init__(self, progress: Optional[Progress]) -> None:
        self._raised: List[BaseException] = []
        running = _reports(progress, self._raised)
        next(running)
        self._callback = _REPORT(running.send)

    @property
    def native(self) -> _abi.lac_progress:
        """For the options of a decoder or encoder; this object must outlive them."""
        return _abi.lac_progress(None, ctypes.cast(self._callback, ctypes.c_void_p))

    def reraise(self) -> None:
        """Raises what ended the call, if it was an exception."""
        if self._raised:
            error = self._raised.pop()
            self._raised.clear()
            raise error


def _reports(progress: Optional[Progress], raised: List[BaseException]) -> Generator[int, float, None]:
    answer = 0
    while True:
        try:
            while True:
                done = yield answer
                answer = 1 if progress is not None and progress(done) is False else 0
        except GeneratorExit:
            return
        except BaseException as error:  # KeyboardInterrupt too: it cannot pass through the library
            raised.append(error)
            answer = 1
