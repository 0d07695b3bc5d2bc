"""What a build keeps: only what changed is made again, and the store is the same as if nothing had been kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from pathlib import Path

import pytest
from rdflib import URIRef

from policygraph import assets, facts, pipeline, quads
from policygraph.cascade import compare_documents
from policygraph.errors import DataError, DocumentError, StoreError
from policygraph.graph import cascade_graph, concept_graph, dataset_graph, graph, ontology_graph, schema
from policygraph.infer import aligned, infer, written
from policygraph.messages import Message
from policygraph.model import Facts
from policygraph.pipeline.parts import bench, joining, kept, keys, making, rebuilding
from policygraph.pipeline.parts.bench import FromTables
from policygraph.pipeline.parts.making import Load
from policygraph.pipeline.parts.plain import plain, remade
from policygraph.pipeline.reasoning import closure, shapes_of
from policygraph.pipeline.spread import Held
from policygraph.store import open_store
from policygraph.study import Study, new_study, open_study
from policygraph.validate import Checked, Report, quickest, report_quads, shape_quads, validate
from policygraph.version import __version__
from policygraph.vocab import Quad, identifier_of

# A nation, two provinces, two cities and a county: each carries out what stands above it in its branch.
DOCUMENTS = (
    *("zhongfa-2016-23", "guofa-2019-13", "liaozhengfa-2019-22", "dalian-2021"),
    *("jizhengfa-2019-17", "changchun-2021", "bianzheng-2020-22", "xiangfu-2020"),
)
ALL = frozenset(DOCUMENTS)
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study with its store and its parts, built once; changed by none."""
    home = tmp_path_factory.mktemp("parts") / "study"
    new_study(home)
    settings = home / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('bundled = "cited"', 'bundled = "none"'), "utf-8")
    for name in DOCUMENTS:
        shutil.copytree(assets.path("data", "plans", name), home / "facts" / name)
    built(home)
    return home


@pytest.fixture
def home(first: Path, tmp_path: Path) -> Path:
    """Return a copy of the study to change."""
    return shutil.copytree(first, tmp_path / "study")


def built(home: Path) -> pipeline.Built:
    study = open_study(home)
    return pipeline.build((), study.store, study=study)


def made(home: Path) -> frozenset[str]:
    """Build a study; return the folders of the documents whose parts were made anew."""
    anew = built(home).made
    slugs = {facts.load(home / "facts" / name).value("document_id"): name for name in documents(home)}
    return frozenset(slugs[slug] for slug in anew)


def documents(home: Path) -> frozenset[str]:
    return frozenset(place.name for place in (home / "facts").iterdir() if place.is_dir())


def text(home: Path) -> str:
    """Return the whole store of a study as it is exported."""
    with open_store(open_study(home).store, read_only=True) as store:
        return quads.nquads(store.quads())


def parts(home: Path) -> Path:
    return kept.beside(open_study(home).store)


def linked(study: Study) -> tuple[Facts, ...]:
    """Return the documents of a study with what they cite by title led to the documents at hand."""
    return tuple(each for each in pipeline.library(study) if (study.place("facts") / each.doc).is_dir())


def is_part(node: object) -> bool:
    """Tell a part of a document, of which nothing is said in other vocabularies."""
    return "/" in identifier_of("document", str(node))


def whole(documents: tuple[Facts, ...], study: Study) -> tuple[tuple[Quad, ...], Report]:
    """Return everything that a store of documents holds, worked out at once from all of them."""
    known = study.concepts
    documents = tuple(sorted(documents, key=lambda each: each.value("document_id")))
    stated = [quad for each in documents for quad in graph(each, known)]
    stated += [*concept_graph(known, documents)]
    stated += [*cascade_graph(compare_documents(documents, known, study.lexicon), documents, known)]
    inferred, shapes = infer(stated, closure()), shapes_of(study)
    report = validate([*stated, *inferred] if study.shapes else stated, shapes, schema(), quickest())
    said = [each for each in aligned([*stated, *inferred], schema(alignments=True)) if not any(map(is_part, each[::2]))]
    kept_ = written(quads.triples(inferred), closure())
    inferred = tuple(each for each in inferred if quads.triples([each]) <= kept_)
    found = [*stated, *inferred, *said, *ontology_graph(), *shape_quads(shapes), *report_quads(report, shapes)]
    return (*found, *dataset_graph(documents, found, __version__)), report


