"""The version of the package and of the extractor; it goes into every fact table and graph."""

__version__ = "0.1.0"
