"""Ask the questions of the catalogue, and keep the SPARQL that ran."""

from __future__ import annotations

from pathlib import Path

from policygraph import query
from policygraph.rows import Rows
from policygraph.store import Store


class Asking:
    """A store to ask; remembers each question with its parameters bound, and asks it once."""

    def __init__(self, store: Store, language: str = "zh") -> None:
        self.store = store
        self.language = language
        self._answers: dict[str, tuple[str, Rows]] = {}

    def ask(self, question: str, **parameters: object) -> Rows:
        """Return the rows of a question; labels are in the language of the pack where the question has labels."""
        if any(each.name == "language" for each in query.question(question).parameters):
            parameters.setdefault("language", self.language)
        told = (f"{key}-{value}" for key, value in sorted(parameters.items()) if key != "language")
        name = "-".join([question, *told])
        if name not in self._answers:
            text = query.sparql(self.store, question, parameters)
            self._answers[name] = text, query.ask(self.store, question, **parameters)
        return self._answers[name][1]

    def write_queries(self, folder: Path) -> None:
        """Write the queries that ran as .rq files."""
        place = folder / "queries"
        place.mkdir()
        for name, (text, _) in sorted(self._answers.items()):
            (place / f"{name}.rq").write_bytes(text.encode())
