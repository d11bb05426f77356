"""What TimescaleDB's policies do, for a database without them."""
