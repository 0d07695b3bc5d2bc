"""Serve a store over HTTP, to read only: SPARQL 1.1 Protocol at /sparql, the catalogue at /queries."""

from policygraph.web.app import application
from policygraph.web.jobs import Bounds
from policygraph.web.server import Server, Settings, is_loopback, serve
from policygraph.web.workers import pool

__all__ = ["Bounds", "Server", "Settings", "application", "is_loopback", "pool", "serve"]
