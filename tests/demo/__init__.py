"""The demo data, and what needs a platform that holds them."""
