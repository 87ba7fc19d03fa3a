"""What the operations of proposals are given, by the module that they stand in."""
