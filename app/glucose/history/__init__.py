"""A patient's readings over time, and what is kept of each day."""
