"""Show a study in a browser: pages to read and cite, pages to work in, the endpoint of ``serve`` below them.

A door: it asks the questions of the catalogue, shows what comes, and decides nothing. How a page is added stands in
:mod:`policygraph.desk.registry`.
"""

from starlette.applications import Starlette as Application

from policygraph.desk.app import application
from policygraph.desk.holdings import warm
from policygraph.desk.visit import Desk, Page

__all__ = ["Application", "Desk", "Page", "application", "warm"]
