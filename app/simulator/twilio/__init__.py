"""Twilio's REST API on the loopback, with a memory of all that phones and service say."""
