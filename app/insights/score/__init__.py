"""The health score: what it is made of, the formula, its words, and the run that keeps it."""
