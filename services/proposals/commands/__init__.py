"""Use cases: who may, load, call the aggregate, save. Each returns the proposal's id."""
