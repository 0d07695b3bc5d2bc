"""What a reader of one format gives."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.messages import Message


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file, how its characters were written, and what of it is not in the text, or not as it was."""

    text: str
    encoding: str = "utf-8"
    notes: tuple[Message, ...] = ()
