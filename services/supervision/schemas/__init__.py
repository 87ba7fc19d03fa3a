"""What the operations of supervision are given, by the module that they stand in."""
