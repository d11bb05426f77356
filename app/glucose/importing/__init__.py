"""Readings from files: what other systems export, and what we export ourselves."""
