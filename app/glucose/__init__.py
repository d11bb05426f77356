"""Glucose readings: what is kept of them and what is said to them."""
