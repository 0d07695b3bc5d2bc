"""Run the rooms in their order. The only place that knows it; it calls, counts and reports, and never decides."""


from policygraph.pipeline.extracting import Outcome, extract_batch, extract_document

__all__ = ["Outcome", "extract_batch", "extract_document"]
