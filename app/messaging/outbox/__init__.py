"""What is said of our own accord: values, and the rows that carry it until it is read."""
