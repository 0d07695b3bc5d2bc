"""Write results to standard output or a file, and progress to standard error."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policygraph.export import Exportable, export, render, save


def emit(text: str, out: str = "-") -> None:
    """Write text as UTF-8 to a file, or to standard output where ``out`` is ``-``; line ends stay as they are."""
    if out != "-":
        save(text.encode("utf-8"), Path(out))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def deliver(what: Exportable, options: argparse.Namespace) -> tuple[Path, ...]:
    """Write rows, a network or quads where and how the options say; return the files written."""
    if options.out != "-":
        return export(what, options.format, Path(options.out), options.bom)
    emit(render(what, options.format, options.bom))
    return ()


def note(text: str) -> None:
    """Write a line to standard error, on terminals of any encoding."""
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr)


def progress(text: str) -> None:
    """Show what is being done, where a person watches."""
    if sys.stderr.isatty():
        note(f"  … {text}")
