"""The library: the same verbs as the command line, with Python values. What is public stands in :mod:`policygraph`."""
