"""What is asked wrongly, and endpoints that fail: one clear line in Chinese and in English, and the exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from servers import free_port
from small_graph import small_graph

from policygraph import assets
from policygraph.cli import main
from policygraph.store import build_store
from policygraph.store.auth import PASSWORD, USER

POLICYGRAPH = [sys.executable, "-m", "policygraph.cli"]
HTML = (200, {"Content-Type": "text/html"}, b"<html><body>Welcome</body></html>")
LOCKED = (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
# Some seconds of work, and then an end: a thread that nobody waits for works on.
LONG = "SELECT (COUNT(*) AS ?n) { VALUES ?again { 1 2 3 4 5 } ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A small store, and the addresses of endpoints that fail, each in its own way."""
    store = tmp_path_factory.mktemp("bad") / "small.pg"
    build_store(store, small_graph())
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path.startswith("/slow"):
                stop.wait(30)
            status, headers, body = LOCKED if self.path.startswith("/locked") else HTML
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}"
    yield {
        "STORE": f"--store {store.as_posix()}",
        "DOWN": f"--endpoint http://127.0.0.1:{free_port()}/sparql",
        "SLOW": f"--endpoint {root}/slow --timeout 0.3",
        "LOCKED": f"--endpoint {root}/locked",
        "HTML": f"--endpoint {root}/html",
    }
    stop.set()
    server.shutdown()
    server.server_close()


ASK = "SELECT * { ?s ?p ?o }"
# what is wrong, the words of the command (QUERY is the next column), the query, what is said in English and in Chinese
TABLE = [
    ("unknown question", "ask lead-role STORE", "", "did you mean lead-roles", "lead-roles"),
    ("unknown parameter", "ask lead-roles --param city=x STORE", "", "has no parameter city", "没有参数"),
    ("wrong type: number", "ask co-responsibility --param together=many STORE", "", "is no whole number", "整数"),
    ("wrong type: year", "ask targets-due --param year=22 STORE", "", "is no year; write four digits", "四位"),
    ("wrong type: choice", "ask lead-roles --param language=fr STORE", "", "choose one of zh, en", "zh"),
    ("wrong type: thing", "ask target-path --param indicator=litracy STORE", "", "did you mean", "您要找的是不是"),
    ("syntax error", "sparql QUERY STORE", "SELECT ?s {\n ?s ex:name }", "line 2, column", "第 2 行"),
    ("runs too long", "sparql QUERY STORE --timeout 0.1", LONG, "no answer within 0.1 seconds", "0.1 秒"),
    ("endpoint down", "sparql QUERY DOWN", ASK, "cannot be reached", "无法连接"),
    ("endpoint slow", "sparql QUERY SLOW", ASK, "no answer within 0.3 seconds", "0.3 秒"),
    ("endpoint answers 401", "sparql QUERY LOCKED", ASK, f"asks for a name and password; set {USER}", USER),
    ("endpoint answers HTML", "sparql QUERY HTML", ASK, "answers a web page, not SPARQL results", "网页"),
]


@pytest.fixture(autouse=True)
def no_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    for name in (USER, PASSWORD):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", TABLE, ids=[case[0] for case in TABLE])
def test_one_clear_line_and_the_exit_code(
    places: dict[str, str], capsys: pytest.CaptureFixture[str], case: tuple[str, ...], language: str
) -> None:
    _, command, query, en, zh = case
    words = [part for word in command.split() for part in places.get(word, word).split()]
    assert main([query if word == "QUERY" else word for word in words] + ["--lang", language]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and said.err.startswith("policygraph: ")
    assert (en if language == "en" else zh) in said.err
    assert any(letter >= "\u4e00" for letter in said.err) is (language == "zh")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["ask documents STORE", "clauses FILE", "doctor"])
def test_a_full_disk_behind_standard_output_is_one_line(places: dict[str, str], tmp_path: Path, command: str) -> None:
    (tmp_path / "clauses.txt").write_text("(市教育局牵头)\n" * 3000, encoding="utf-8")
    named = {**places, "FILE": (tmp_path / "clauses.txt").as_posix()}
    words = [part for word in command.split() for part in named.get(word, word).split()]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*POLICYGRAPH, *words], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "无法输出（磁盘空间不足）" in done.stderr


def test_a_terminal_without_chinese_gets_the_rest_after_the_store_was_written(tmp_path: Path) -> None:
    """As in the C locale, with all that Python does against it switched off."""
    plain = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [*POLICYGRAPH, "build", str(assets.bundled_plans()[0]), "--store", str(tmp_path / "kg"), "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "kg" / "current").exists() and "kg" in done.stdout


def test_an_incomplete_installation_says_what_is_missing(tmp_path: Path) -> None:
    """In a process of its own: what another test has read is kept in this one."""
    shutil.copytree(assets.root() / "data" / "messages", tmp_path / "data" / "messages")
    script = "import sys, pathlib; from policygraph import assets; assets.root = lambda: pathlib.Path(sys.argv[1]); "
    script += "from policygraph.cli import main; sys.exit(main(['ask', '--lang', 'zh']))"
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "policygraph: 安装不完整，缺少 queries；请重新安装 policygraph\n"
