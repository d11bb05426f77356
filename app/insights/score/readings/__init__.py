"""The readings of a score's window, counted without the tests of a low already counted."""
