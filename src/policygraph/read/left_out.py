"""Remember what a reader of a file does not see as text, hidden, struck out or set askew, and say so."""

from __future__ import annotations

from policygraph.messages import Message, message

_SHOWN = 3  # places
_LONGEST = 20  # characters of each
_KEYS = {"hidden": "read.hidden", "struck-out": "read.struck-out", "askew": "read.askew"}


class LeftOut:
    """Stretches of text by why they are left out; those that follow each other in one paragraph are one."""

    def __init__(self) -> None:
        self._place = 0
        self._found: dict[str, list[tuple[int, str]]] = {why: [] for why in _KEYS}

    def next_place(self) -> None:
        """Begin the next paragraph."""
        self._place += 1

    def add(self, why: str, text: str) -> None:
        """Take in a stretch; blanks are nothing to be missed."""
        found = self._found[why]
        if found and found[-1][0] == self._place:
            found[-1] = (self._place, found[-1][1] + text)
        elif text.strip():
            found.append((self._place, text))

    def notes(self) -> tuple[Message, ...]:
        """Return a sentence for each reason, with how many places there are and what the first ones say."""
        return tuple(
            message(_KEYS[why], count=len(found), quotes=[_quote(text) for _, text in found[:_SHOWN]])
            for why, found in self._found.items()
            if found
        )


def _quote(text: str) -> Message:
    words = " ".join(text.split())
    return message("read.quote", words=words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…")
