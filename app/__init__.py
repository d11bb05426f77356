"""ProCare: a WhatsApp service for people with diabetes in India."""
