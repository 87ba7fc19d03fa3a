"""What carries manuscripts outside."""
