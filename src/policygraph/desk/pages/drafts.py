"""Check a draft: send a file, read what was found beside its text, take it away as a file; nothing stays."""

from __future__ import annotations

import secrets
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from policygraph import export, outputs, pipeline, validate
from policygraph.desk import asking, frame
from policygraph.desk.asking import ToldError
from policygraph.desk.placing import Piece, pieces
from policygraph.desk.uploads import LARGEST, SUFFIXES, Upload, received
from policygraph.desk.visit import Desk, Page, Visit
from policygraph.naming import Named
from policygraph.pipeline import Checks, Judged
from policygraph.rows import Rows, headings
from policygraph.store.disk import mark_of
from policygraph.terms import Stage
from policygraph.validate.grouping import told
from policygraph.validate.report import severity_label

_WITHIN = 240.0  # seconds for reading and checking one draft
_KEPT = 6  # checks whose results can still be looked at
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was checked: as it came, and what was found in it."""

    upload: Upload
    judged: Judged

    @property
    def stem(self) -> str:
        """Return its name without the kind of file."""
        return self.upload.name.removesuffix(self.upload.suffix)


def form(visit: Visit) -> Response:
    """Show where a draft is dropped, and what it can be compared with."""
    return frame.page(
        visit,
        "drafts.html",
        title=visit.said("desk.title-check"),
        tab="desk.tab-check",
        above=_above(visit.desk),
        stages=tuple(Stage),
        kinds=",".join(SUFFIXES),
        most=LARGEST >> 20,
    )


def take(visit: Visit) -> Response:
    """Check a draft that was sent, and lead to what was found."""
    upload = received(visit.request)
    stage = upload.fields.get("stage", "")
    how = Checks(
        against=upload.fields.get("against", "").strip(),
        study=visit.desk.study,
        stage=Stage(stage) if stage in set(Stage) else None,
    )
    judged = _judged(visit.desk, upload, how)
    token = secrets.token_urlsafe(12)
    _keep(visit.desk, token, Checked(upload, judged))
    return RedirectResponse(visit.url(f"/check/{token}"), 303)


def found(visit: Visit) -> Response:
    """Show what was found beside the text."""
    checked = _kept(visit)
    report = checked.judged.report
    spans = [(each.start, each.end) if each.start is not None and each.end else None for each in report.results]
    return frame.page(
        visit,
        "draft.html",
        title=visit.said("desk.title-checked", name=checked.upload.name),
        tab="desk.tab-check",
        token=visit.part("token"),
        head=report.head(visit.language),
        outcome=report.outcome,
        counts=report.counts(),
        results=[_shown(visit, number, each, spans[number]) for number, each in enumerate(report.results)],
        pieces=[(each, _worst(each, report)) for each in pieces(checked.judged.text, spans)],
        label=lambda severity: severity_label(severity, visit.language),
        in_word=checked.upload.suffix.lower() == ".docx",
        saved=visit.given("saved"),
    )


def download(visit: Visit) -> Response:
    """Give what was found as a file: html, docx, or xlsx."""
    checked, kind = _kept(visit), visit.part("kind")
    report, language = checked.judged.report, visit.language
    if kind == "html":
        body, media = validate.as_html(report, language).encode(), "text/html; charset=utf-8"
    elif kind == "docx":
        body, media = checked.judged.word[language], _WORD
    elif kind == "xlsx":
        body, media = export.as_xlsx({visit.said("desk.tab-check"): _named(report.to_rows(language), language)}), _SHEET
    else:
        raise ToldError.of(404, "desk.nothing-there", path=visit.request.url.path)
    suffix = visit.said("desk.checked-suffix")
    name = f"{checked.stem}-{suffix}.{kind}"
    return Response(
        body, media_type=media, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


def keep(visit: Visit) -> Response:
    """Put the draft among the sources of the study, where nothing of that name is."""
    checked, study = _kept(visit), visit.desk.study
    if study.folder is None:
        raise ToldError.of(400, "desk.no-study-to-keep")
    if not outputs.create(checked.upload.content, study.place("sources", checked.upload.name)):
        raise ToldError.of(409, "desk.kept-already", name=checked.upload.name)
    return RedirectResponse(visit.url(f"/check/{visit.part('token')}", saved="yes"), 303)


def _judged(desk: Desk, upload: Upload, how: Checks) -> Judged:
    """Check a draft in a process that can be ended; it lies in a folder of its own meanwhile, under a plain name."""
    with tempfile.TemporaryDirectory(prefix="policygraph-") as folder:
        path = Path(folder, f"draft{upload.suffix.lower()}")
        path.write_bytes(upload.content)
        made = asking.work(desk, partial(pipeline.judge_draft, path, upload.name, how), _WITHIN)
    assert isinstance(made, Judged)
    return made


def _keep(desk: Desk, token: str, checked: Checked) -> None:
    """Keep a result in memory, for as long as others do not take its place."""
    held = [key for key in desk.kept if isinstance(key, tuple) and key[0] == "check"]
    for key in held[: max(0, len(held) - _KEPT + 1)]:
        desk.kept.pop(key, None)
    desk.kept["check", token] = checked


def _kept(visit: Visit) -> Checked:
    checked = visit.desk.kept.get(("check", visit.part("token")))
    if not isinstance(checked, Checked):
        raise ToldError.of(404, "desk.check-gone")
    return checked


def _above(desk: Desk) -> list[tuple[str, str]]:
    """Return the documents that a draft can be compared with: identifier, and place, title and number."""
    key = ("above", mark_of(desk.store))
    if key not in desk.kept:
        found = asking.work(desk, partial(pipeline.above, desk.study), _WITHIN)
        assert isinstance(found, tuple)
        named = [(each.slug, _called(each)) for each in found if each.states]
        desk.kept[key] = sorted(named, key=lambda pair: pair[1])
    kept = desk.kept[key]
    assert isinstance(kept, list)
    return kept


def _called(named: Named) -> str:
    number = f"（{named.number}）" if named.number else ""
    return " · ".join(filter(None, [*named.places[:1], f"{named.title or named.id}{number}"]))


def _shown(visit: Visit, number: int, result: validate.Result, span: object) -> dict[str, Any]:
    return {
        "number": number,
        "severity": result.severity,
        "message": result.message.said(visit.language),
        "where": f"{result.section} {result.action}".strip(),
        "quote": result.quote,
        "told": told(result, visit.language),
        "placed": span is not None,
    }


def _worst(piece: Piece, report: validate.Report) -> str:
    """Return the worst severity of what covers a piece."""
    found = [validate.SEVERITIES.index(report.results[at].severity) for at in piece.over]
    return validate.SEVERITIES[min(found)] if found else ""


def _named(rows: Rows, language: str) -> Rows:
    known = headings(language)
    return Rows(tuple(known.get(name, name) for name in rows.columns), rows.rows)


PAGES = (
    Page("/check", form, tab="desk.tab-check", public=False),
    Page("/check", take, public=False, methods=("POST",)),
    Page("/check/{token}", found, public=False),
    Page("/check/{token}/keep", keep, public=False, methods=("POST",)),
    Page("/check/{token}/{kind}", download, public=False),
)
