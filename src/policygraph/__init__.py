"""Knowledge graphs of who answers for what in Chinese government plans."""

__version__ = "0.1.0"