# ---------------------------------------------------------------- the same as from the whole


@pytest.mark.parametrize("own_shape", [False, True], ids=["shipped shapes", "with a shape of one's own"])
def test_parts_make_the_store_that_all_documents_at_once_would(home: Path, own_shape: bool) -> None:
    """Shapes of one's own see what is inferred and how leads compare with those of most documents."""
    if own_shape:
        _own_shape(home)
    report = built(home).report
    study = open_study(home)
    expected, told = whole(linked(study), study)
    assert text(home) == quads.nquads(expected)
    assert report == told


def test_no_line_is_in_two_parts(first: Path) -> None:
    """So a line that leaves one part leaves the store."""
    shelf = kept.Kept(parts(first))
    lines = [line for name in (shelf.built() or {})["units"].values() for line in shelf.lines(name) or ()]
    assert len(lines) == len(set(lines)) == (shelf.built() or {})["counts"]["triples"]


def test_documents_in_memory_make_the_same_store(first: Path) -> None:
    study = open_study(first)
    assert "".join(pipeline.assemble(linked(study), study=study).lines) == text(first)


# ---------------------------------------------------------------- what each change makes again


def _target(name: str) -> Change:
    """Take out the last target of a document."""
    return lambda home: _rewrite(home / "facts" / name / "targets.tsv", lambda lines: lines[:-1])


def _date(name: str) -> Change:
    """Say in which month a document was issued."""
    return lambda home: _rewrite(
        home / "facts" / name / "metadata.tsv",
        lambda lines: [each.replace("\tdate_issued\t2020\t", "\tdate_issued\t2020-11\t") for each in lines],
    )


def _lead(name: str) -> Change:
    """Take out the leads of a document."""
    return lambda home: _rewrite(
        home / "facts" / name / "responsibilities.tsv", lambda lines: [each for each in lines if "\tlead\t" not in each]
    )


def _rewrite(table: Path, change: Callable[[list[str]], list[str]]) -> None:
    before = table.read_text(encoding="utf-8").splitlines(keepends=True)
    after = change(before)
    assert after != before
    table.write_text("".join(after), encoding="utf-8", newline="")


def _row(table: str, row: str) -> Change:
    """Add a row to a table of concepts of one's own."""

    def change(home: Path) -> None:
        head = assets.path("data", "concepts", table).read_text(encoding="utf-8").partition("\n")[0]
        cells = dict(each.split("=") for each in row.split(";"))
        line = "\t".join(cells.get(column, "") for column in head.split("\t"))
        (home / "concepts" / table).write_text(f"{head}\n{line}\n", encoding="utf-8")

    return change


