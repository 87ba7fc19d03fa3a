"""What the operations of opinions are given, by the module that they stand in."""
