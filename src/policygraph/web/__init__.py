"""Serve a store over HTTP, to read only: SPARQL 1.1 Protocol at /sparql, the catalogue at /queries."""

from policygraph.web.server import Settings, serve

__all__ = ["Settings", "serve"]
