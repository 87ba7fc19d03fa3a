"""What a cluster needs: the table of services, and what is generated or made from it."""
