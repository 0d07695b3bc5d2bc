"""The graph as an object that can be asked."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from policygraph import network, pipeline, query
from policygraph.api.shown import Picture
from policygraph.export import export, picture
from policygraph.messages import render
from policygraph.network import Comparison, Network
from policygraph.paper import paper
from policygraph.pipeline import Checks
from policygraph.rows import Rows
from policygraph.store import Store, Triple
from policygraph.study import SHIPPED, Study
from policygraph.validate import Report

What = Rows | Network | str


class KnowledgeGraph(AbstractContextManager["KnowledgeGraph"]):
    """A graph of policy responsibilities that can be asked; made by :func:`policygraph.open`.

    Answers are :class:`Rows`, which become frames (``to_pandas``, ``to_polars``) and show as tables in notebooks.
    """

    def __init__(self, store: Store, study: Study = SHIPPED) -> None:
        self._store, self._study = store, study

    # ------------------------------------------------------------ questions

    def questions(self, language: str = "zh") -> Rows:
        """Return the catalogue: subject, name, title, description and parameters of each question."""
        return query.question_rows(language, self._study.questions)

    def ask(self, question: str, /, *, evidence: bool = False, **parameters: object) -> Rows:
        """Ask a question of the catalogue; with ``evidence`` each row once for every clause (or target) it counted.

        Raises UsageError for an unknown question or parameter, and for evidence of a question that counts nothing.
        """
        asked = self._asked(question)
        if evidence:
            return query.ask_with_evidence(self._store, asked, self._study.questions, **parameters)
        return query.ask(self._store, asked, **parameters)

    def values(self, question: str, parameter: str, language: str = "zh") -> Rows:
        """Return the values, with labels, that a parameter of a question may have here: a pick list."""
        return query.values(self._store, self._asked(question), parameter, language)

    def explain(self, question: str, /, **parameters: object) -> str:
        """Return the SPARQL that a question runs, its parameters bound."""
        return query.sparql(self._store, self._asked(question), parameters)

    def why_empty(self, question: str, /, **parameters: object) -> str:
        """Say why a question has no rows: which pattern has no match."""
        why = query.explain_empty(self._store, self._asked(question), parameters)
        return " / ".join(render(why, language) for language in ("zh", "en"))

    def sparql(self, text: str) -> Rows | bool | tuple[Triple, ...]:
        """Answer a SPARQL query over the union of all graphs: rows, the truth of an ASK, or triples.

        Raises QueryError (line, column) for a malformed query.
        """
        return self._store.query(text)

    # ------------------------------------------------------------ comparison

    def compare(self, *documents: str, by: str = "targets", scope: str = "", language: str = "zh") -> Rows:
        """Return what documents say side by side: by targets, actions, leads, functions or ties (of two documents).

        Documents are named by identifier, number, title or place (``大连市``); without any, all are compared. A figure
        that nobody has checked is marked «?». Raises UsageError for a name that is not in the store.
        """
        return pipeline.compare(self._store, documents, by, scope, language)

    def cascade(self, indicator: str | None = None, *documents: str, scope: str = "", language: str = "zh") -> Rows:
        """Return the matrix of indicators and documents, or the path of one indicator from the nation to the county.

        The cells of the matrix say the value and the verdict against the nearest document above (``scope`` national:
        against the national one); the path has a row for each document and year.
        """
        if indicator is None:
            return self.compare(*documents, scope=scope, language=language)
        rows = query.ask(self._store, "target-path", indicator=indicator)
        chosen = query.named_documents(self._store, documents)
        place = rows.columns.index("document")
        return Rows(rows.columns, tuple(row for row in rows.rows if not chosen or row[place] in chosen))

    def validate(self, document: str) -> Report:
        """Check a document that stands in the graph, by any of its names. Raises UsageError where it does not."""
        return pipeline.check_stored(self._store, document, Checks(study=self._study))

    # ------------------------------------------------------------ networks

    def network(self, kind: str = "agency-action", document: str | None = None, level: str | None = None) -> Network:
        """Return a network: agency-action, co-responsibility, lead-support, lead-implement, function or derivation.

        Its ``graph`` is a networkx graph: nodes have ``label``, ``kind`` and ``community``, edges ``weight``, ``role``.
        """
        return pipeline.with_communities(pipeline.make_network(self._store, kind, document, level))

    def measures(
        self, of: Network | str = "co-responsibility", measure: str | None = None, top: int | None = None,
        by: str = "function",
    ) -> Rows:  # fmt: skip
        """Return all measures of a network's nodes, or one of them as a ranking (``summary``: of the whole network).

        ``by`` groups the nodes for ``brokerage``. Raises UsageError for another network or measure.
        """
        made = self.network(of) if isinstance(of, str) else of
        return pipeline.measured(made, measure, top, by)

    def compare_networks(self, first: str, second: str) -> Comparison:
        """Return the ties between functions in two documents, side by side, and how many they share."""
        return pipeline.compared_networks(self._store, query.named_documents(self._store, (first, second)))

    # ------------------------------------------------------------ files and pictures

    def export(
        self, form: str, path: str | Path, what: What | None = None, *, document: str | None = None
    ) -> tuple[Path, ...]:
        """Write rows, a network, or the graph itself to a file in any format of policygraph; return the paths written.

        ``what`` may be rows, a network, the name of a network or of a question; without it the quads of the graph are
        written (ttl, trig, nq, jsonld, rdfxml, stratml), all or those of one ``document``.
        """
        if what is None:
            return export(pipeline.choose_quads(self._store, document), form, Path(path))
        return export(self._made(what, document), form, Path(path))

    def picture(self, what: What, form: str = "svg", title: str = "", language: str = "zh") -> Picture:
        """Draw a ranking, a heat map or a network (by itself, or by the name of a question or network).

        ``compare`` has rows for people; its heat map is ``kg.picture("cascade-matrix")`` or :meth:`heat_map`.
        Raises UsageError where matplotlib or a font with Chinese characters is missing.
        """
        return Picture(picture(self._made(what), form, title, language), form)

    def heat_map(
        self, *documents: str, by: str = "targets", scope: str = "", form: str = "svg", title: str = ""
    ) -> Picture:
        """Draw the comparison of documents (:meth:`compare`) by targets, actions, leads or functions."""
        return self.picture(pipeline.heat(self._store, documents, by, scope), form, title)

    def paper(self, folder: str | Path, language: str = "zh") -> tuple[Path, ...]:
        """Write everything that a paper needs to a folder (:mod:`policygraph.paper`); return the paths written."""
        return paper(self._store, Path(folder), language)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def _asked(self, name: str) -> query.Question:
        return query.question(name, self._study.questions)

    def _made(self, what: What, document: str | None = None) -> Rows | Network:
        if not isinstance(what, str):
            return what
        if what in network.KINDS:
            return self.network(what, document)
        return self.ask(what, document=document) if document else self.ask(what)
