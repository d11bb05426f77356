"""What was said of our own accord, and the five slots of a patient's day."""
