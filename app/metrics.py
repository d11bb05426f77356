"""What is counted, for Prometheus. Labels are kinds and languages, never a person's."""

from prometheus_client import Counter, Gauge, Histogram

MESSAGES = Counter(
    "procare_inbound_messages", "Messages taken in, by what they were", ["kind", "language"]
)
HOP_SECONDS = Histogram(
    "procare_hop_seconds",
    "How long each hop of a turn took",
    ["hop"],
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 4),
)
FALLBACKS = Counter(
    "procare_fallbacks", "Turns that did not go the straight way, by reason", ["reason"]
)
RENDER_FALLBACKS = Counter(
    "procare_render_fallbacks", "Sentences said in English for want of another", ["language"]
)
WAITING = Gauge("procare_waiting", "What waits to be done, by queue", ["queue"])
