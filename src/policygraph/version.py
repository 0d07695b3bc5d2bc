"""The version of the package and of the extractor; it goes into every fact table and graph."""

__version__ = "0.1.0"
RELEASED = "2026-11-29"  # of this version; the day it was made, not the clock
