"""The two headline answers, counted again by hand from the tables and the gold."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bundled import plans

from policygraph import concepts, tables
from policygraph.concepts import agency_type_of
from policygraph.export import render
from policygraph.query import ask
from policygraph.store import Store, open_store

PLANS = ("dalian-2021", "wuhai-2021", "xiangfu-2020")


@pytest.fixture(scope="module")
def store(bundled_store: Path) -> Iterator[Store]:
    with open_store(bundled_store, read_only=True) as opened:
        yield opened


def as_csv(store: Store, name: str, **parameters: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(ask(store, name, **parameters), "csv"))))


def counted(role: str) -> Counter[str]:
    """Count the rows of the tables: each body once for each of its functions."""
    found: Counter[str] = Counter()
    for plan in plans():
        for row in plan.responsibilities:
            kind = agency_type_of(row.agency_id, concepts.bundled())
            found.update(kind.functions if kind and row.role == role else ())
    return found


def test_lead_roles_have_the_columns_of_the_contract(store: Store) -> None:
    header = render(ask(store, "lead-roles"), "csv").splitlines()[0]
    assert header == "rank,function,label,leads,responsible,supports,implements,documents"


@pytest.mark.parametrize(
    ("column", "role"),
    [("leads", "lead"), ("responsible", "responsible"), ("supports", "support"), ("implements", "implement")],
)
def test_lead_roles_equal_a_count_of_the_tables(store: Store, column: str, role: str) -> None:
    found = {row["function"]: int(row[column]) for row in as_csv(store, "lead-roles") if int(row[column])}
    assert found == dict(counted(role))


OLD_NAMES = [  # what queries wrote before the role had one name, and its name now
    ("?r a pg:SharedResponsibility", "?r a pg:ResponsibleResponsibility"),
    ("?clause pg:hasSharedResponsibility ?r", "?clause pg:hasResponsibleResponsibility ?r"),
    ("?action pg:sharedBy ?agency", "?action pg:responsibleAgency ?agency"),
    ("?agency pg:sharesIn ?action", "?agency pg:responsibleFor ?action"),
    (
        "?action pg:hasClause/pg:hasSharedResponsibility/pg:agency ?agency",
        "?agency ^pg:responsibleAgency ?action",
    ),
]


@pytest.mark.parametrize(("old", "new"), OLD_NAMES, ids=[old for old, _ in OLD_NAMES])
def test_a_query_written_with_an_old_name_gives_the_same_rows(store: Store, old: str, new: str) -> None:
    before, now = (store.query(f"SELECT DISTINCT * {{ {pattern} }}") for pattern in (old, new))
    assert len(before.rows) > 50
    columns = [before.columns.index(name) for name in now.columns]
    assert {tuple(row[at] for at in columns) for row in before.rows} == set(now.rows)


def test_ranks_are_those_of_a_competition(store: Store) -> None:
    rows = as_csv(store, "lead-roles")
    leads = [int(row["leads"]) for row in rows]
    assert [int(row["rank"]) for row in rows] == [1 + sum(other > own for other in leads) for own in leads]


@pytest.mark.parametrize("doc", PLANS)
def test_lead_roles_of_a_plan_equal_a_count_of_the_gold(store: Store, shared: Path, doc: str) -> None:
    """Health leads in the gold where a health commission stands as lead: its names are few."""
    gold = [row for row in tables.read_table(shared / "gold" / "responsibilities.tsv") if row["doc"] == doc]
    names = ("卫生健康委", "卫生健康委员会", "卫健委")
    by_hand = {
        "leads": sum(row["role"] == "lead" and row["agency"][1:] in names for row in gold),
        "responsible": sum(row["role"] == "responsible" and row["agency"][1:] in names for row in gold),
        "supports": sum(row["role"] == "support" and row["agency"][1:] in names for row in gold),
        "implements": sum(row["role"] == "implement" and row["agency"][1:] in names for row in gold),
    }
    row = next(row for row in as_csv(store, "lead-roles", document=doc) if row["function"] == "health")
    assert {name: int(row[name]) for name in by_hand} == by_hand


def test_target_path_has_the_columns_of_the_contract(store: Store) -> None:
    header = render(ask(store, "target-path", indicator="health-literacy"), "csv").splitlines()[0]
    columns = "level,region,document,year,comparator,value,unit,verdict,status"
    assert header == f"{columns},ancestor,ancestor_number,ancestor_title"


def test_target_path_equals_the_gold(store: Store, shared: Path) -> None:
    gold = {
        (row["doc"], row["year"], row["op"], row["value"], row["unit"])
        for row in tables.read_table(shared / "gold" / "targets.tsv")
        if row["indicator"].endswith("居民健康素养水平") and row["kind"] == "quantitative"
    }
    rows = as_csv(store, "target-path", indicator="health-literacy")
    found = {
        (row["document"], row["year"], row["comparator"], row["value"], row["unit"])
        for row in rows
        if row["document"] in PLANS
    }
    assert found == gold


# the verdicts, read by hand: 国发〔2019〕13号 asks for 22 % in 2022 and 30 % in 2030
VERDICTS = """
dalian-2021    2022 tighter
dalian-2021    2030 equal
wuhai-2021     2022 equal
wuhai-2021     2030 equal
changchun-2021 2022 equal
changchun-2021 2030 equal
xiangfu-2020   2022 equal
xiangfu-2020   2030 equal
liaozhengfa-2019-22 2022 no-data
bianzheng-2020-22   2030 no-data
"""


@pytest.mark.parametrize("line", VERDICTS.split("\n")[1:-1])
def test_the_verdicts_of_the_path(store: Store, line: str) -> None:
    doc, year, verdict = line.split()
    rows = as_csv(store, "target-path", indicator="health-literacy")
    assert [row["verdict"] for row in rows if (row["document"], row["year"]) == (doc, year)] == [verdict]
