"""Hold a file for one process; the system lets go of it when the process ends, however it ends."""

from __future__ import annotations

import os
from typing import IO


def lock(file: IO[bytes]) -> None:
    """Take the lock of an open file. Raises OSError at once where another process has it."""
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
