"""What notifications tells whom, as data: recipients, texts, to-do kinds and the event table."""
