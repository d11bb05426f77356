"""The patients somebody cares for, as known when that person writes."""
