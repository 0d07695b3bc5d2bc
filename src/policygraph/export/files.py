"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from policygraph.errors import UsageError


def save(content: bytes, path: Path) -> None:
    """Write a file beside the old one and rename it into place; a failure leaves the old one as it was.

    Raises UsageError where the folder is missing or cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name a folder that exists") from error
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        fresh.chmod(0o644)
        fresh.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); close what has it open") from error
    finally:
        fresh.unlink(missing_ok=True)
