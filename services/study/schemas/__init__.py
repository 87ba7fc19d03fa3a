"""What the operations of study are given, by the module that they stand in."""
