"""Input forms of the office service."""
