"""Every word of the lexicon is in use: the example of each row is read, and the word does what its row says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from policygraph import assets, concepts, lexicon, tables
from policygraph.cascade.trends import movement
from policygraph.extract import extract
from policygraph.extract.citations import find_citations
from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import tail_kind
from policygraph.extract.grammar.document_titles import named_in
from policygraph.extract.grammar.headings import action_name
from policygraph.extract.grammar.numerals import arabic
from policygraph.extract.metadata.find import find_metadata
from policygraph.extract.numbers.find import find_numbers
from policygraph.extract.reading import read_outline
from policygraph.extract.responsibilities.clause import Clause, parse_clause
from policygraph.extract.responsibilities.task_heads import column_of
from policygraph.extract.targets.find import find_targets
from policygraph.extract.targets.measures import Measure
from policygraph.extract.targets.readings import find_measure
from policygraph.extract.targets.trends import find_trend
from policygraph.lexicon import Parts
from policygraph.model import CitationRow, Findings, Outline, Section, Source, Span, TargetRow
from policygraph.normalise import normalise
from policygraph.periods import length_of
from policygraph.segment import segment
from policygraph.segment.headings import Where, opening_of
from policygraph.totals import is_total

FOLDER = assets.path("data", "lexicon")
WORDS = lexicon.bundled()
CONCEPTS = concepts.bundled()
ELSEWHERE = {"pinyin", "body_words", "job_titles", "schedule_words"}  # read by other rooms, tested with them
Row = dict[str, str]


def plain(text: str) -> str:
    return normalise(Source("example", text), WORDS).text


def outline(text: str) -> Outline:
    return segment(normalise(Source("example", text), WORDS), WORDS)


def clause(text: str) -> Clause:
    return parse_clause(plain(text), WORDS)


def named(text: str) -> list[str]:
    return [entry.name for entry in clause(f"({text}负责)").entries]


def measure(text: str) -> Measure:
    found = find_measure(plain(text), WORDS)
    assert found is not None
    return found


def targets(text: str) -> tuple[TargetRow, ...]:
    return targets_of(outline(f"一、任务\n(一)实施健康示范行动\n{text}\n"))


def targets_of(parts: Outline) -> tuple[TargetRow, ...]:
    known = read_outline("example", parts, WORDS)
    return find_targets("example", parts, WORDS, known.clauses, known.years).rows


def cited(text: str) -> tuple[CitationRow, ...]:
    parts = outline(text)
    return find_citations("example", parts, (), named_in(parts, WORDS), WORDS)


def field(text: str, name: str) -> str:
    return next(row.value for row in find_metadata("example", outline(text), WORDS).rows if row.field == name)


def everything(text: str, words: lexicon.Lexicon) -> list[Findings]:
    """Return what is read from a text: from headings with what stands below them, the head of a page, a digest."""
    below, above = f"一、任务\n(一)实施健康示范行动\n{text}\n", f"{text}\n一、任务\n"
    wholes = [normalise(Source("example", each), words) for each in (below, above, f"{text}\n")]
    return [extract("example", segment(whole, words), words) for whole in wholes]


# ---------------------------------------------------------------- one check a table


def addressees(row: Row) -> None:
    assert field(f"{row['example']}\n一、任务\n", "addressee") == plain(row["example"])[:-1]


def amounts(row: Row) -> None:
    assert row["to"] in arabic(row["example"], WORDS)
    assert measure(arabic(row["example"], WORDS)).values


def background_heads(row: Row) -> None:
    below = "“十三五”期间,覆盖率达到50%。\n1.农村地区。到2020年,入学率达到90%。\n"
    assert targets_of(outline(f"一、任务\n{row['example']}\n{below}")) == ()
    assert len(targets_of(outline(f"一、任务\n(一)总体目标\n{below}"))) == 2


def past_marks(row: Row) -> None:
    signed = "\n示范市人民政府\n2023年5月4日"
    without = row["example"].replace(row["form"], "", 1).lstrip(",")
    assert row["form"] in row["example"]
    assert targets(row["example"] + signed) == ()
    assert len(targets(without + signed)) == 1


def instruments(row: Row) -> None:
    plain_word = "入住率" if row["position"] == "end" else "示范"
    assert row["form"] in row["example"]
    assert targets(row["example"]) == ()
    assert targets(row["example"].replace(row["form"], plain_word)) != ()


def result_words(row: Row) -> None:
    (found,) = targets(row["example"])
    assert row["form"] in row["example"]
    assert (found.indicator, found.kind) == (row["example"][7:].rpartition(row["form"])[0], "qualitative")


def goal_openers(row: Row) -> None:
    (found,) = targets(row["example"])
    assert row["example"].startswith(row["form"])
    assert (found.value, found.unit, found.op in (">=", "rise")) == ("100", "个", True)
    assert found.evidence.rule.endswith(":no-year")
    assert targets(f"每个县有{row['example'].removeprefix(row['form'])}") == ()


def baselines(row: Row) -> None:
    assert measure(row["example"]).baselines == (row["form"],)


def manners(row: Row) -> None:
    assert [(found.value, found.op) for found in targets(row["example"])] == [("100", ">=")]
    assert row["example"].startswith(row["form"])


def count_verbs(row: Row) -> None:
    found = measure(row["example"])
    assert (found.indicator, found.op) == (f"{row['form']}示范机构", ">=")


def share_verbs(row: Row) -> None:
    found = measure(row["example"])
    assert (found.indicator, found.op, found.values[0].unit) == (f"行政村{row['form']}示范设施", ">=", "%")


def qualifiers(row: Row) -> None:
    found = targets(f"到2025年,{row['example']}。")
    assert [item.indicator for item in found] == ["示范机构", f"{row['form']}示范机构"]


def asides(row: Row) -> None:
    assert named(row["example"]) == [row["example"].partition("(")[0]]


def lent_tails(row: Row) -> None:
    assert all(name.endswith(row["form"]) for name in named(row["example"]))
    assert len(named(row["example"])) == 2


def list_joins(row: Row) -> None:
    assert named(row["example"]) == row["example"].split(row["form"])


def document_words(row: Row) -> None:
    """A form or a bare kind is no document; a number by itself is one; what a page announces is its own title."""
    found = cited(f"一、任务\n(一)办学校。{row['example']}。\n")
    if row["kind"] in ("issues", "whole"):
        assert field(f"{row['example']}\n一、任务\n", "title") == "健康示范行动方案"
    elif row["kind"] == "site":
        assert field(f"{row['example']}\n促进消费若干措施\n一、任务\n", "title") == "促进消费若干措施"
    elif row["kind"] == "site-name":
        assert field(f"{row['example']}\n一、任务\n", "title") == "关于加强控烟工作的通知"
    elif row["kind"] in ("before", "after"):
        assert [(item.title, item.number) for item in found] == [("", "示政办发〔2021〕22号")]
    else:
        assert len(found) == (row["kind"] == "document")


def opening_words(row: Row) -> None:
    found = cited(f"{row['example']}。\n一、任务\n")
    assert [item.relation for item in found] == ["basis"]


def territories(row: Row) -> None:
    assert [entry.name for entry in clause(f"(责任单位:{row['example']})").entries] == [row["example"]]


def lead_words(row: Row) -> None:
    assert [item.year for item in targets(row["example"])] == [2025]


def numerals(row: Row) -> None:
    spoken = arabic(row["example"], WORDS)
    assert row["form"] not in spoken
    assert re.search(r"\d", spoken)
    assert row["kind"] != "fraction" or row["value"] in spoken


def period_ends(row: Row) -> None:
    assert [item.year for item in targets(row["example"])] == [2025]


def periods(row: Row) -> None:
    assert [item.year for item in targets(row["example"])] == [int(row["end"])]


def outdated_terms(row: Row) -> None:
    text = f"{row['example']}\n示范市人民政府\n2024年5月4日\n"
    assert row["form"] in row["example"]
    assert "term-outdated" in [slip.evidence.rule for slip in everything(text, WORDS)[0].slips]


def awareness_days(row: Row) -> None:
    """The day of the example is another one, and told."""
    assert row["form"] in row["example"]
    assert [slip.evidence.rule for slip in everything(row["example"], WORDS)[0].slips] == ["awareness-day"]


def relative_years(row: Row) -> None:
    text = f"一、任务\n(一)实施健康示范行动\n{row['example']}\n示范市人民政府\n2023年5月4日\n"
    found = targets_of(outline(text))
    assert [item.year for item in found] == [2023 + int(row["shift"])]
    assert all(item.evidence.note for item in found)


def table_heads(row: Row) -> None:
    head = row["example"]
    cells = {"name": "健康素养水平", "unit": "%", "nature": "约束性", "base": "18", "target": "30", "other": "1"}
    columns = [lexicon_column(cell) for cell in head.split(" | ")]
    line = " | ".join(cells.get(column, "25") for column in columns)
    found = targets(f"{head}\n{line}")
    assert row["column"] in columns
    assert {item.value for item in found} == {"30" if "target" in columns else "25"}
    assert row["column"] != "unit" or found[0].unit == "%"
    assert row["column"] != "nature" or "约束性" in str(found[0].evidence.note)


def lexicon_column(cell: str) -> str:
    found = [form for form in WORDS.targets.table_heads if form in cell]
    return WORDS.targets.table_heads[max(found, key=len)] if found else "year"


def assurances(row: Row) -> None:
    stripped = measure(row["example"].removeprefix(row["form"]))
    assert row["example"].startswith(row["form"])
    assert measure(row["example"]).indicator == stripped.indicator


def changes(row: Row) -> None:
    assert measure(row["example"]).op == row["direction"]


def citation_words(row: Row) -> None:
    found = cited(f"{row['example']}。\n一、任务\n")
    assert [item.relation for item in found] == [row["relation"]]


def clause_rules(row: Row) -> None:
    assert clause(row["example"]).rule == row["rule"]


def comparators(row: Row) -> None:
    assert measure(row["example"]).op == row["op"]


def furniture(row: Row) -> None:
    kept = outline(f"一、任务\n(一)目标。完成任务。\n{row['example']}\n").text.text
    assert row["form"] not in kept
    assert "完成任务" in kept
    assert row["match"] == "cut" or row["example"] not in kept


def goal_lines(row: Row) -> None:
    found = targets(row["example"])
    assert [item.indicator for item in found][:1] == ["居民健康素养水平"]
    assert all(row["form"] not in item.quote for item in found)


def heading_ends(row: Row) -> None:
    line = plain(row["example"]).partition(")")[2]
    heading = opening_of(line, Where("item"), WORDS).name
    assert heading.endswith(row["form"])
    assert heading != line


def heading_verbs(row: Row) -> None:
    section = Section("一", row["example"], "action", Span(0, 0), Span(0, 0))
    assert action_name(section, WORDS) == row["example"].removeprefix(row["form"])


def hedges(row: Row) -> None:
    assert measure(row["example"]).indicator == measure(row["example"].replace(row["form"], "", 1)).indicator


def list_ends(row: Row) -> None:
    listed = read_list(row["example"], 0, len(row["example"]), WORDS)
    assert listed.is_open
    assert [body.name for body in listed.bodies] == [row["example"].partition("等")[0]]


def metadata_labels(row: Row) -> None:
    value = row["example"].partition(":")[2]
    text = f"{row['example']}\n一、任务\n"
    name = {"publisher": "issuer", "date_sent": "date_issued"}.get(row["field"], row["field"])
    if row["field"] == "other":
        assert all(
            item.value not in value for item in find_metadata("example", outline(text), WORDS).rows if item.value
        )
    else:
        assert field(text, name)


def misprints(row: Row) -> None:
    assert named(row["example"]) == [row["example"].replace(row["form"], row["correct"])]


def org_tails(row: Row) -> None:
    longest = max((form for form in WORDS.names.org_tails if row["example"].endswith(form)), key=len)
    assert longest == row["form"]
    assert tail_kind(row["example"], WORDS) == row["kind"]


def part_kinds(row: Row) -> None:
    kinds = {section.number: section.kind for section in outline(f"{row['example']}\n(一)第一点。做好。\n").sections}
    part = row["example"].partition("、")[0]
    assert kinds[f"{part}(一)"] == row["kind"]


def party_organs(row: Row) -> None:
    assert named(row["example"])[-1] == f"市委{row['form']}"


def place_lookalikes(row: Row) -> None:
    assert named(f"市教育局、{row['example']}") == ["市教育局", f"市{row['example']}"]


def place_words(row: Row) -> None:
    """Without the row the places of the example are told apart otherwise."""
    words = replace(WORDS.names, place_words={**WORDS.names.place_words, row["form"]: ""})
    found, without = (
        [each.regions for each in everything(f"{row['example']}。", lexicon)]
        for lexicon in (WORDS, replace(WORDS, names=words))
    )
    assert row["form"] in row["example"]
    assert found != without


def prefixes(row: Row) -> None:
    first, second = row["example"], "统计局"
    if row["kind"] == "jurisdiction":  # it is lent to the next name
        assert named(f"{first}、{second}") == [first, f"{row['form']}{second}"]
    elif row["kind"] in ("own", "branch"):  # it neither takes nor gives one
        assert named(f"市教育局、{first}") == ["市教育局", first]
    elif row["kind"] == "not-a-prefix":  # 市场监管局 takes one and gives none
        assert named(f"市教育局、{first}") == ["市教育局", f"市{first}"]
    else:  # 经济开发区管委会 takes it where the list leaves it out elsewhere
        assert named(f"市教育局、统计局、{first}")[-1] == f"市{first}"
        assert named(f"市教育局、市统计局、{first}")[-1] == first


def roles(row: Row) -> None:
    found = clause(row["example"])
    wanted = {"divided": "responsible", "main": "lead"}.get(row["role"], row["role"] or "responsible")
    if row["position"] == "manner":  # 共同牵头
        wanted = found.entries[-1].role
    assert wanted in {entry.role for entry in found.entries}
    assert row["form"].rstrip("…") in row["example"]
    assert all(row["form"].rstrip("…") not in entry.name for entry in found.entries)


def rule_words(row: Row) -> None:
    """Without the row the example is read otherwise."""
    words = WORDS.grammar.rule_words
    rules = {rule: {form: "" for form in words[rule] if (form, rule) != (row["form"], row["rule"])} for rule in words}
    without = replace(WORDS, grammar=replace(WORDS.grammar, rule_words=Parts(rules)))
    assert row["form"] in row["example"]
    assert everything(row["example"], without) != everything(row["example"], WORDS)


def number_words(row: Row) -> None:
    """Without the row the numbers of the example are told apart otherwise."""
    words = WORDS.quantities.number_words
    rules = {rule: {form: "" for form in words[rule] if (form, rule) != (row["form"], row["rule"])} for rule in words}
    without = replace(WORDS, quantities=replace(WORDS.quantities, number_words=Parts(rules)))
    text = outline(f"一、任务\n{row['example']}\n")
    assert row["form"] in row["example"]
    assert find_numbers("example", text, without) != find_numbers("example", text, WORDS)


def task_heads(row: Row) -> None:
    cells = row["example"].split(" | ")
    assert [column_of(cell, WORDS).kind for cell in cells if row["form"] in cell] == [row["column"]]
    assert column_of(cells[-1], WORDS).role or row["column"] == "other"


def short_names(row: Row) -> None:
    found = cited(f"{row['example']}。\n一、任务\n")
    assert [item.title for item in found] == ["示范市健康规划"]


def standing(row: Row) -> None:
    assert measure(row["example"]).values[0].unit.endswith(f"/{row['per']}")


def taiwan_marks(row: Row) -> None:
    """One mark in a text, and its words are known to be machine-swapped."""
    assert "丙肝" in plain(f"{row['example']},加強C肝防治")
    assert "丙肝" not in plain("加強C肝防治")


def title_starts(row: Row) -> None:
    first, second = row["example"].split("\n")
    assert row["form"] in first
    assert field(f"首页\n{first}\n{second}\n一、任务\n", "title") == f"{first}{second}"


def title_words(row: Row) -> None:
    assert field(f"{row['example']}\n一、任务\n", "title") == row["example"]


def trends(row: Row) -> None:
    found = find_trend(row["example"], WORDS)
    if row["position"] == "measure":
        assert found == ""
        return
    assert found
    if row["position"] in ("adverb", "verb", "start", "end", "degree", "trailing", "holder"):
        assert not found.startswith(row["form"])
        assert not found.endswith(row["form"])
    if row["position"] == "quantity":
        assert found.endswith(row["form"])


def units(row: Row) -> None:
    amount = re.sub(r"^\D*", "", row["example"])
    unit = measure(f"示范指标达到{amount}").values[0].unit
    assert WORDS.quantities.units[unit].canonical == row["canonical"]
    assert unit == plain(row["form"])


def units_added(row: Row) -> None:
    amount = re.search(r"\d+", row["example"])
    assert amount
    made = TargetRow("", "", "", "示范指标", 2025, ">=", amount[0], row["form"], "", "quantitative", row["example"])
    assert is_total(made, CONCEPTS, WORDS)
    assert not is_total(replace(made, indicator="人均示范指标"), CONCEPTS, WORDS)


def verdict_words(row: Row) -> None:
    if row["rule"] == "average":
        made = TargetRow("", "", "", row["example"], 2025, ">=", "5", "万元", "", "quantitative", "达到5万元")
        assert not is_total(made, CONCEPTS, WORDS)
        assert is_total(replace(made, indicator="示范投入"), CONCEPTS, WORDS)
    elif row["rule"] == "span":
        assert length_of(row["example"], WORDS) == 3
    else:
        assert movement(row["example"], WORDS) == {"curb": "fall", "still": ""}.get(row["rule"], row["rule"])


def variants(row: Row) -> None:
    marks = "" if row["kind"] == "script" else "計畫,"
    assert row["to"] in plain(f"{marks}{row['example']},實施健康教育與監測評價")


CHECKS: dict[str, Callable[[Row], None]] = {
    check.__name__: check
    for check in (
        addressees, amounts, asides, assurances, awareness_days, background_heads, baselines, changes, citation_words,
        clause_rules, comparators, count_verbs, document_words, furniture, goal_lines, heading_ends, heading_verbs,
        hedges, lead_words, lent_tails, list_ends, list_joins, metadata_labels, misprints, numerals, opening_words,
        org_tails, outdated_terms, part_kinds, party_organs, period_ends, periods, place_lookalikes, place_words,
        prefixes,
        relative_years, roles, short_names, task_heads, standing, table_heads, taiwan_marks, territories,
        title_starts, title_words, trends, units, variants, past_marks, instruments, result_words, goal_openers,
        manners, qualifiers, rule_words, share_verbs, number_words, units_added, verdict_words,
    )
}  # fmt: skip
ROWS = [(table, row) for table in CHECKS for row in tables.read_table(FOLDER / f"{table}.tsv")]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{table}-{row['form']}" for table, row in ROWS])
def test_a_word_does_what_its_row_says(table: str, row: Row) -> None:
    assert row["example"]
    CHECKS[table](row)


def test_every_table_is_checked() -> None:
    assert {path.stem for path in FOLDER.glob("*.tsv")} - ELSEWHERE == set(CHECKS)
    assert len(ROWS) > 1000


@pytest.mark.parametrize("table", CHECKS)
def test_no_form_stands_twice(table: str) -> None:
    rows = tables.read_table(FOLDER / f"{table}.tsv")
    keys = [(row["form"], row.get("position"), row.get("rule")) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_lexicon_is_loaded_from_any_folder() -> None:
    """A project may bring its own words: the tables are found in the folder it names."""
    loaded = lexicon.load(Path(FOLDER), assets.path("data", "concepts", "regions.tsv"))
    assert loaded.roles.labels == WORDS.roles.labels
    assert loaded.names.places == WORDS.names.places
