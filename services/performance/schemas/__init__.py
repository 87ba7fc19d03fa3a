"""What the operations of performance are given, by the module that they stand in."""
