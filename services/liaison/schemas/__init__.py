"""What the operations of liaison are given, by the module that they stand in."""
