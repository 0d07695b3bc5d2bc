"""The command line: thin doors over the pipeline, the queries, the network and the exports.

Exit codes: 0 done; 1 done, but a document was skipped or does not conform; 2 the run failed; 130 it was interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import click
from click.shell_completion import shell_complete

from policygraph.cli.commands import policygraph
from policygraph.cli.faults import told
from policygraph.cli.say import fault, language_of
from policygraph.errors import DocumentError, PolicyGraphError
from policygraph.messages import render, say

__all__ = ["main"]

_COMPLETE = "_POLICYGRAPH_COMPLETE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error is one line on stderr."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows the rest
    try:
        return _run(given, language)
    except click.ClickException as error:
        return _failed(f"policygraph: {render(told(error), language)}", 2)
    except DocumentError as error:
        return _failed(fault(error, language), 1)
    except PolicyGraphError as error:
        return _failed(fault(error, language), 2)
    except (KeyboardInterrupt, click.Abort):
        return _failed(say("cli.stopped", language), 130)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except Exception as error:
        if os.environ.get("POLICYGRAPH_DEBUG"):
            raise
        return _failed("policygraph: " + say("cli.internal", language, kind=type(error).__name__, error=error), 2)


def _run(arguments: list[str], language: str) -> int:
    """Run a command, or tell a shell how a line may go on, which it asks for by a variable."""
    if asked := os.environ.get(_COMPLETE):
        return shell_complete(policygraph, {"obj": language}, "policygraph", _COMPLETE, asked)
    try:
        with policygraph.make_context("policygraph", arguments, obj=language) as context:
            return int(policygraph.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code


def _failed(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code
