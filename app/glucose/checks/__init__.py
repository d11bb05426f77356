"""The tests of sugar that a person asked to be reminded of, every day."""
