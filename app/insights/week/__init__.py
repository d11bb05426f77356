"""A patient's last seven days: in words, and as a picture."""
