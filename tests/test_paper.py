"""A paper pack: the same bytes each time, every number from the tables, in whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from drawing import needs_font
from odd_graph import DISTRICT, odd_graph
from servers import oxigraph
from small_graph import DOCUMENTS, small_graph

import policygraph.paper as room
from policygraph import assets
from policygraph.cli import main
from policygraph.errors import UsageError
from policygraph.export import pictures, render
from policygraph.model import Facts
from policygraph.paper import paper
from policygraph.query import ask
from policygraph.rows import Rows
from policygraph.store import EndpointStore, Store, build_store, open_store, push
from policygraph.vocab import Quad

pytest.importorskip("matplotlib")
pytest.importorskip("xlsxwriter")

BOTH = (*DOCUMENTS, DISTRICT)
OURS = ".policygraph-folder"  # the list by which a later run knows the pack


@pytest.fixture(scope="module", autouse=True)
def font() -> None:
    needs_font()


def filled(quads: tuple[Quad, ...]) -> Store:
    store = open_store()
    store.add_all(quads)
    return store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with filled(odd_graph()) as made:
        yield made


@pytest.fixture(scope="module")
def pack(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "pack"
    paper(store, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8-sig")


# ---------------------------------------------------------------- the files


def test_two_runs_give_the_same_bytes(store: Store, pack: Path, tmp_path: Path) -> None:
    written = paper(store, tmp_path / "again")
    assert contents(tmp_path / "again") == contents(pack)
    assert set(written) == {tmp_path / "again" / name for name in contents(pack) if name != OURS}
    assert written[0].name == "README.md"


IN_THE_PACK = [
    *("README.md", "methods-zh.md", "methods-en.md", "versions.csv"),
    *("citation.bib", "citation.json", "CITATION.cff"),
    *(f"figures/{name}.png" for name in ("ranking-functions", "ranking-bodies", "heat-map", "network-functions")),
    *(f"figures/{name}.svg" for name in ("ranking-functions", "ranking-bodies", "heat-map", "network-functions")),
    *(f"networks/function{end}" for end in (".graphml", ".gexf", ".net", "-map.txt", "-network.txt")),
    *(f"networks/co-responsibility{end}" for end in ("-nodes.csv", "-edges.csv", "-measures.csv")),
    *("rankings/by-function-rules.csv", "rankings/by-body-rules.csv", "rankings/lead-roles.xlsx"),
    *("cascade/matrix.csv", "cascade/cascade.xlsx", "queries/lead-roles-compared.rq"),
]  # fmt: skip


@pytest.mark.parametrize("name", IN_THE_PACK)
def test_it_is_in_the_pack(pack: Path, name: str) -> None:
    assert (pack / name).stat().st_size > 20


def test_the_readme_lists_every_file_with_its_hash(pack: Path) -> None:
    listed = dict(re.findall(r"\| (\S+) \| ([0-9a-f]{64}) \|", text(pack, "README.md")))
    written = contents(pack).items()
    held = {name: hashlib.sha256(data).hexdigest() for name, data in written if name not in ("README.md", OURS)}
    assert listed == held and len(held) > 80


def test_nothing_in_the_pack_says_when_or_where_it_was_made(pack: Path) -> None:
    for name, data in contents(pack).items():
        if name.endswith((".md", ".svg", ".csv", ".rq", ".bib", ".json", ".cff", ".gexf", ".graphml")):
            assert not re.search(rb"dc:date|lastmodifieddate|/(?:tmp|home|root)/", data), name
    assert b"tIME" not in (pack / "figures" / "heat-map.png").read_bytes()


def test_networks_and_tables_are_read_by_others(pack: Path) -> None:
    one = nx.read_graphml(pack / "networks" / "function.graphml")
    other = nx.read_gexf(pack / "networks" / "function.gexf", version="1.3")
    assert set(one) == set(other) and one.number_of_edges() == other.number_of_edges() > 0
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(pack / "rankings" / "lead-roles.xlsx")
    assert book.sheetnames == ["by-function", "by-function-rules", "by-body", "by-body-rules", "by-document"]
    assert {entry["language"] for entry in json.loads(text(pack, "citation.json"))} == {"zh", "en"}


def test_the_queries_of_the_pack_give_its_tables(store: Store, pack: Path) -> None:
    for query, table in {"lead-roles-compared": "rankings/by-function-rules", "documents": "tables/documents"}.items():
        found = store.query(text(pack, f"queries/{query}.rq"))
        assert isinstance(found, Rows)
        assert render(found, "csv") == (pack / f"{table}.csv").read_bytes().decode("utf-8-sig")


def test_every_query_of_the_pack_runs(store: Store, pack: Path) -> None:
    queries = sorted((pack / "queries").iterdir())
    assert len(queries) > 15
    for path in queries:
        assert isinstance(store.query(path.read_text(encoding="utf-8")), Rows), path.name


# ---------------------------------------------------------------- the numbers


def counted(documents: tuple[Facts, ...]) -> dict[str, int]:
    """Count what the methods say, from the fact tables alone."""
    tables = ("clauses", "responsibilities", "targets", "citations")  # these documents have no bodies or schedule
    statuses = Counter(row.evidence.status for each in documents for name in tables for row in getattr(each, name))
    roles = Counter(row.role for each in documents for row in each.responsibilities)
    stated = [each for each in documents if each.targets or each.responsibilities or each.structure]
    numbers = [row for each in documents for row in each.targets if row.kind == "quantitative"]
    return {
        "documents": len(documents),
        "with_text": len(stated),
        "without_text": len(documents) - len(stated),
        "actions": sum(row.kind == "action" for each in documents for row in each.structure),
        "clauses": sum(len(each.clauses) for each in documents),
        "unparsed": sum(row.parsed != "yes" for each in documents for row in each.clauses),
        "leads": roles["lead"],
        "supports": roles["support"],
        "responsible": roles["responsible"],
        "implements": roles["implement"],
        "responsibilities": roles.total(),
        "targets": sum(len(each.targets) for each in documents),
        "citations": sum(len(each.citations) for each in documents),
        "bodies": len({row.agency_id for each in documents for row in each.responsibilities}),
        "reviewed": statuses["reviewed"],
        "unchecked": statuses["unchecked"],
        "disputed": statuses["disputed"],
        "unchecked_figures": sum(row.evidence.status in ("unchecked", "disputed") for row in numbers),
        "open_lists": sum(row.open == "yes" for each in documents for row in each.clauses),
    }


def said(folder: Path, language: str) -> dict[str, str]:
    """Return the values that a text of the pack names, found by its template."""
    template = assets.path("data", "paper", f"methods-{language}.md").read_text(encoding="utf-8")
    parts = re.split(r"\$([a-z_]+)", template)
    seen: set[str] = set()
    pattern = ""
    for place, part in enumerate(parts):
        if place % 2 == 0:
            pattern += re.escape(part)
        elif part in seen:
            pattern += f"(?P={part})"
        else:
            seen.add(part)
            pattern += rf"(?P<{part}>[0-9a-f.]+?)"
    found = re.fullmatch(pattern, (folder / f"methods-{language}.md").read_text(encoding="utf-8"))
    assert found
    return found.groupdict()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_methods_say_what_the_tables_hold(pack: Path, language: str) -> None:
    told = said(pack, language)
    assert {name: told[name] for name in counted(BOTH)} == {name: str(n) for name, n in counted(BOTH).items()}


def test_the_methods_say_the_same_in_both_languages(store: Store, pack: Path) -> None:
    zh, en = said(pack, "zh"), said(pack, "en")
    assert zh == en
    rows = ask(store, "ambition")
    for name in ("compared", "tighter", "dropped"):
        place = rows.columns.index(name)
        assert zh[name] == str(sum(int(str(row[place])) for row in rows.rows))


def test_the_hash_is_that_of_the_sorted_quads(store: Store, pack: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(render(tuple(store.quads()), "nq").encode()).hexdigest()
    for name in ("README.md", "methods-zh.md", "methods-en.md", "citation.bib", "citation.json", "CITATION.cff"):
        assert digest in text(pack, name), name
    with filled(small_graph()) as other:
        paper(other, tmp_path / "other")
    assert digest not in text(tmp_path / "other", "README.md")


def test_an_endpoint_gives_the_same_pack(store: Store, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    with oxigraph(tmp_path / "server") as server, EndpointStore(server.query) as remote:
        push(store, remote)
        assert main(["paper", "-o", str(tmp_path / "p"), "--endpoint", server.query]) == 0
    assert contents(tmp_path / "p") == contents(pack)


def test_labels_are_in_the_language_asked_for(store: Store, tmp_path: Path) -> None:
    paper(store, tmp_path / "en", "en")
    with (tmp_path / "en" / "rankings" / "by-function.csv").open(encoding="utf-8-sig") as file:
        assert {row["label"] for row in csv.DictReader(file)} >= {"Health", "Education"}


def test_what_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    quads = tuple(quad for quad in small_graph() if "Responsibility" not in str(quad[2]))
    with filled(quads) as store:
        paper(store, tmp_path / "p")
    assert "nothing to draw: ranking-functions, ranking-bodies" in text(tmp_path / "p", "README.md")
    assert not (tmp_path / "p" / "figures" / "ranking-functions.png").exists()


def test_who_implements_is_a_network_where_somebody_does(tmp_path: Path, pack: Path) -> None:
    ties = nx.read_graphml(pack / "networks" / "lead-implement.graphml").edges()
    assert sorted(ties) == [("210211/health", "210211/finance"), ("210211/publicity", "210211/finance")]
    assert "1 to carry out what another body leads" in text(pack, "methods-en.md")
    with filled(small_graph()) as store:
        paper(store, tmp_path / "p")
    assert not list((tmp_path / "p" / "networks").glob("lead-implement*"))


# ---------------------------------------------------------------- the folder


def test_a_former_pack_is_written_over(store: Store, pack: Path, tmp_path: Path) -> None:
    with filled(small_graph()) as other:
        paper(other, tmp_path / "p")
    paper(store, tmp_path / "p")
    assert contents(tmp_path / "p") == contents(pack)
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


FOREIGN = {
    "other files": ("notes.txt", "notes.txt: was not written by policygraph"),
    "a file beside the pack": (
        "pack/notes.txt",
        "notes.txt: was not written by policygraph and is not overwritten; move it",
    ),
    "a changed README": ("pack/README.md", "README.md: was changed since policygraph wrote it"),
    "a changed text": ("pack/methods-zh.md", "methods-zh.md: was changed since policygraph wrote it"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_not_of_a_pack_is_not_touched(store: Store, tmp_path: Path, name: str) -> None:
    where, message = FOREIGN[name]
    folder = tmp_path / "pack" if "/" in where else tmp_path
    if "/" in where:
        with filled(small_graph()) as other:
            paper(other, folder)
    (tmp_path / where).write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(UsageError, match=message):
        paper(store, folder)
    assert contents(tmp_path) == before


def test_a_failure_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise UsageError("the disk is full")

    monkeypatch.setattr(room, "write_readme", fails)
    with pytest.raises(UsageError, match="the disk is full"):
        paper(store, tmp_path / "p")
    assert list(tmp_path.iterdir()) == []


def test_without_a_font_nothing_is_written(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "FONTS", ("No Such Font",))
    with pytest.raises(UsageError, match="install Noto Sans CJK"):
        paper(store, tmp_path / "p")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_where_to_start(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    build_store(tmp_path / "kg", odd_graph())
    command = ["paper", "-o", str(tmp_path / "p"), "--store", str(tmp_path / "kg"), "--lang"]
    assert main([*command, "zh"]) == 0
    assert "README.md 看起" in capsys.readouterr().err
    assert contents(tmp_path / "p") == contents(pack)
    (tmp_path / "p" / "mine.txt").write_text("mine", encoding="utf-8")
    assert main([*command, "en"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
