"""Emptying the outbox: what goes out, when, in which words, and what becomes of it."""
