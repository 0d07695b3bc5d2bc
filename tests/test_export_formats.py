"""What formats hold beyond what comes back from them (see test_round_trips): places, order, odd labels, errors."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from drawing import needs_font
from odd_graph import odd_graph
from round_trips import dl_by_the_manual, dot_pydot, json_polars
from small_graph import small_graph

from policygraph import assets, tables
from policygraph.errors import UsageError
from policygraph.export import (
    FILES_ONLY,
    NETWORK_FORMATS,
    PAIRS,
    as_xlsx,
    export,
    formats,
    network_layout,
    pictures,
    render,
)
from policygraph.export.labels import ROLES, both
from policygraph.export.workbook import headings
from policygraph.messages import say
from policygraph.network import KINDS, MEASURES, QUESTIONS, Network, measures, network
from policygraph.query import ask, catalogue
from policygraph.rows import Rows
from policygraph.store import open_store
from policygraph.terms import Role
from policygraph.vocab import document_graph


@pytest.fixture(scope="module")
def made() -> Network:
    """Return bodies and actions of the small graph; one body supports and shares in one action."""
    with open_store() as store:
        store.add_all(small_graph())
        return network(ask(store, "responsibilities", document="dalian-2021"), "agency-action")


def test_gexf_carries_places_colours_and_sizes(made: Network) -> None:
    graph = nx.read_gexf(io.BytesIO(render(made, "gexf").encode()), version="1.3")
    for _, data in graph.nodes(data=True):
        assert set(data["viz"]) == {"color", "position", "size"}
        assert {"label", "kind"} <= set(data)
    assert len({(d["viz"]["position"]["x"], d["viz"]["position"]["y"]) for _, d in graph.nodes(data=True)}) == len(
        graph
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", [*NETWORK_FORMATS, *PAIRS])
def test_every_network_can_be_written_in_every_format(tmp_path: Path, kind: str, form: str) -> None:
    with open_store() as store:
        store.add_all(odd_graph())
        for rows in (ask(store, QUESTIONS[kind]), Rows(ask(store, QUESTIONS[kind]).columns, ())):
            paths = export(network(rows, kind), form, tmp_path / f"{len(rows.rows)}")
            again = [path.read_bytes() for path in paths]
            export(network(Rows(rows.columns, rows.rows[::-1]), kind), form, tmp_path / f"{len(rows.rows)}")
            assert [path.read_bytes() for path in paths] == again


def test_directed_ties_keep_their_direction(tmp_path: Path) -> None:
    with open_store() as store:
        store.add_all(small_graph())
        made = network(ask(store, "document-links"), "derivation")
    wanted = sorted(made.graph.edges())
    assert sorted(nx.read_graphml(export(made, "graphml", tmp_path / "a")[0]).edges()) == wanted
    assert sorted(nx.read_gexf(export(made, "gexf", tmp_path / "b")[0], version="1.3").edges()) == wanted
    assert "*Arcs" in render(made, "pajek") and "->" in render(made, "dot")
    assert ",Directed," in export(made, "csv", tmp_path / "c")[1].read_text(encoding="utf-8")
    lines = render(made, "dl").partition("data:\n")[2].split("\n")
    assert len([line for line in lines if line]) == len(wanted)


HARD = "a\"b'\\<&>\n\x01 控烟"


def test_labels_with_odd_characters(tmp_path: Path) -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_node("x", label=HARD, kind="agency")
    graph.add_node("y", label="</script><b>", kind="action")
    graph.add_edge("x", "y", key="1", role="lead", weight=1)
    odd = Network("agency-action", graph)
    shown = HARD.replace("\x01", " ")
    assert nx.read_gexf(export(odd, "gexf", tmp_path / "a")[0], version="1.3").nodes["x"]["label"] in (
        shown,
        shown.replace("\n", " "),  # XML makes a space of a line end in an attribute
    )
    page = render(odd, "html")
    assert page.count("</script>") == 2 and "<b>" not in page
    assert dl_by_the_manual(list(export(Network("x", two_roles(graph)), "dl", tmp_path / "b"))).total() == 2
    assert len(dot_pydot(list(export(odd, "dot", tmp_path / "c")))) == 1
    assert nx.read_pajek(export(odd, "pajek", tmp_path / "d")[0], encoding="utf-8").number_of_edges() == 1


def two_roles(graph: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    found = graph.copy()
    found.nodes["x"]["label"] = "same"
    found.nodes["y"]["label"] = "same"  # told apart by the identifier
    found.add_edge("x", "y", key="2", role="support", weight=1)
    return found


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_colour_and_a_name_in_both_languages(role: Role) -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_nodes_from(["x", "y"], kind="action")
    graph.add_edge("x", "y", role=str(role), weight=1)
    colour = network_layout.edge_colour({"role": str(role)})
    others = {network_layout.edge_colour({"role": str(other)}) for other in Role if other != role}
    assert colour not in others | {network_layout.TIE_COLOUR}
    page = render(Network("x", graph), "html")
    assert f'"c": "{colour}"' in page and f'"{role}": "{both(ROLES[role])}"' in page


def test_the_page_asks_no_server_for_anything(made: Network) -> None:
    page = render(made, "html")
    assert "http://" not in page and "https://" not in page and "src=" not in page
    assert "default-src 'none'" in page


LAYOUT = """
import sys; sys.path.insert(0, sys.argv[1])
from small_graph import small_graph
from policygraph.export import render
from policygraph.network import network
from policygraph.query import ask
from policygraph.store import open_store
store = open_store(); store.add_all(small_graph())
made = network(ask(store, "responsibilities"), "co-responsibility")
for form in ("gexf", "html", "pajek"): sys.stdout.write(ascii(render(made, form)))
"""


def test_the_layout_is_the_same_in_every_process() -> None:
    answers = set()
    for seed in ("0", "1"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", LAYOUT, str(Path(__file__).parent)]
        answers.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(answers) == 1


# ---------------------------------------------------------------- rows

ROWS = Rows(
    ("name", "value", "number", "held", "note", "evidence_role"),
    (
        ("市卫生健康委", Decimal("27.5"), 3, True, "=1+1", "lead"),
        ("a,\"b\"\tc\nd", None, -4, False, "@x", None),
    ),
)  # fmt: skip


def test_a_workbook_has_a_sheet_for_each_table_and_chinese_headings() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    sheets = {"各政府职能的牵头次数[*]": ROWS, "x" * 40: ROWS, "X" * 40: Rows(("unknown",), ())}
    content = as_xlsx(sheets)
    assert content == as_xlsx(sheets)  # no clock in it
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["各政府职能的牵头次数", "x" * 31, "X" * 27 + " 2"]
    first = [cell.value for cell in next(book.worksheets[0].iter_rows())]
    assert first == ["名称", "数值", "发文字号或数目", "库中有", "备注", "依据:角色"]
    kinds = [cell.data_type for cell in list(book.worksheets[0].iter_rows())[1]]
    assert kinds == ["s", "n", "n", "b", "s", "s"]
    english = openpyxl.load_workbook(io.BytesIO(as_xlsx({"x": ROWS}, chinese=False))).active
    assert english.cell(1, 1).value == "name"


def test_every_column_has_a_chinese_heading() -> None:
    columns = {column for item in catalogue() for column in item.columns}
    columns |= {"id", "kind", *MEASURES} - {"summary"}
    assert columns - set(headings()) == set()
    rows = tables.read_table(assets.path("data", "headings.tsv"), ("column", "zh", "en"))
    names = [row["column"] for row in rows]
    assert len(set(names)) == len(names) > 150


# ---------------------------------------------------------------- StratML

STRATML = "{urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport}"
# The order of children that the schema of StratML Part 2 (version 2.2.8) prescribes, for the elements used here.
CHILDREN = {
    "PerformancePlanOrReport": "Name Description OtherInformation StrategicPlanCore AdministrativeInformation",
    "StrategicPlanCore": "Organization Vision Mission Value Goal",
    "Organization": "Name Acronym Identifier Description Stakeholder",
    "Goal": "Name Description Identifier SequenceIndicator Stakeholder OtherInformation Objective",
    "Stakeholder": "Name Description Role",
    "Role": "Name Description RoleType",
    "Objective": "Name Description Identifier SequenceIndicator Stakeholder OtherInformation PerformanceIndicator",
    "PerformanceIndicator": "SequenceIndicator MeasurementDimension UnitOfMeasurement Identifier Relationship "
    "MeasurementInstance OtherInformation",
    "MeasurementInstance": "Place TargetResult ActualResult",
    "TargetResult": "StartDate EndDate NumberOfUnits Descriptor Description",
    "Descriptor": "DescriptorName DescriptorValue",
    "AdministrativeInformation": "Identifier StartDate EndDate PublicationDate Source",
}
MUST = {"Goal": {"Name", "Description"}, "PerformanceIndicator": {"MeasurementDimension", "UnitOfMeasurement"}}


def plan() -> ET.Element:
    graph = document_graph("210200-2021-01-25-aaaaaaaa")
    return ET.fromstring(render([quad for quad in small_graph() if quad[3] == graph], "stratml"))


def test_stratml_keeps_to_the_schema() -> None:
    seen = set()
    for element in plan().iter():
        name = element.tag.removeprefix(STRATML)
        children = [child.tag.removeprefix(STRATML) for child in element]
        if name in CHILDREN:
            order = CHILDREN[name].split()
            assert [order.index(child) for child in children] == sorted(order.index(child) for child in children), name
            assert MUST.get(name, set()) <= set(children)
            seen.add(name)
        else:
            assert not children, name
    assert seen == set(CHILDREN)
    names = [element.text for element in plan().iter(f"{STRATML}Identifier")]
    assert len(set(names)) == len(names)


def test_stratml_names_who_answers_for_what_and_the_targets() -> None:
    goals = plan().findall(f".//{STRATML}Goal")
    first = goals[0]
    roles = [
        (part.findtext(f"{STRATML}Name"), part.findtext(f".//{STRATML}Description"))
        for part in first.findall(f"{STRATML}Stakeholder")
    ]
    assert roles == [
        ("市卫生健康委", "lead"), ("市教体局", "support"), ("市委宣传部", "support"), ("市教体局", "responsible"),
    ]  # fmt: skip
    values = [
        (part.findtext(f"{STRATML}EndDate"), part.findtext(f"{STRATML}NumberOfUnits"))
        for part in first.iter(f"{STRATML}TargetResult")
    ]
    assert values == [("2022-12-31", "27"), ("2030-12-31", "28")]
    assert [goal.findtext(f"{STRATML}Name") for goal in goals] == ["健康知识普及行动", "控烟行动", "总体目标"]


def test_stratml_names_who_implements() -> None:
    district = [quad for quad in odd_graph() if quad[3] == document_graph("ganzhengfa-2022-5")]
    found = ET.fromstring(render(district, "stratml"))
    said = [
        (part.findtext(f"{STRATML}Name"), part.findtext(f".//{STRATML}Description"))
        for part in found.iter(f"{STRATML}Stakeholder")
    ]
    assert said[-2:] == [("区财政局", "implement"), ("区财政局", "responsible")]


def test_stratml_holds_one_plan() -> None:
    with pytest.raises(UsageError, match="StratML holds one plan, and here are 3; name one with --document"):
        render(small_graph(), "stratml")


# ---------------------------------------------------------------- pictures


@pytest.fixture
def drawn() -> None:
    needs_font()


PNG = b"\x89PNG\r\n\x1a\n"
PICTURES = ["lead-roles", "cascade-matrix", "actions-by-bodies", "verdicts-by-indicator"]


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("name", PICTURES)
def test_answers_can_be_drawn(tmp_path: Path, name: str) -> None:
    with open_store() as store:
        store.add_all(small_graph())
        rows = ask(store, name)
    (png,) = export(rows, "png", tmp_path / "a.png")
    assert png.read_bytes().startswith(PNG)
    (svg,) = export(rows, "svg", tmp_path / "a.svg")
    before = svg.read_bytes()
    assert ET.fromstring(before).tag.endswith("svg")
    assert export(rows, "svg", svg) and svg.read_bytes() == before


@pytest.mark.usefixtures("drawn")
def test_a_network_can_be_drawn(made: Network, tmp_path: Path) -> None:
    assert export(made, "png", tmp_path / "a.png")[0].read_bytes().startswith(PNG)


@pytest.mark.usefixtures("drawn")
def test_a_picture_says_what_its_colours_are(made: Network) -> None:
    drawn = pictures.picture(made, "svg").decode()  # letters are outlines; a comment before each says what it reads
    assert [role for role in Role if f"<!-- {say(ROLES[role], 'zh')} -->" in drawn] == [
        "lead",
        "support",
        "responsible",
    ]
    english = pictures.picture(made, "svg", language="en").decode()
    assert "<!-- support -->" in english and "<!-- 配合 -->" not in english


@pytest.mark.usefixtures("drawn")
def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(UsageError, match="no column of numbers"):
        pictures.picture(Rows(("name",), (("a",),)), "png")
    with pytest.raises(UsageError, match="the network has no nodes"):
        pictures.picture(Network("x", nx.Graph()), "svg")
    with pytest.raises(UsageError, match="«gif» is not a picture here; choose one of png, svg"):
        pictures.picture(Rows(("name",), ()), "gif")


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(pictures, "FONTS", ("No Such Font",))
    with pytest.raises(UsageError, match=r"install Noto Sans CJK \(Debian: fonts-noto-cjk\)"):
        pictures.font()


# ---------------------------------------------------------------- what is missing

MISSING = [("xlsx", "xlsxwriter", "tables"), ("parquet", "pyarrow", "tables"), ("png", "matplotlib", "figures")]


@pytest.mark.parametrize(("form", "module", "extra"), MISSING)
def test_a_package_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"{module} is not installed; .*policygraph\[{extra}\]"):
        export(ROWS, form, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", sorted(FILES_ONLY - {"vosviewer-files"}))
def test_bytes_go_to_files(form: str) -> None:
    if form in formats(ROWS):
        with pytest.raises(UsageError, match=f"«{form}» goes to files; name one with -o"):
            render(ROWS, form)


def test_measures_are_rows_like_others(made: Network, tmp_path: Path) -> None:
    found = json_polars(list(export(measures(made), "json", tmp_path / "m.json")))
    assert [row[0] for row in found] == [row[0] for row in measures(made).rows]


def test_a_font_that_was_installed_since_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matplotlib keeps a list of fonts from its first run; who installs one as told need not run anything twice."""
    fonts = pytest.importorskip("matplotlib.font_manager")
    shipped = fonts.findfont("DejaVu Sans")
    monkeypatch.setattr(pictures, "FONTS", ("DejaVu Sans",))
    monkeypatch.setattr(fonts.fontManager, "ttflist", [])
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [shipped])
    assert pictures.font() == "DejaVu Sans"
    monkeypatch.setattr(fonts.fontManager, "ttflist", [])
    monkeypatch.setattr(fonts, "findSystemFonts", list)
    with pytest.raises(UsageError):
        pictures.font()
    gone = fonts.FontEntry(fname="gone.ttf", name="DejaVu Sans")  # it was taken away since
    monkeypatch.setattr(fonts.fontManager, "ttflist", [gone])
    with pytest.raises(UsageError):
        pictures.font()
