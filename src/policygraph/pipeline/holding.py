"""Say who holds a document for review, so that two people on one study do not work on the same one.

The times are those that the pages of the people give; a hold that was not renewed for a while is nobody's any more.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from policygraph import outputs
from policygraph.pipeline.reviewing import alone
from policygraph.study import Study

_LAPSES = timedelta(minutes=10)  # after which a hold that nobody renews is let go


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds a document, on which page, since when and until when it was last renewed (ISO 8601)."""

    who: str
    page: str
    since: str
    seen: str


def holder(folder: Path, study: Study, now: str) -> Hold | None:
    """Return who holds a document at a time, None where nobody does."""
    try:
        found = Hold(**json.loads(_place(folder, study).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return None if _lapsed(found, now) else found


def hold(folder: Path, study: Study, mine: Hold) -> Hold:
    """Take or renew a document for a page; return who holds it now: another, where he came first."""
    with alone(folder, study):
        other = holder(folder, study, mine.seen)
        if other and other.page != mine.page:
            return other
        kept = Hold(mine.who, mine.page, other.since if other else mine.since, mine.seen)
        outputs.revise(json.dumps(asdict(kept), ensure_ascii=False).encode(), _place(folder, study))
        return kept


def let_go(folder: Path, study: Study, page: str) -> None:
    """Let a document go, where a page holds it."""
    with alone(folder, study):
        place = _place(folder, study)
        with suppress(OSError, ValueError):
            if json.loads(place.read_text(encoding="utf-8")).get("page") == page:
                place.unlink()


def _place(folder: Path, study: Study) -> Path:
    return study.place("out", "review", f"{folder.name}.json")


def _lapsed(found: Hold, now: str) -> bool:
    try:
        return datetime.fromisoformat(now) - datetime.fromisoformat(found.seen) > _LAPSES
    except (TypeError, ValueError):
        return True
