"""The command line: thin doors over the pipeline, the queries, the network and the exports.

Exit codes: 0 done; 1 done, but a document was skipped or does not conform; 2 the run failed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from policygraph.cli.usage import Parser, WrongCallError, language_of
from policygraph.cli.words import fault, say
from policygraph.errors import DocumentError, PolicyGraphError
from policygraph.version import __version__

__all__ = ["GROUPS", "main"]

# Which module has which commands: only that of the command at hand is loaded, so that small commands start fast.
GROUPS = {
    "documents": ("extract", "clauses", "score"),
    "checks": ("validate", "template", "gaps"),
    "answers": ("build", "ask", "sparql", "network", "export", "compare", "doctor"),
    "endpoints": ("push", "serve"),
    "papers": ("paper",),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error is one line on stderr."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        options = parser(given[0] if given else "").parse_args(given)
    except WrongCallError as error:
        print(error.shown(language_of(given)), file=sys.stderr)
        return 2
    try:
        code: int = options.run(options)
    except DocumentError as error:
        return _failed(error, 1, options.lang)
    except PolicyGraphError as error:
        return _failed(error, 2, options.lang)
    except KeyboardInterrupt:
        print(say("stopped", options.lang), file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except Exception as error:
        if os.environ.get("POLICYGRAPH_DEBUG"):
            raise
        print(f"policygraph: {say('internal', options.lang)} ({type(error).__name__}: {error})", file=sys.stderr)
        return 2
    return code


def parser(verb: str = "") -> argparse.ArgumentParser:
    """Return the parser of the commands that stand in one module with ``verb``, or of all where it is none."""
    root: argparse.ArgumentParser = Parser(
        prog="policygraph",
        description="中国政府文件责任知识图谱 / knowledge graphs of who answers for what in Chinese government plans",
    )
    root.add_argument("--version", action="version", version=f"policygraph {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language of the messages")
    verbs = root.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    wanted = [group for group, names in GROUPS.items() if verb in names]
    for group in [] if verb == "--version" else wanted or GROUPS:
        import_module(f"policygraph.cli.{group}").add_commands(verbs, common)
    return root


def _failed(error: PolicyGraphError, code: int, language: str) -> int:
    print(fault(error, language), file=sys.stderr)
    return code
