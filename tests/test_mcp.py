"""What an assistant gets: questions, answers with sources, documents with quotes, the check of a draft; no write."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_graph import small_graph

from policygraph.store import build_store, open_store
from policygraph.study import new_study, open_study
from policygraph.web.jobs import Bounds, do

pytest.importorskip("mcp", reason="the extra mcp is not installed")
from mcp import Client, StdioServerParameters

from policygraph.mcp import Tools, server
from policygraph.mcp.server import TOOLS

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "small.pg"
    build_store(path, small_graph())
    return path


def calling(store: Path, language: str = "zh") -> Call:
    """Return a function that calls a tool over the protocol, in this process."""
    opened = open_store(store, read_only=True)
    tools = Tools(lambda job: do(opened, job, Bounds()), language=language)

    def call(tool: str, /, **arguments: Any) -> Any:
        async def go() -> Any:
            async with Client(server(tools)) as client:
                return await client.call_tool(tool, arguments)

        return asyncio.run(go())

    return call


@pytest.fixture(scope="module")
def call(store: Path) -> Call:
    return calling(store)


def test_every_tool_says_what_it_does_and_only_reads(store: Path) -> None:
    opened = open_store(store, read_only=True)

    async def go() -> Any:
        async with Client(server(Tools(lambda job: do(opened, job, Bounds())))) as client:
            return await client.list_tools()

    tools = asyncio.run(go()).tools
    assert {each.name for each in tools} == set(TOOLS)
    for each in tools:
        assert each.description and each.annotations.read_only_hint


def test_questions_are_found_by_words_of_either_language(call: Call) -> None:
    for words in ("牵头 职能", "lead functions", "LEAD-ROLES"):
        found = [each["name"] for each in call("find_questions", words=words).structured_content["questions"]]
        assert "lead-roles" in found, words
    described = call("find_questions", words="target-path").structured_content["questions"][0]
    assert described["parameters"][0] == {
        "name": "indicator", "type": "indicator", "default": "health-literacy", "example": "health-literacy"
    }  # fmt: skip


def test_an_answer_names_its_documents(call: Call) -> None:
    answer = call("ask", question="targets-of-document", parameters={"document": "大连市"}).structured_content
    assert [row["value"] for row in answer["rows"]] == [None, 27, 28]
    assert answer["sources"] == [{"document": "dalian-2021", "number": None, "title": "某方案"}]


def test_an_answer_can_list_what_stands_behind_each_row(call: Call) -> None:
    answer = call("ask", question="lead-roles", evidence=True).structured_content
    assert {row["evidence_document"] for row in answer["rows"]} == {"dalian-2021", "wuhai-2021"}
    assert {each["document"] for each in answer["sources"]} == {"dalian-2021", "wuhai-2021"}


def test_labels_come_in_the_language_of_the_assistant(store: Path) -> None:
    rows = calling(store, "en")("ask", question="lead-roles").structured_content["rows"]
    assert rows[0]["label"] == "Health"


def test_a_long_answer_says_how_much_is_left(call: Call) -> None:
    answer = call("ask", question="agencies", most=2).structured_content
    assert (len(answer["rows"]), answer["more"]) == (2, 9)


def test_values_and_documents(call: Call) -> None:
    values = call("values", question="lead-roles", parameter="document").structured_content["values"]
    assert {"value": "dalian-2021", "label": "某方案"} in values
    ids = [each["document"] for each in call("documents", place="210000").structured_content["documents"]]
    assert ids == ["liaozhengfa-2019-22", "dalian-2021"]
    ids = [each["document"] for each in call("documents", level="national").structured_content["documents"]]
    assert ids == ["guofa-2019-13"]


def test_a_document_with_its_words(call: Call) -> None:
    found = call("document", name="国发[2019]13号").structured_content
    assert [row["indicator"] for row in found["targets"]] == ["health-literacy", "health-literacy", "smoking"]
    found = call("document", name="dalian-2021", part="clauses").structured_content
    assert found["clauses"][0]["quote"] == "条款甲"
    assert set(found) == {"clauses", "more_clauses", "sources"}


def test_sparql_reads(call: Call) -> None:
    answer = call("sparql", text="SELECT ?d WHERE { ?d a pg:Plan } ORDER BY ?d").structured_content
    assert len(answer["rows"]) > 0
    assert call("sparql", text="ASK { ?s ?p ?o }").structured_content == {"answer": True}


FAILS = [  # tool, arguments, what is said
    ("ask", {"question": "no-such"}, "no-such"),
    ("ask", {"question": "lead-roles", "parameters": {"colour": "red"}}, "colour"),
    ("ask", {"question": "targets-of-document", "parameters": {"document": "火星方案"}}, "火星方案"),
    ("ask", {"question": "verdicts", "evidence": True}, "verdicts"),
    ("values", {"question": "lead-roles", "parameter": "colour"}, "colour"),
    ("document", {"name": "火星方案"}, "火星方案"),
    ("document", {"name": "dalian-2021", "part": "poem"}, "poem"),
    ("documents", {"place": "火星市"}, "火星市"),
    ("sparql", {"text": "DELETE WHERE { ?s ?p ?o }"}, "DELETE"),
    ("sparql", {"text": "SELECT"}, ""),
    ("check_draft", {"text": "长" * 400_001}, "400000"),
    ("check_draft", {"text": "今天天气很好。"}, "draft.txt"),
]


@pytest.mark.parametrize(("tool", "arguments", "said"), FAILS, ids=[f"{t} {str(a)[:30]}" for t, a, _ in FAILS])
def test_what_cannot_be_answered_is_said_in_a_sentence(
    call: Call, tool: str, arguments: dict[str, Any], said: str
) -> None:
    answer = call(tool, **arguments)
    text = answer.content[0].text
    assert answer.is_error, text
    assert text.startswith(f"Error executing tool {tool}: "), "a crash would have no sentence"
    assert said in text and "Traceback" not in text


def test_nothing_an_assistant_does_changes_the_store(call: Call, store: Path) -> None:
    before = sorted((str(path), path.stat().st_mtime_ns) for path in store.rglob("*"))
    call("sparql", text="INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    call("document", name="dalian-2021")
    assert sorted((str(path), path.stat().st_mtime_ns) for path in store.rglob("*")) == before


def test_the_command_answers_on_standard_input_and_output(store: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "policygraph.cli", "mcp", "--store", str(store)],
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
    )

    async def go() -> Any:
        async with Client(command, read_timeout_seconds=120) as client:
            return await client.call_tool("documents", {})

    documents = asyncio.run(go()).structured_content["documents"]
    assert [each["document"] for each in documents][:1] == ["guofa-2019-13"]


OWN = """#+ title: 全部文件 / All documents
#+ description: 文件与标题。 / Documents with their titles.
#+ tags: own
#+ columns: document title
SELECT ?document ?title WHERE { ?document a pg:PolicyDocument ; rdfs:label ?title }
"""


def test_a_question_of_a_study_is_answered(store: Path, tmp_path: Path) -> None:
    new_study(tmp_path / "own")
    study = open_study(tmp_path / "own")
    study.place("queries", "own-documents.rq").write_text(OWN, encoding="utf-8")
    opened = open_store(store, read_only=True)
    tools = Tools(lambda job: do(opened, job, Bounds()), study)
    assert [each["name"] for each in tools.find_questions("own-documents")["questions"]] == ["own-documents"]
    assert tools.ask("own-documents")["rows"]
