"""Medicines and their doses."""
