"""Visits to a doctor and their payment."""
