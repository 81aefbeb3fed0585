"""Pressfold publishes a digest: articles in, a static site and its feeds out."""

__version__ = "0.1.0"
