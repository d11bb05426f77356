"""What scores are made of, counted for many patients by one statement."""
