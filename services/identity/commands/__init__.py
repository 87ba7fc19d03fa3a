"""Use cases of the identity service; each carries the acting roles that may call it."""
