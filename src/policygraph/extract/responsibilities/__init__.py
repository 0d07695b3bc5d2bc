"""Find who answers for what: the clauses of a plan and the bodies in them."""
