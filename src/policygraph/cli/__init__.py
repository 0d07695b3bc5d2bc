"""The command line: thin doors over the pipeline, the queries, the network and the exports.

Exit codes: 0 done; 1 done, but a document was skipped or does not conform; 2 the run failed; 130 it was interrupted.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click
from click.shell_completion import shell_complete

from policygraph.cli import studies
from policygraph.cli.commands import policygraph
from policygraph.cli.faults import told
from policygraph.cli.say import fault, language_of, notes_said
from policygraph.errors import DocumentError, PolicyGraphError
from policygraph.messages import Foreign, render, say

__all__ = ["main"]

_COMPLETE = "_POLICYGRAPH_COMPLETE"
_SELDOM = 100_000  # objects made before circles among them are looked for: most of what a command makes it keeps


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error is one line on stderr."""
    gc.set_threshold(_SELDOM)
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(given, own=studies.language_of(given))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows the rest
    try:
        return _run(given, language)
    except (KeyboardInterrupt, click.Abort):
        return _failed(say("cli.stopped", language), 130)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except FileNotFoundError as error:  # only `assets` lets it through
        return _failed("policygraph: " + say("cli.incomplete", language, path=error.filename), 2)
    except OSError as error:  # a file says its own name where it cannot be written: this is what was printed
        _drop_output()
        reason = Foreign(error.strerror or str(error))
        return _failed("policygraph: " + say("cli.not-printed", language, reason=reason), 2)
    except Exception as error:
        return _failed(*_told(error, language))


def _told(error: Exception, language: str) -> tuple[str, int]:
    """Return the line that tells of an error, and its exit code."""
    if isinstance(error, click.ClickException):
        return f"policygraph: {render(told(error), language)}", 2
    if isinstance(error, PolicyGraphError):
        return fault(error, language), 1 if isinstance(error, DocumentError) else 2
    if os.environ.get("POLICYGRAPH_DEBUG"):
        raise error
    return "policygraph: " + say("cli.internal", language, kind=type(error).__name__, error=error), 2


def _run(arguments: list[str], language: str) -> int:
    """Run a command, or tell a shell how a line may go on, which it asks for by a variable."""
    if asked := os.environ.get(_COMPLETE):
        return shell_complete(policygraph, {"obj": language}, "policygraph", _COMPLETE, asked)
    try:
        with notes_said(language), policygraph.make_context("policygraph", arguments, obj=language) as context:
            code = int(policygraph.invoke(context) or 0)
            sys.stdout.flush()  # here, where a full disk can still be said
            return code
    except click.exceptions.Exit as done:
        return done.exit_code


def _drop_output() -> None:
    """Let what is still to be printed go nowhere: Python would try again at its end, and fail with lines of its own."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code
