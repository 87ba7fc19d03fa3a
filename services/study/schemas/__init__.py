"""Input forms of the study service."""
