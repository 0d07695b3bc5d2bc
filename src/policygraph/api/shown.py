"""Hold a picture that notebooks show and that can be saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policygraph.export import save


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture, PNG or SVG, as bytes."""

    data: bytes = field(repr=False)
    form: str

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file. Raises UsageError where the folder is missing."""
        save(self.data, Path(path))
        return Path(path)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        """Return what notebooks show."""
        return {"image/png": self.data} if self.form == "png" else {"image/svg+xml": self.data.decode()}
