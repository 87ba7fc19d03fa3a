"""Points of members (履职积分): rules, the ledger, and the one function that reads it."""
