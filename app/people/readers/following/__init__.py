"""Whose readings each reader may see, for many at once."""
