"""Answer what an assistant asks: plain records, each answer with the documents it rests on."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from policygraph import pipeline, query, validate
from policygraph.messages import Message, message, render
from policygraph.pipeline import Checks
from policygraph.query import Question
from policygraph.study import SHIPPED, Study
from policygraph.terms import Stage
from policygraph.web.jobs import Job, Outcome

MOST = 1_000  # rows of one answer; an assistant reads no more
_USUAL = 100
_LONGEST = 400_000  # characters of a draft
_WITHIN = 120.0  # seconds for the check of a draft
_JSON, _ROWS = "application/json", "application/sparql-results+json"

Record: TypeAlias = dict[str, Any]


class FailedError(Exception):
    """What was asked could not be answered; the message says why, and what to do."""

    def __init__(self, told: Message) -> None:
        super().__init__(told.key)
        self.message = told


@dataclass(frozen=True, slots=True)
class Tools:
    """What an assistant may ask of a store; ``run`` does the jobs, ``language`` is that of labels and messages."""

    run: Callable[[Job], Outcome]
    study: Study = SHIPPED
    language: str = "zh"
    known: dict[str, Record] = field(default_factory=dict)  # documents by identifier

    def find_questions(self, words: str = "") -> Record:
        """Return the questions that hold all words, in name, title, description or tags; all of them for none."""
        wanted = words.lower().split()
        found = [each for each in self.study.questions if all(word in _text(each) for word in wanted)]
        return {"questions": [self._described(each) for each in found]}

    def values(self, question: str, parameter: str) -> Record:
        """Return the values that a parameter of a question may have, with what they are called."""
        given = (("parameter", parameter), ("language", self.language))
        asked = query.question(question, self.study.questions)
        return {"values": self._records(Job("values", question, _JSON, given, question=asked))}

    def ask(
        self, question: str, parameters: Mapping[str, str] | None = None, most: int = _USUAL, evidence: bool = False
    ) -> Record:
        """Return the answer to a question; with ``evidence`` each row once for every clause or target it counted."""
        given = dict(parameters or {})
        asked = query.question(question, self.study.questions)
        if "language" in {each.name for each in asked.parameters}:
            given.setdefault("language", self.language)
        task = "evidence" if evidence else "ask"
        rows = self._records(Job(task, question, _JSON, tuple(sorted(given.items())), question=asked))
        return self._answer(rows, most) | {"question": self._described(asked), "parameters": given}

    def documents(self, place: str = "", level: str = "") -> Record:
        """Return the documents of a place (with all that lies in it) or level, with how much is known of each."""
        known = self._documents()
        if place:
            rows = self._asked("documents-of-places", region=place)
            known = {str(row["document"]): known[str(row["document"])] for row in rows}
        return {"documents": [each for each in known.values() if level in ("", each["level"])]}

    def document(self, name: str, part: str = "all", most: int = _USUAL) -> Record:
        """Return what a document says: its targets, its clauses with who leads and supports, what it cites.

        ``name`` is an identifier, a number or a title; ``part`` is targets, clauses, citations or all.
        """
        if part not in (*_PARTS, "all"):
            raise FailedError(message("mcp.no-such-part", part=part, known=list(_PARTS)))
        found: Record = {}
        for each, question in _PARTS.items():
            if part in (each, "all"):
                rows = self._asked(question, document=name)
                found |= {each: rows[: self._most(most)], f"more_{each}": max(0, len(rows) - self._most(most))}
        rows = [row for each in _PARTS for row in found.get(each, ())]
        return found | {"sources": self._sources(rows)}

    def sparql(self, text: str, most: int = _USUAL) -> Record:
        """Return the answer to a SELECT or ASK; a query that writes is refused."""
        answer = json.loads(self._done(Job("sparql", text, _ROWS)).body)
        if "boolean" in answer:
            return {"answer": answer["boolean"]}
        rows = [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]
        return self._answer(rows, most)

    def check_draft(self, text: str, against: str = "", stage: str = "draft") -> Record:
        """Return what is wrong with the text of a plan, with quotes; ``against`` names the document above it.

        Nothing of the draft is kept.
        """
        if len(text) > _LONGEST:
            raise FailedError(message("mcp.draft-too-long", most=_LONGEST))
        how = Checks(against=against, study=self.study, stage=Stage(stage) if stage in set(Stage) else None)
        with tempfile.TemporaryDirectory(prefix="policygraph-") as folder:
            path = Path(folder, "draft.txt")
            path.write_text(text, encoding="utf-8")
            check = partial(pipeline.judge_draft, path, path.name, how)
            judged = self._done(Job("work", work=check, seconds=_WITHIN)).made
        assert isinstance(judged, pipeline.Judged)
        report: Record = json.loads(validate.as_json(judged.report, self.language))
        return {name: report[name] for name in _TOLD}

    # ------------------------------------------------------------ what answers are made of

    def _described(self, asked: Question) -> Record:
        zh = self.language == "zh"
        parameters = [
            {"name": each.name, "type": each.type, "default": each.default, "example": each.example}
            for each in asked.parameters
        ]
        return {
            "name": asked.name,
            "title": asked.title_zh if zh else asked.title_en,
            "description": asked.description_zh if zh else asked.description_en,
            "parameters": parameters,
            "columns": list(asked.columns),
            "has_evidence": asked.evidence is not None,
        }

    def _answer(self, rows: list[Record], most: int) -> Record:
        shown = rows[: self._most(most)]
        return {"rows": shown, "more": len(rows) - len(shown), "sources": self._sources(shown)}

    def _most(self, most: int) -> int:
        return max(1, min(most, MOST))

    def _sources(self, rows: Iterable[Record]) -> list[Record]:
        """Return the documents that rows name, by identifier, title and number."""
        known = self._documents()
        named = dict.fromkeys(str(cell) for row in rows for cell in row.values() if isinstance(cell, str))
        return [{name: known[each][name] for name in _CITED} for each in named if each in known]

    def _documents(self) -> dict[str, Record]:
        if not self.known:
            self.known.update({str(row["document"]): row for row in self._asked("documents")})
        return dict(self.known)

    def _asked(self, question: str, **parameters: str) -> list[Record]:
        return self._records(Job("ask", question, _JSON, tuple(parameters.items())))

    def _records(self, job: Job) -> list[Record]:
        found: list[Record] = json.loads(self._done(job).body)
        return found

    def _done(self, job: Job) -> Outcome:
        outcome = self.run(job)
        if outcome.told is not None:
            raise FailedError(outcome.told)
        return outcome

    def said(self, told: Message) -> str:
        """Return a message in the language of the assistant."""
        return render(told, self.language)


_PARTS = {"targets": "words-of-targets", "clauses": "clauses-of-agency", "citations": "citations"}
_CITED = ("document", "number", "title")
_TOLD = ("outcome", "conforms", "counts", "head", "about", "results")


def _text(asked: Question) -> str:
    parts = (asked.name, asked.title_zh, asked.title_en, asked.description_zh, asked.description_en, *asked.tags)
    return " ".join(parts).lower()
