"""HTTP in: Twilio's webhooks and the pages an operator's tools read."""
