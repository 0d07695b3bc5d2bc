"""Hold a study: where it lies, what it says of itself, and what it knows beside what ships."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph import assets, concepts, lexicon
from policygraph.concepts import Concepts
from policygraph.errors import DataError
from policygraph.knowledge import Knowledge, compiled
from policygraph.lexicon import Lexicon

if TYPE_CHECKING:
    from policygraph.query import Question

CITED, ALL, NONE = "cited", "all", "none"  # which bundled documents a study takes in
SETTINGS = "study.toml"


@dataclass(frozen=True, slots=True, eq=False)
class Study(Knowledge):
    """A folder of one's own work, or, without a folder, what ships: the bundled plans are a study like any other.

    What it knows is read when it is first asked for, and kept as long as the study is. ``bundled`` says which bundled
    documents belong to it beside its own: ``("cited",)`` those that its documents carry out, directly or through
    others, ``("all",)``, ``("none",)``, or documents by any of their names.
    """

    folder: Path | None = None
    title: str = ""
    field: str = ""
    language: str = ""
    bundled: tuple[str, ...] = (CITED,)

    def __reduce__(self) -> tuple[type[Study], tuple[object, ...]]:
        """Go to another process as what it is made of; that process reads the tables itself."""
        return Study, (self.folder, self.title, self.field, self.language, self.bundled)

    def again(self) -> Study:
        """Return the same study with nothing read yet: its tables are no longer as they were."""
        return Study(self.folder, self.title, self.field, self.language, self.bundled)

    @property
    def lexicon(self) -> Lexicon:
        """Return the words of the language. Raises DataError where own ones are malformed or contradict the shipped."""
        return _lexicon(self)

    @property
    def concepts(self) -> Concepts:
        """Return the canonical things and their names. Raises DataError as :attr:`lexicon`."""
        return _concepts(self)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what can be asked. Raises DataError where an own question is malformed or has a name that is taken."""
        return _questions(self)

    @property
    def shapes(self) -> tuple[Path, ...]:
        """Return the files of the shapes that it checks beside the shipped ones."""
        return tuple(sorted(self.place("shapes").glob("*.ttl"))) if self.folder else ()

    @property
    def store(self) -> Path:
        """Return where its store is built."""
        return self.place("out", "store")

    def place(self, *parts: str) -> Path:
        """Return a place in its folder."""
        assert self.folder is not None, "what ships has no folder of its own"
        return self.folder.joinpath(*parts)


SHIPPED = Study()


@compiled
def _lexicon(study: Study) -> Lexicon:
    if study.folder is None:
        return lexicon.bundled()
    shipped, regions = assets.path("data", "lexicon"), assets.path("data", "concepts", "regions.tsv")
    return lexicon.load(shipped, regions, study.place("lexicon"), study.place("concepts", "regions.tsv"))


@compiled
def _concepts(study: Study) -> Concepts:
    if study.folder is None:
        return concepts.bundled()
    return concepts.load(assets.path("data", "concepts"), study.place("concepts"))


@compiled
def _questions(study: Study) -> tuple[Question, ...]:
    from policygraph.query import catalogue, read_questions  # takes long to load: only to ask

    if study.folder is None:
        return catalogue()
    own = read_questions(study.place("queries"))
    shipped = {each.name: each for each in catalogue()}
    for each in own:
        if each.name in shipped:
            raise DataError(
                "study.question-taken", path=study.place("queries"), name=each.name, folder=shipped[each.name].folder
            )
    return (*catalogue(), *own)
