"""Name every way policygraph can fail, in one tree.

PolicyGraphError
├── DocumentError          skip this document, go on with the batch (exit code 1)
│   ├── ReadError          the file cannot be read as text (empty, binary, too large, unknown encoding)
│   ├── NotAPlanError      the text was read, but nothing in it is a government plan
│   └── TableError         a fact table is malformed (file, line, column)
└── RunError               stop the run (exit code 2)
    ├── UsageError         what the user asked for does not exist or has the wrong type
    ├── DataError          a table, shape or query shipped with the project is inconsistent
    ├── StoreError         the store cannot be opened or written
    └── QueryError         a SPARQL query is malformed or failed
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from policygraph.messages import Message, message, render


class PolicyGraphError(Exception):
    """Base of all errors: one line that says what is wrong and what to do, in Chinese or English.

    ``key`` names the line in data/messages; a value may be a message or a :class:`~policygraph.messages.Foreign`.

    >>> error = UsageError("errors.example", name="x")
    >>> error.said("zh"), str(error)
    ('没有“x”;请看 policygraph --help', 'there is no «x»; see policygraph --help')
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.message = message(key, **values)

    @classmethod
    def like(cls, error: PolicyGraphError) -> Self:
        """Return the line of another error as one of this kind: what stops a run may only skip a document, and back."""
        return cls(error.key, **dict(error.message.values))

    @property
    def key(self) -> str:
        """Return the key of the line in data/messages."""
        return self.message.key

    def said(self, language: str) -> str:
        """Return the line in Chinese (``zh``) or English (``en``)."""
        return render(self.message, language)

    def __str__(self) -> str:
        return self.said("en")

    def __reduce__(self) -> tuple[Callable[..., PolicyGraphError], tuple[type[PolicyGraphError], Message]]:
        return _again, (type(self), self.message)  # a worker process sends it home with its values


def _again(kind: type[PolicyGraphError], told: Message) -> PolicyGraphError:
    return kind(told.key, **dict(told.values))


class DocumentError(PolicyGraphError):
    """Raise when one document must be skipped; the batch goes on."""


class ReadError(DocumentError):
    """Raise when a file cannot be read as text."""


class NotAPlanError(DocumentError):
    """Raise when a text holds no heading, clause, target or citation of a plan."""


class TableError(DocumentError):
    """Raise when a fact table is malformed; the message names file, line and column."""


class RunError(PolicyGraphError):
    """Raise when the whole run must stop."""


class UsageError(RunError):
    """Raise when a name or value given by the user does not exist or does not fit."""


class DataError(RunError):
    """Raise when a table, shape or query that ships with the project is inconsistent."""


class StoreError(RunError):
    """Raise when a store cannot be opened or written."""


class QueryError(RunError):
    """Raise when a SPARQL query is malformed or fails."""
