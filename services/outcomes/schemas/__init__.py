"""What the operations of outcomes are given, by the module that they stand in."""
