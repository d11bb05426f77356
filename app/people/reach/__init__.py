"""How a person can be reached: values, and the rows they come from."""
