"""How a figure is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`name: value`, with its goal and the numbers behind it.

    goal: the value to reach; more is better unless `at_most`.
    """

    name: str
    value: float
    goal: float | None = None
    at_most: bool = False
    behind: str = ""

    @property
    def met(self) -> bool:
        if self.goal is None:
            return True
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def __str__(self) -> str:
        if self.goal is None:
            said = ""
        else:
            wanted = f"{'at most' if self.at_most else 'reach'} {self.goal:g}"
            said = f"  # {wanted}: {'yes' if self.met else 'no'}"
        notes = f"\n#   {self.behind}" if self.behind else ""
        return f"{self.name}: {self.value:.2f}{said}{notes}"


def p99(values: list[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]


def p50(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
