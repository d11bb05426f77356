"""Past doses: which were taken, and which were not."""
