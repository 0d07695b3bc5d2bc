"""Hold what came of a request to an endpoint: an answer, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint answered; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str

    @property
    def kind(self) -> str:
        """Return the media type."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class NoAnswerError(Exception):
    """No answer came, or not the whole of one that had ``begun``; what came before may have been no HTTP."""

    def __init__(self, reason: str, begun: bool, is_http: bool) -> None:
        super().__init__(reason)
        self.begun, self.is_http = begun, is_http


class TooLargeError(Exception):
    """The answer is larger than it may be."""


class NoLoginError(Exception):
    """The server asks for a kind of authentication that is not known here."""