def _own_shape(home: Path) -> None:
    (home / "shapes" / "own.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix pg: <https://w3id.org/policygraph/ontology#> .
        <https://example.org/shape/led> a sh:NodeShape ; sh:targetClass pg:Action ; sh:severity sh:Info ;
            sh:property [ sh:path pg:ledBy ; sh:minCount 1 ; sh:message "无人牵头"@zh, "nobody leads"@en ] .
        <https://example.org/shape/peers> a sh:NodeShape ; sh:targetClass pg:LeadAlignment ; sh:severity sh:Info ;
            sh:not [ sh:path pg:verdict ; sh:hasValue "overlapping" ] ; sh:message "部分不同"@zh, "overlaps"@en .
        """,
        encoding="utf-8",
    )


def _new(name: str) -> Change:
    def change(home: Path) -> None:
        shutil.copytree(assets.path("data", "plans", name), home / "facts" / name)

    return change


def _gone(name: str) -> Change:
    return lambda home: shutil.rmtree(home / "facts" / name)


CHANGES: dict[str, tuple[Change, frozenset[str]]] = {
    "nothing": (lambda home: None, frozenset()),
    "a target of a city": (_target("dalian-2021"), frozenset({"dalian-2021"})),
    "the leads of a city": (_lead("dalian-2021"), frozenset({"dalian-2021"})),
    "the date of a city above a county": (_date("bianzheng-2020-22"), frozenset({"bianzheng-2020-22", "xiangfu-2020"})),
    "a target of the nation": (_target("guofa-2019-13"), ALL - {"zhongfa-2016-23"}),
    "a document that nobody cites": (_new("wuhai-2021"), frozenset({"wuhai-2021"})),
    "a county is gone": (_gone("xiangfu-2020"), frozenset()),
    "a city above a county is gone": (_gone("bianzheng-2020-22"), frozenset({"xiangfu-2020"})),
    "a row of concepts": (_row("functions.tsv", "id=fishing;zh=渔业;en=Fishing;definition=渔业;example=渔业"), ALL),
    "a shape": (_own_shape, ALL),
}


@pytest.mark.parametrize(("change", "anew"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_made_again_and_what_depends_on_it(home: Path, change: Change, anew: frozenset[str]) -> None:
    change(home)
    assert made(home) == anew
    study = open_study(home)
    if anew != ALL:  # else nothing was kept
        assert text(home) == "".join(pipeline.assemble(linked(study), study=study).lines)


def test_another_program_makes_everything_again(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "more.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(assets, "program", lambda: (tmp_path / "more.py",))
    assert made(home) == ALL


def test_nothing_changed_writes_nothing(home: Path) -> None:
    def seen() -> dict[Path, tuple[int, int]]:
        return {each: (each.stat().st_mtime_ns, each.stat().st_ino) for each in home.rglob("*")}

    before, report = seen(), built(home).report
    assert {place: each for place, each in seen().items() if each != before.get(place)} == {}
    assert len(report.about) == len(DOCUMENTS)


def test_a_place_that_moved_has_not_changed(home: Path, tmp_path: Path) -> None:
    assert made(home.rename(tmp_path / "elsewhere")) == frozenset()


# ---------------------------------------------------------------- what is damaged or not ours


def _cut(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-1])


def _empty(part: Path) -> None:
    part.write_bytes(b"")


def _other_version(part: Path) -> None:
    part.write_bytes(part.read_bytes().replace(b"policygraph part 1 ", b"policygraph part 0 ", 1))


def _one_sign(part: Path) -> None:
    content = part.read_bytes()
    part.write_bytes(content[:-20] + bytes([content[-20] ^ 1]) + content[-19:])


DAMAGES: tuple[Change, ...] = (_cut, _empty, _other_version, _one_sign, Path.unlink)


def test_damaged_parts_are_made_anew(home: Path) -> None:
    shelf = kept.Kept(parts(home))
    names = (shelf.built() or {})["parts"]
    for name, damage in zip(names, DAMAGES, strict=False):
        damage(parts(home) / f"{name}.part")
    assert [name for name in names if shelf.head(name)] == names[len(DAMAGES) :]
    _target("dalian-2021")(home)  # else nothing would be looked at
    assert len(made(home) - {"dalian-2021"}) in (len(DAMAGES), len(DAMAGES) - 1)
    study = open_study(home)
    assert text(home) == "".join(pipeline.assemble(linked(study), study=study).lines)


def test_what_parts_have_in_common_is_made_anew_too(home: Path, first: Path) -> None:
    shelf = kept.Kept(parts(home))
    for name in ("concepts", "always", "common"):
        _cut(parts(home) / f"{(shelf.built() or {})['units'][name]}.part")
    (parts(home) / "built").unlink()
    assert made(home) == frozenset()
    assert text(home) == text(first)


def test_a_note_that_is_damaged_costs_a_fresh_store(home: Path, first: Path) -> None:
    _cut(parts(home) / "built")
    assert made(home) == frozenset()
    assert text(home) == text(first)


def test_a_store_that_somebody_changed_is_made_as_it_should_be(home: Path, first: Path) -> None:
    with open_store(open_study(home).store) as store:
        store.add_all([(URIRef("a:s"), URIRef("a:p"), URIRef("a:o"), URIRef("a:g"))])
    assert made(home) == frozenset()
    assert text(home) == text(first)


def test_a_folder_of_somebody_in_the_place_of_the_parts_is_let_alone(home: Path) -> None:
    shutil.rmtree(parts(home))
    parts(home).mkdir()
    letter = parts(home) / "letter.txt"
    letter.write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="other files"):
        built(home)
    assert [each.name for each in parts(home).iterdir()] == ["letter.txt"]


def test_what_somebody_put_among_the_parts_stays(home: Path) -> None:
    letter = parts(home) / "letter.part"
    letter.write_text("dear", encoding="utf-8")
    _target("dalian-2021")(home)
    built(home)
    assert letter.read_text(encoding="utf-8") == "dear"


def test_ones_own_tables_count_where_a_kill_left_only_their_index(home: Path) -> None:
    """A bundled document of the same name is read then, for what it is known by: its facts are not those built."""
    _target("dalian-2021")(home)
    built(home)
    expected, study = text(home), open_study(home)
    index = keys.key("index", keys.knowledge(study, False), keys.document(home / "facts" / "dalian-2021"))
    for path in parts(home).glob("*.part"):
        if path.stem != index:
            path.unlink()
    shutil.rmtree(study.store)
    built(home)
    assert text(home) == expected


def test_what_is_needed_no_more_goes(home: Path) -> None:
    shelf = kept.Kept(parts(home))
    before = (shelf.built() or {})["parts"]
    _target("dalian-2021")(home)
    (parts(home) / f"{'0' * 40}.part.123.new").write_bytes(b"half")  # a killed process left it
    built(home)
    now = (shelf.built() or {})["parts"]
    (gone,) = set(before) - set(now)
    assert shelf.head(gone) is None
    assert all(shelf.head(name) for name in now)
    assert list(parts(home).glob("*.new")) == []


def test_one_build_at_a_time(home: Path) -> None:
    with kept.opened(parts(home)), pytest.raises(StoreError, match="another build"):
        built(home)


# ---------------------------------------------------------------- what fails or is broken off


def test_a_document_whose_part_fails_has_its_line_and_the_others_are_built(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _target("dalian-2021")(home)
    _target("xiangfu-2020")(home)
    genuine = making.Maker.part

    def part(maker: making.Maker, inputs: making.Inputs) -> making.Part:
        if inputs.slug.startswith("210200"):
            raise DocumentError("facts.no-document-id", path="dalian-2021")
        return genuine(maker, inputs)

    with monkeypatch.context() as patched:
        patched.setattr(making.Maker, "part", part)
        found = built(home)
    assert [str(each).partition("/")[0] for each in found.errors] == ["dalian-2021"]
    assert found.counts["documents"] == len(DOCUMENTS) - 1
    alone = shutil.copytree(home, home.parent / "alone")
    _gone("dalian-2021")(alone)
    assert made(alone) == frozenset()
    assert text(alone) == text(home)
    assert made(home) == {"dalian-2021"}  # it is tried again


def test_a_build_that_is_broken_off_leaves_the_store_and_the_parts_for_the_next(
    home: Path, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _target("guofa-2019-13")(home)
    genuine, done = bench.put, []

    def put(*arguments: object) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(genuine(*arguments))  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(bench, "put", put)
        built(home)
    assert text(home) == text(first)
    assert len(made(home)) == len(ALL) - 1 - 3


def test_progress_tells_how_many_are_done(home: Path) -> None:
    told: list[str] = []

    def progress(each: Message | str) -> None:
        told.append(str(each))

    _target("dalian-2021")(home)
    study = open_study(home)
    pipeline.build((), study.store, progress, study)
    assert any(each.startswith("1 of 1 documents, ") and each.endswith(" s left") for each in told)


# ---------------------------------------------------------------- the pieces


def test_what_is_told_of_a_document_comes_back_as_it_was(first: Path) -> None:
    shelf = kept.Kept(parts(first))
    heads = [head for name in (shelf.built() or {})["parts"] if (head := shelf.head(name))]
    checked = [remade(Checked, head["checked"]) for head in heads]
    assert len(checked) == len(DOCUMENTS)
    assert [plain(each) for each in checked] == [head["checked"] for head in heads]


@pytest.mark.parametrize("wrong", [[], ["a"], [1, "a", "b"], {"a": 1}, None, "abc"], ids=repr)
def test_what_is_no_record_is_refused(wrong: object) -> None:
    from policygraph.validate import Named

    with pytest.raises((TypeError, ValueError)):
        remade(Named, wrong)


def test_lines_may_hold_any_sign(tmp_path: Path) -> None:
    """What some programs take for the end of a line is none in N-Quads."""
    lines = ['<a:s> <a:p> "\x85\u2028\u2029" <a:g> .\n', '<a:s> <a:p> "一" <a:g> .\n']
    with kept.opened(tmp_path / "x.parts") as shelf:
        shelf.put("0" * 40, {}, lines)
        assert shelf.lines("0" * 40) == lines


def test_what_is_stated_somewhere_is_not_said_to_follow() -> None:
    inferred, other = (
        "<a:s> <a:p> <a:o> <https://w3id.org/policygraph/graph/inferred> .\n",
        "<a:s> <a:p> <a:o> <a:g> .\n",
    )
    heads = [{"shared": [inferred, other], "others": []}, {"shared": [inferred, other], "others": []}]
    assert joining.shared(heads, []) == [other, inferred]
    assert joining.shared([*heads, {"shared": [], "others": [["<a:s>", "<a:p>", "<a:o>"]]}], []) == [other]


# ---------------------------------------------------------------- several processes


def _spread(home: Path, workers: int, referee: bool = False) -> pipeline.Built:
    study = open_study(home)
    return pipeline.build((), study.store, study=study, referee=referee, hands=pipeline.Hands(workers))


def test_two_workers_make_the_same_store(home: Path, first: Path) -> None:
    shutil.rmtree(parts(home))
    assert len(_spread(home, 2).made) == len(DOCUMENTS)
    assert text(home) == text(first)
    assert made(home) == frozenset()


class Dying:
    """Loads documents as another does; the process that loads one of them dies, so often or always."""

    def __init__(self, load: FromTables, slug: str, marks: Path, times: int) -> None:
        self.load, self.slug, self.marks, self.times = load, slug, marks, times

    def __call__(self, held: Held) -> Load:
        return partial(self._loaded, held)

    def _loaded(self, held: Held, slug: str) -> Facts:
        if slug == self.slug and parent_process() is not None and len(list(self.marks.iterdir())) < self.times:
            (self.marks / str(os.getpid())).touch()
            os._exit(9)
        return self.load(held)(slug)


def _killed(home: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> tuple[pipeline.Built, int]:
    """Build where the process that comes to a county dies so often; return also how often it did."""
    (marks := home.parent / "marks").mkdir()
    genuine = rebuilding._Reading.load
    slug = facts.load(home / "facts" / "xiangfu-2020").value("document_id")
    monkeypatch.setattr(
        rebuilding._Reading, "load", lambda reading, links: Dying(genuine(reading, links), slug, marks, times)
    )
    _target("guofa-2019-13")(home)
    return _spread(home, 2), len(list(marks.iterdir()))


def test_a_worker_that_is_killed_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        found, died = _killed(home, patched, 1)
    assert (found.errors, died, len(found.made)) == ((), 1, len(ALL) - 1)
    study = open_study(home)
    assert text(home) == "".join(pipeline.assemble(linked(study), study=study).lines)


def test_a_document_that_kills_every_worker_is_skipped_with_its_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        found, died = _killed(home, patched, 99)
    assert [each.key for each in found.errors] == ["spread.worker-died"]
    assert (died, found.counts["documents"]) == (3, len(DOCUMENTS) - 1)


def test_an_error_of_the_run_is_no_fault_of_a_worker(home: Path) -> None:
    """Shapes that are no SHACL stop a build in processes as they do in one."""
    _own_shape(home)
    own = home / "shapes" / "own.ttl"
    own.write_text(own.read_text(encoding="utf-8").replace("sh:minCount 1", 'sh:minCount "many"'), encoding="utf-8")
    told = []
    for workers in (1, 2):
        with pytest.raises(DataError) as raised:
            _spread(home, workers, referee=True)
        told.append(str(raised.value))
    assert told[0] == told[1]
