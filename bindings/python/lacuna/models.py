"""Models: the prior that both ends of a stream share."""

from __future__ import annotations

import os
from ctypes import byref
from typing import NamedTuple, Union

from . import _abi
from ._handle import Handle
from ._native import Bytes, address, bytes_of, check, lib


class ModelInfo(NamedTuple):
    """What a model is."""

    embedded: bool
    """Whether it is the one in the library."""
    hash: int
    """As streams name it: the first eight bytes of `sha256`, little-endian."""
    sha256: bytes
    """Of the file."""
    size: int
    """Of the file, in bytes."""
    parameters: int
    """Numbers in it."""


class Model(Handle):
    """A trained prior. It never changes: threads, decoders and encoders may share it, and keep it while they need it."""

    _destroy = "lac_model_release"

    def __init__(self, source: Union[str, os.PathLike[str], Bytes, None] = None) -> None:
        """Opens a model.

        Parameters
        ----------
        source
            A path of a ``.lacm`` file, which is mapped; the bytes of one, which are not copied and must not change; or None: the
            model in the library.

        Raises
        ------
        FileError, InvalidDataError
            It cannot be read, or is not a model of this version.
        """
        super().__init__()
        self._bytes = None
        if source is None:
            check(lib.lac_model_default(byref(self._handle)))
        elif isinstance(source, (str, os.PathLike)):
            check(lib.lac_model_open_file(os.fsencode(source), byref(self._handle)))
        else:
            self._bytes = bytes_of(source)
            check(lib.lac_model_open_memory(address(self._bytes), self._bytes.size, byref(self._handle)))

    @property
    def info(self) -> ModelInfo:
        """What the model is."""
        properties = _abi.lac_model_properties()
        check(lib.lac_model_info(self._handle, byref(properties)))
        return ModelInfo(
            bool(properties.embedded), properties.hash, bytes(properties.sha256), properties.bytes, properties.parameters)
