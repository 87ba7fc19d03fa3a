"""What the operations of office are given, by the module that they stand in."""
