"""The pages that are read: each module has a ``show`` and its ``PAGES``."""
