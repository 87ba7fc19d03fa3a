"""What people change of their own messages, and how messages leave the platform."""
