"""The user's disk: where things are, what the lock says, what would be written, and writing it."""
