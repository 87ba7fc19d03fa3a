"""Reading a process's metrics in tests."""

from __future__ import annotations

import httpx
from prometheus_client.parser import text_string_to_metric_families


class Probed:
    """The probe port of a process on this machine."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def status(self, path: str) -> int:
        """The status of a page; 0 while nothing listens."""
        try:
            return httpx.get(f"{self.url}{path}", timeout=5).status_code
        except httpx.HTTPError:
            return 0

    def checks(self, path: str) -> dict[str, bool]:
        """What a report says of each check."""
        found: dict[str, bool] = httpx.get(f"{self.url}{path}", timeout=5).json()["checks"]
        return found

    def value(self, name: str, **labels: str) -> float:
        """The sample with exactly these labels; 0 if there is none yet."""
        return sample(httpx.get(f"{self.url}/metrics", timeout=5).text, name, **labels)


def sample(exposition: str, name: str, **labels: str) -> float:
    """The value of one sample of a Prometheus text; 0 if it is not there."""
    for family in text_string_to_metric_families(exposition):
        for found in family.samples:
            if found.name == name and found.labels == labels:
                return float(found.value)
    return 0.0
