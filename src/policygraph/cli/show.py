"""Write results to standard output or a file, and what is done to standard error."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size

from policygraph import messages
from policygraph.cli.options import Output
from policygraph.cli.say import language, said
from policygraph.export import Exportable, export, render, save, table
from policygraph.messages import Message
from policygraph.rows import Rows


def emit(text: str, out: str = "-") -> None:
    """Write text as UTF-8 to a file, and say so, or to standard output for ``-``; line ends stay as they are."""
    if out != "-":
        save(text.encode("utf-8"), Path(out))
        wrote(Path(out))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def deliver(what: Exportable, output: Output, title: str = "") -> None:
    """Write rows, a network or quads where and how the output says; ``title`` stands above tables and pictures."""
    if output.format == "table" and isinstance(what, Rows):
        emit(titled(what, title, output.out), output.out)
    elif output.out == "-":
        emit(render(what, output.format, output.bom))
    else:
        for path in export(what, output.format, Path(output.out), output.bom, title, language()):
            wrote(path)


def titled(rows: Rows, title: str, out: str = "-") -> str:
    """Return a table for people with its title above; on a terminal its lines are as wide as that, and no wider."""
    width = get_terminal_size().columns if out == "-" and is_terminal() else None
    return (f"{title}\n" if title else "") + table(rows, width)


def is_terminal() -> bool:
    """Tell whether a person reads standard output as it comes."""
    return sys.stdout.isatty()


def wrote(path: Path) -> None:
    """Say which file was written."""
    note(said("cli.written", path=path))


def note(text: str) -> None:
    """Write a line to standard error, on terminals of any encoding."""
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr)


def progress(told: Message | str) -> None:
    """Show what is being done, where a person watches."""
    if sys.stderr.isatty():
        note(f"  … {messages.render(told, language())}")
