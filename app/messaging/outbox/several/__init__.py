"""Messages that are about several patients, or of a kind that comes again and again."""
