"""The ways out to a person's phone, and what they tell of what went over them."""
