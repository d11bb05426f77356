"""Where a row of the outbox stands, and what the channel reports of it."""
