"""What the operations of publicity are given."""
