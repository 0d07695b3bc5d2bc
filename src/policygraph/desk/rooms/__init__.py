"""The pages that are worked in: each module has its ``PAGES``; NiceGUI is imported inside functions alone."""
