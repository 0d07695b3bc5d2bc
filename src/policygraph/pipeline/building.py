"""From fact tables to a store: graph, cascade, infer, validate, describe, write."""
