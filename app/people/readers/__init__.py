"""Who reads a daily digest, when it is due, and whom it is about: values, and their rows."""
