"""People who leave: what is deleted, and what stays of them for a year."""
