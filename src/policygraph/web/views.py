"""Do the jobs behind pictures and tables of many documents: documents side by side, and networks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policygraph import export, pipeline
from policygraph.errors import UsageError
from policygraph.rows import Rows
from policygraph.store import Store
from policygraph.web.jobs import Job, Outcome

KINDS: Mapping[str, str] = {  # form -> media type
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
}
PICTURES = ("png", "svg")


def compared(store: Store, job: Job, _: int) -> Outcome:
    """Lay documents side by side: ``job.text`` is what is compared, ``job.accept`` the form of :data:`KINDS`.

    Parameters are ``scope``, ``language``, ``title`` (of a picture), and ``document`` as often as there are some.
    """
    given = dict(job.parameters)
    documents = tuple(value for name, value in job.parameters if name == "document")
    lay = pipeline.heat if job.accept in PICTURES else pipeline.compare
    language = given.get("language", "zh")
    rows = lay(store, documents, job.text, given.get("scope", ""), language)
    return written(rows, job.accept, given.get("title", ""), language)


def written(what: Rows, form: str, title: str, language: str) -> Outcome:
    """Return something as the file of a form. Raises UsageError for a form that is not one of :data:`KINDS`."""
    if form not in KINDS:
        raise UsageError("export.no-format", form=form, known=list(KINDS))
    ((_, body),) = export.contents(what, form, Path(form), form == "csv", title, language).items()
    return Outcome(200, KINDS[form], body)
