"""A phone in a browser page, for development only."""
