"""Readers under hostile input for as long as one has patience; `make torture` runs it."""
