"""What a turn knows of a patient's medicines and doses."""
