"""What a turn ends in, written down: hop 5."""
