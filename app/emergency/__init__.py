"""Danger: told at once what to do, and followed until it is over."""
