"""What the operations of members are given, by the module that they stand in."""
