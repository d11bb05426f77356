"""One message's turn: understood, decided, recorded, answered."""
