"""Input and output of the service, checked."""
