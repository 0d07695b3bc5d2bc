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
from policygraph.desk import reviews

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
