"""Say things in the language of the command line that runs."""

from __future__ import annotations

import locale
import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise

import click

from policygraph import messages
from policygraph.errors import PolicyGraphError

LANGUAGES = ("zh", "en")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """Return the language of the command that runs; outside of one, Chinese."""
    context = click.get_current_context(silent=True)
    return str(context.find_root().obj or LANGUAGES[0]) if context else LANGUAGES[0]


def said(key: str, /, **values: object) -> str:
    """Return the sentence of a key in the language of the command that runs."""
    return messages.say(key, language(), **values)


class _Spoken(logging.Handler):
    """Says what a room notes by the way, in one language, on stderr."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def emit(self, record: logging.LogRecord) -> None:
        """Say one note: a message of the catalogue."""
        print(f"policygraph: {messages.render(record.msg, self._language)}", file=sys.stderr)


@contextmanager
def notes_said(language: str) -> Iterator[None]:
    """Say in a language what rooms note while a command runs; they go on."""
    log, spoken = logging.getLogger("policygraph"), _Spoken(language)
    log.addHandler(spoken)
    try:
        yield
    finally:
        log.removeHandler(spoken)


def fault(error: PolicyGraphError, language: str) -> str:
    """Return the line that tells of an error.

    >>> from policygraph.errors import UsageError
    >>> fault(UsageError("errors.example", name="x"), "en")
    'policygraph: there is no «x»; see policygraph --help'
    """
    return f"policygraph: {error.said(language)}"


def language_of(arguments: Sequence[str], environment: Mapping[str, str] | None = None, own: str = "") -> str:
    """Return the language that a command line asks for, wherever on it; else ``own``, that of the locale, Chinese.

    >>> language_of(["ask", "--lang", "en", "--colour"]), language_of(["--lang=zh", "ask"], {"LANG": "en_GB.UTF-8"})
    ('en', 'zh')
    >>> language_of(["ask"], {"LANG": "en_GB.UTF-8"}), language_of(["ask"], {"LC_ALL": "C", "LANG": "en_GB.UTF-8"})
    ('en', 'zh')
    """
    before_end = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    after = [word for before, word in pairwise(before_end) if before == "--lang"]
    joined = [word.removeprefix("--lang=") for word in before_end if word.startswith("--lang=")]
    asked = [word for word in (*after, *joined) if word in LANGUAGES]
    return asked[-1] if asked else own or _of_locale(os.environ if environment is None else environment)


def _of_locale(environment: Mapping[str, str]) -> str:
    """Return the language of the first variable that is set, as POSIX has it; Windows has none and says it itself."""
    own = locale.getlocale()[0] if sys.platform == "win32" else None
    named = next((environment[name] for name in _VARIABLES if environment.get(name)), own or "")
    return "en" if named.lower().startswith("en") else LANGUAGES[0]
