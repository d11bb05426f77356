"""Who stands around a patient, read from the connections."""
