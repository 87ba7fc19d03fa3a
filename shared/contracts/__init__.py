"""Published contracts: one payload class and one sample for each event.

The producer validates against them before it stores an event, the consumer before it acts; both
sides' tests use the same samples.
"""

from __future__ import annotations

from shared.contracts.base import (
    CONTRACTS,
    SAMPLES,
    Contract,
    Data,
    contract,
    sample_event,
    validate,
)

__all__ = ["CONTRACTS", "SAMPLES", "Contract", "Data", "contract", "sample_event", "validate"]
