"""Doses with a time: made ahead, reminded of, missed."""
