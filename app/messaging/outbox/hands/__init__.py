"""Rows of the outbox in the hands of whoever sends them."""
