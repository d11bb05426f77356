"""When a patient's week is told."""
