"""The rows of messages, in and out."""
