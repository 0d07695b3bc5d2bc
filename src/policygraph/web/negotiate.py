"""Choose the media type of an answer by the header Accept (RFC 9110)."""

from __future__ import annotations

import re

_TYPE = re.compile(r"([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)")


def choose(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the offer that a client likes best, the first of equals; None where it takes none of them.

    >>> choose("text/html, text/csv;q=0.5, */*;q=0.1", ("application/json", "text/csv"))
    'text/csv'
    >>> choose("image/png", ("application/json",))
    """
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    rated = [(_quality(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    quality, _, offer = max(rated)
    return offer if quality > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        if _TYPE.fullmatch(name):
            found[name] = max(found.get(name, 0.0), _weight(parameters))
    return found


def _weight(parameters: list[str]) -> float:
    written = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return min(max(float(written), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(offer: str, ranges: dict[str, float]) -> float:
    """Return the weight of the most exact range that takes the offer in."""
    main = offer.partition("/")[0]
    return next((ranges[each] for each in (offer, f"{main}/*", "*/*") if each in ranges), 0.0)
