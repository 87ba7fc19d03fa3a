"""What the operations of consultations are given, by the module that they stand in."""
