"""The list of what can be reviewed, the concepts that a review adds, and what leads nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_visits import Visiting, visiting
from small_graph import small_graph

from policygraph import assets, facts, pipeline
from policygraph.errors import DataError, PolicyGraphError, UsageError
from policygraph.facts.acts import Act
from policygraph.messages import say
from policygraph.pipeline import Said, review, rule
from policygraph.store import build_store
from policygraph.study import AGENCY, INDICATOR, Study, add_concept, new_study, open_study

pytest.importorskip("nicegui", reason="the extra desk is not installed")
from policygraph.desk import passages, reviews

EVIL = "<img src=x onerror=window.pwned=1>"
SHORT = assets.path("data", "examples", "short-plan.txt")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "small.pg"
    build_store(path, small_graph())
    return path


@pytest.fixture
def study(tmp_path: Path) -> Study:
    new_study(tmp_path / "own")
    made = open_study(tmp_path / "own")
    source = made.place("sources", "plan.txt")
    source.write_bytes(SHORT.read_bytes())
    facts.save(pipeline.extract_document(source), made.place("facts", "plan"))
    return made


@pytest.fixture
def desk(store: Path, study: Study) -> Visiting:
    return visiting(store, study=study, rooms=())


def test_the_list_says_what_is_open_and_how_two_agree(desk: Visiting, study: Study) -> None:
    seen = review(study.place("facts", "plan"), study)
    assert say("desk.progress", "zh", done=0, total=39) in desk("/review").text
    both = Act("accept", "targets", 0)
    one = rule(seen, [both, Act("remove", "targets", 1)], Said("王芳", "2026-05-10"), study)
    rule(one, [both], Said("李明", "2026-05-11"), study)
    page = desk("/review").text
    assert "李明、王芳" in page
    assert say("desk.agreement", "zh") in page
    assert say("desk.progress", "en", done=1, total=38) in desk("/en/review").text


def test_what_a_document_says_is_text_in_the_list(desk: Visiting, study: Study) -> None:
    seen = review(study.place("facts", "plan"), study)
    rule(seen, [Act("correct", "metadata", 0, {"value": f"方案{EVIL}"})], Said(f"王{EVIL}"), study)
    page = desk("/review").text
    assert "onerror" in page
    assert "<img" not in page


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_shown(desk: Visiting, study: Study) -> None:
    broken = study.place("facts", "broken")
    broken.mkdir()
    (broken / "metadata.tsv").write_text("nothing\n", encoding="utf-8")
    page = desk("/review").text
    assert page.count('class="told"') == 1
    assert "沐泽市" in page


def test_without_a_study_there_is_nothing_to_review(store: Path) -> None:
    assert say("desk.review-needs-study", "zh")[:8] in visiting(store, rooms=())("/review").text
    assert visiting(store, public=True)("/review").status_code == 404


@pytest.mark.parametrize("name", ["..", ".", "../facts/plan", "/etc", "README.md", "plan\0", "Plan/"])
def test_no_name_leads_out_of_the_study(study: Study, name: str) -> None:
    assert name not in reviews.folders(study)
    assert list(reviews.folders(study)) == ["plan"]


# ---------------------------------------------------------------- the session of a page


@pytest.fixture
def session(study: Study) -> reviews.Session:
    seen = review(study.place("facts", "plan"), study)
    return reviews.Session(study, seen, SHORT.read_text(encoding="utf-8"), Said("王芳", "2026-05-10"))


def test_the_text_is_marked_and_stays_the_text(session: reviews.Session) -> None:
    session.text = session.text.replace("把健康", f"{EVIL[:3]}").replace("\n", "\r\n", 0)
    shown = reviews.running(session)
    assert "<img" not in shown
    assert 'class="doubt"' in shown


def test_one_goes_through_what_is_open_and_back(session: reviews.Session) -> None:
    first = session.now
    assert session.cases[first].doubt, "what is in doubt comes first"
    session.rule([Act("accept", table, at) for table, at, _ in session.chosen()])
    session.step(1)
    assert session.now != first
    session.step(-1)
    assert session.now != first, "what was ruled on is passed over"
    session.step(-1, every=True)
    assert session.undo() == first
    assert session.cases[first].open


def test_what_was_missed_is_filled_in_as_far_as_the_text_tells(session: reviews.Session) -> None:
    start = session.text.index("街道老年健康驿站覆盖率")
    cells = reviews.added(session, "targets", start, start + 11)
    assert (cells["section"], cells["quote"]) == ("三(二)5", "街道老年健康驿站覆盖率")
    session.rule([Act("add", "targets", cells={**cells, "value": "90", "unit": "%", "year": "2026"})])
    (row,) = [each for each in session.review.facts.targets if each.value == "90"]
    starts = [each.evidence.start for each in session.review.facts.targets]
    assert starts == sorted(starts), "in the order of the text"
    assert session.text[row.evidence.start : row.evidence.end] == "街道老年健康驿站覆盖率"


def test_rows_that_stay_keep_their_lines(session: reviews.Session, tmp_path: Path) -> None:
    """A ruling writes one line anew; the table is that of a whole writing, also where it does not lie as written."""
    table = session.review.folder / "targets.tsv"
    for at, spoilt in enumerate((False, True)):
        if spoilt:
            (session.review.folder / facts.WRITTEN / "targets.tsv").unlink()
        session.rule([Act("correct", "targets", at, {"note": '"甲"\t=乙'})])
        facts.save(replace(session.review.facts, decisions=()), tmp_path / str(at))
        assert table.read_bytes() == (tmp_path / str(at) / "targets.tsv").read_bytes()


def test_what_was_read_stands_until_a_file_changes(session: reviews.Session) -> None:
    assert pipeline.stands(session.review)
    table = session.review.folder / "targets.tsv"
    table.write_bytes(table.read_bytes() + b"\n")
    assert not pipeline.stands(session.review)


WORDS = [("街道老年健康驿站覆盖率", True), (" 街道老年健康驿站覆盖率 ", True), ("没有这句话", False), ("", False)]


@pytest.mark.parametrize(("words", "found"), WORDS)
def test_what_was_missed_is_found_by_its_words(session: reviews.Session, words: str, found: bool) -> None:
    place = reviews.place_of(session, words)
    assert (place is not None and session.text[place[0] : place[1]] == words.strip()) is found


def test_the_file_of_a_document_is_found_and_whether_it_is_as_it_was_read(study: Study) -> None:
    found, path = facts.load(study.place("facts", "plan")), study.place("sources", "plan.txt")
    assert (pipeline.source_of(found, study), pipeline.is_as_read(path, found)) == (path, True)
    later = study.place("sources", "a", "plan.txt")
    later.parent.mkdir()
    later.write_text("other", encoding="utf-8")
    assert pipeline.source_of(found, study) == path, "of two of that name the one that was read"
    path.write_text("other", encoding="utf-8")
    assert pipeline.source_of(found, study) in (path, later)
    assert not pipeline.is_as_read(path, found)
    assert pipeline.source_of(replace(found, metadata=()), study) is None


# ---------------------------------------------------------------- what a reader needs beside the words


AROUND = [  # the text, the passage, what stands in its sentence before it and behind it
    ("甲。到2022年和2030年,乙分别达到9%和10%,丙达到8%。丁", "丙达到8%", "到2022年和2030年,乙分别达到9%和10%,", ""),
    ("到2030年,甲达到9%;乙达到8%", "乙达到8%", "到2030年,甲达到9%;", ""),
    ("标题\n  甲达到9%,乙继续提高。", "甲达到9%", "", ",乙继续提高"),
    (f"到2030年,{'甲' * 90},乙达到8%", "乙达到8%", f"到2030年,{'甲' * 17}…{'甲' * 35},", ""),
    (f"乙达到8%{'甲' * 90}", "乙达到8%", "", f"{'甲' * 36}…"),
]


@pytest.mark.parametrize(("text", "passage", "before", "behind"), AROUND)
def test_a_passage_stands_in_its_sentence(text: str, passage: str, before: str, behind: str) -> None:
    start = text.index(passage)
    assert passages.around(text, start, start + len(passage)) == (before, behind)


SAID = [  # the table, the cell that finds the row, how the row is said
    ("responsibilities", ("surface", "市卫生健康委"), ["牵头", "市卫生健康委"]),
    ("responsibilities", ("surface", "教育局"), ["配合", "市教育局"]),
    ("responsibilities", ("surface", "妇联"), ["配合", "市妇联", "＝妇女联合会"]),
    ("targets", ("value", "25"), ["全市居民健康素养水平", "2022", "不低于", "25", "%"]),
]


@pytest.mark.parametrize(("table", "cell", "said"), SAID)
def test_a_row_is_said_shortly_and_by_names(
    session: reviews.Session, table: str, cell: tuple[str, str], said: list[str]
) -> None:
    row = next(each for each in getattr(session.review.facts, table) if getattr(each, cell[0]) == cell[1])
    assert [text for _, text in passages.said(table, row, session.study, "zh")] == said


def test_what_is_not_in_doubt_is_accepted_by_sections(session: reviews.Session) -> None:
    assert session.cases[session.now].doubt
    assert not session.beside(), "what is in doubt is looked at by itself"
    session.now = next(name for name, case in session.cases.items() if not case.doubt and case.section == "三(一)1")
    names = [session.now, *session.beside()]
    assert len(names) > 1
    assert {session.cases[name].section for name in names} == {session.cases[session.now].section}
    assert not any(session.cases[name].doubt for name in names)
    session.rule([Act("accept", table, at) for name in names for table, at, _ in session.rows_of(name)])
    assert not any(session.cases[name].open for name in names)
    session.undo()
    assert all(session.cases[name].open for name in names), "one act, taken back at once"


def test_an_unread_number_is_made_a_target_of_its_sentence(unread: reviews.Session) -> None:
    place = passages.number_at_hand(unread)
    assert place is not None
    start, end = place
    found, words = unread.review.facts, unread.study.lexicon
    assert unread.text[start:end] == "各县区至少有1家医疗卫生机构承担本行政区域内职业健康检查工作"
    told = passages.told(found, words, unread.text, start, end)
    assert told == {"value": "1", "unit": "家", "op": ">="}
    cells = reviews.added(unread, "targets", start, end) | told
    unread.rule([*passages.answered(found, start, end), Act("add", "targets", cells=cells)])
    (row,) = [each for each in unread.review.facts.numbers if each.evidence.status == "reviewed"]
    assert row.kind == "target", "the number needs no second look"
    assert not unread.cases[unread.now].open
    assert passages.number_at_hand(unread) is None


@pytest.fixture
def unread(study: Study) -> reviews.Session:
    """Return a session that begins with a number that no rule read."""
    source = study.place("sources", "plan.txt")
    words = "三、主要任务\n(一)职业健康\n完善体系,各县区至少有1家医疗卫生机构承担本行政区域内职业健康检查工作,落实。\n"
    source.write_text(SHORT.read_text(encoding="utf-8").replace("三、", words + "四、", 1), encoding="utf-8")
    facts.save(pipeline.extract_document(source), study.place("facts", "plan"))
    seen = review(study.place("facts", "plan"), study)
    found = reviews.Session(study, seen, source.read_text(encoding="utf-8"), Said("王芳", "2026-05-10"))
    found.now = next(name for name in found.cases if name.startswith("numbers"))
    return found


# ---------------------------------------------------------------- new concepts


NEW = [
    (
        INDICATOR,
        {"zh": "街道老年健康驿站覆盖率", "unit": "%", "direction": "up"},
        "jie-dao-lao-nian-jian-kang-yi-zhan-fu-gai-lü",
    ),
    (AGENCY, {"zh": "健康沐泽促进中心", "functions": "health", "kind": "public-institution"}, ""),
]


@pytest.mark.parametrize(("kind", "cells", "_"), NEW, ids=[kind for kind, _, _ in NEW])
def test_a_new_concept_goes_into_the_tables_of_the_study(
    study: Study, kind: str, cells: dict[str, str], _: str
) -> None:
    table = study.place("concepts", "indicators.tsv" if kind == INDICATOR else "agencies.tsv")
    before = table.read_bytes() if table.exists() else b""
    identifier = add_concept(study, kind, cells)
    assert identifier.isascii()
    after = table.read_bytes()
    assert after.startswith(before), "what a person wrote stays"
    known = study.again().concepts
    found = (known.indicators if kind == INDICATOR else known.agencies)[identifier]
    assert found.zh == cells["zh"]
    with pytest.raises(UsageError):
        add_concept(study.again(), kind, cells)
    assert table.read_bytes() == after


BAD = [
    (INDICATOR, {"zh": "新指标", "direction": "sideways"}, DataError),
    (AGENCY, {"zh": "新机构", "functions": "no-such", "kind": "government"}, DataError),
    (INDICATOR, {"zh": "居民健康素养水平", "id": "health-literacy"}, UsageError),
    (INDICATOR, {"zh": " "}, UsageError),
    (INDICATOR, {"zh": "居民健康素养水平"}, PolicyGraphError),
]


@pytest.mark.parametrize(("kind", "cells", "error"), BAD)
def test_a_concept_that_cannot_be_leaves_the_tables_as_they_were(
    study: Study, kind: str, cells: dict[str, str], error: type[Exception]
) -> None:
    before = {path: path.read_bytes() for path in study.place("concepts").iterdir() if path.is_file()}
    with pytest.raises(error):
        add_concept(study, kind, cells)
    assert {path: path.read_bytes() for path in before} == before
    assert study.again().concepts
