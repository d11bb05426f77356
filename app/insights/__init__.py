"""What a patient's readings and meals show over time."""
