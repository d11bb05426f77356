"""The kinds of reminder."""
