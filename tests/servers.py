"""Start real SPARQL servers for tests: on loopback, on a free port, in a folder of their own, ended with the test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_STARTS_WITHIN = 60.0
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: where it takes queries, and the name and password it wants for writing."""

    query: str
    user: str = ""
    password: str = ""


def free_port() -> int:
    """Return a port of the loopback interface that nothing uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def oxigraph(folder: Path, *flags: str) -> Iterator[Server]:
    """Run the `oxigraph` binary from PyPI, or skip where it is not installed."""
    beside = Path(sys.executable).parent
    binary = shutil.which("oxigraph", path=str(beside)) or shutil.which("oxigraph")
    if not binary:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    port = free_port()
    command = [binary, "serve", "--bind", f"127.0.0.1:{port}", *flags]  # in memory
    with _running(command, folder, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield Server(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000) -> Iterator[Server]:
    """Run virtuoso-opensource 7, or skip where it is not installed; it cuts answers at so many rows."""
    binary = shutil.which("virtuoso-t")
    if not binary:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin, virtuoso-opensource-7-common)")
    http, sql = free_port(), free_port()
    text = _VIRTUOSO_INI.format(folder=folder, http=http, sql=sql, rows=rows)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    command = [binary, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D"):
        yield Server(f"http://127.0.0.1:{http}/sparql", "dba", "dba")


@contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8"})
        try:
            if not _answers(probe, process):
                pytest.skip(f"{Path(command[0]).name} does not start here; see {folder / 'server.log'}")
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


def _answers(probe: str, process: subprocess.Popen[bytes]) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with opener.open(probe, timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False
