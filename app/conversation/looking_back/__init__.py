"""What was kept of a person lately, read only for a turn that tells of it."""
