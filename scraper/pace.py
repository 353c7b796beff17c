"""How long to wait: one queue per host with its delay, Retry-After, exponential back-off."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from recoupe.errors import NetworkError


def backoff(attempt: int, *, base: float, cap: float, jitter: float) -> float:
    """Seconds before try ``attempt`` + 1: ``base`` doubled each time, up to ``cap``.

    Half of it is spread by ``jitter``, a random number in 0–1, lest many clients come back at once.
    """
    full = min(cap, base * 2.0**attempt)
    return full / 2 + full / 2 * jitter


def retry_after(value: str | None, *, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, a number or an HTTP date; ``None`` if neither."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Pace:
    """One queue per host: requests start at least the host's delay apart, whatever the thread.

    ``default_delay`` holds for hosts without one of their own; ``max_wait`` bounds how long a
    request is held back for a host that asked to be left alone. Seconds.
    """

    def __init__(
        self,
        *,
        default_delay: float,
        max_wait: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._default = default_delay
        self._max_wait = max_wait
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    def delay(self, host: str) -> float:
        """The seconds between two requests to ``host``."""
        return self._delays.get(host, self._default)

    def slow_down(self, host: str, seconds: float | None) -> None:
        """Ask for a longer delay between requests to one host; a shorter one changes nothing."""
        if seconds is None or math.isnan(seconds):
            return
        with self._lock:
            self._delays[host] = max(self.delay(host), seconds)

    def close(self, host: str, seconds: float) -> None:
        """Remember that a host asked not to be called for longer than anybody would wait."""
        with self._lock:
            self._closed[host] = self._clock() + seconds

    def wait(self, host: str) -> None:
        """Sleep until ``host`` may be asked; `NetworkError` if it asked to be left alone."""
        with self._lock:
            now = self._clock()
            left = self._closed.get(host, now) - now
            if left > self._max_wait:
                raise NetworkError(
                    f"{host} asked not to be called for another {left:.0f} s; collect it later"
                )
            start = max(now + max(left, 0.0), self._next.get(host, now))
            self._next[host] = start + self.delay(host)
        if start > now:
            self._sleep(start - now)
