"""Mint the IRIs of things: nowhere else is one put together (DESIGN section 4)."""

from __future__ import annotations

from rdflib import URIRef

from policygraph.graph.paths import name_slug, safe, short_hash
from policygraph.slugs import UNKNOWN_REGION
from policygraph.vocab import ID, thing


def document(slug: str) -> URIRef:
    """Return the IRI of a document.

    >>> str(document("guofa-2019-13")).removeprefix(ID)
    'document/guofa-2019-13'
    """
    return thing("document", safe(slug))


def below(node: URIRef, *segments: str) -> URIRef:
    """Return the IRI of a part of a thing.

    >>> str(below(document("a"), "action", "3.1.1")).removeprefix(ID)
    'document/a/action/3.1.1'
    """
    return URIRef("/".join((str(node), *segments)))


def region(code: str) -> URIRef:
    """Return the IRI of a region of GB/T 2260."""
    return thing("region", safe(code))


def agency(agency_id: str) -> URIRef:
    """Return the IRI of a body from its ``<region code>/<slug>``."""
    return thing("agency", safe(agency_id))


def person(person_id: str) -> URIRef:
    """Return the IRI of a person from ``person-<region code>-<slug>``.

    >>> str(person("person-210200-wen-xue-qiong-5ac84a42")).removeprefix(ID)
    'person/210200/wen-xue-qiong-5ac84a42'
    """
    _, _, rest = person_id.partition("-")
    return thing("person", safe(rest.replace("-", "/", 1)))


def reviewer(name: str) -> URIRef:
    """Return the IRI of who reviewed facts, from the name that was signed.

    >>> str(reviewer("李明")).removeprefix(ID)
    'reviewer/li-ming-aa227102'
    """
    return thing("reviewer", f"{name_slug(name)}-{short_hash(name)}")


def concept(scheme: str, identifier: str) -> URIRef:
    """Return the IRI of a concept; schemes are function, agency-type, indicator, action-type, level and role."""
    return thing(scheme, safe(identifier.replace("_", "-") if scheme == "role" else identifier))


def scheme(name: str) -> URIRef:
    """Return the IRI of a concept scheme."""
    return ID[name]


def agency_id(name: str, region_code: str) -> str:
    """Return the identifier of a body whose name resolves to no type."""
    return f"{region_code or UNKNOWN_REGION}/x-{name_slug(name)}"


def indicator_id(name: str) -> str:
    """Return the identifier of an indicator that is in no table."""
    return f"x-{short_hash(name)}"


def dataset() -> URIRef:
    """Return the IRI of the whole dataset."""
    return thing("dataset", "policygraph")


def software(version: str) -> URIRef:
    """Return the IRI of the program in one version."""
    return thing("software", f"policygraph-{safe(version)}")


def source(digest: str) -> URIRef:
    """Return the IRI of a source file by the SHA-256 of its bytes."""
    return thing("source", safe(digest))
