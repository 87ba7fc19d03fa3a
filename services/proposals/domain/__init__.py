"""Rules and transitions of proposals (domain specification 2.2)."""
