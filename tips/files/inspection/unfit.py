"""The refusal of a file, and how large a file of each kind may be."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from pypdf.errors import PyPdfError

MB = 1024 * 1024
STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    PyPdfError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class Unfit(Exception):
    """The file may not be kept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refuse_larger(size: int, most_mb: int) -> None:
    """Refuse what no honest file of the kind needs. Raises: Unfit."""
    if size > most_mb * MB:
        raise Unfit("too_large_of_kind")


@contextmanager
def readable() -> Iterator[None]:
    """What a library stumbles over in a file is the file's fault: a repeat would end the same way. Raises: Unfit."""
    try:
        yield
    except (Image.DecompressionBombError, MemoryError, RecursionError):
        raise Unfit("bomb") from None
    except STUMBLES:
        raise Unfit("damaged") from None
