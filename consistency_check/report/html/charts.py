"""The figures of the nights as lines: their points for inline SVG, and in words for who does not see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consistency_check.model import Headline, Night, Rate

MOST_NIGHTS = 60
"""Nights in a line: two months, in which a drift shows and one night is still seen."""
WIDTH, HEIGHT = 100, 28
_MARGIN = 2
"""Units of the drawing kept free at the top and the bottom, so that no line is cut."""
Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A line as SVG path data: `path` broken where a night has no figure, `last` a dot at the last one."""

    path: str
    last: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over the nights. `show` writes one of its values; `lower` is better, or higher is."""

    title: str
    values: Values
    show: Callable[[float], str]
    lower: bool = True

    @property
    def known(self) -> list[float]:
        """The values of the nights that have one, the oldest first."""
        return [value for value in self.values if value is not None]

    @property
    def latest(self) -> str:
        """The figure of this night, or a dash."""
        return self.say(self.values[-1])

    @property
    def change(self) -> str:
        """The figure of the night before: `was 12%`; empty without one."""
        before = self.values[-2] if len(self.values) > 1 else None
        return "" if before is None else f"was {self.say(before)}"

    @property
    def words(self) -> str:
        """What the line shows, for who does not see it; there is some figure."""
        ends = f"{self.say(self.values[0])} on the first night shown, {self.latest} on the last"
        return f"{self.title}: {ends}; from {self.say(min(self.known))} to {self.say(max(self.known))}"

    @property
    def is_worse(self) -> bool:
        """Whether this night's figure is worse than that of the night before, by more than is shown."""
        before, now = self.values[-2:] if len(self.values) > 1 else (None, None)
        if before is None or now is None or self.say(before) == self.say(now):
            return False
        return now > before if self.lower else now < before

    def say(self, value: float | None) -> str:
        """One value as people read it."""
        return "–" if value is None else self.show(value)


def list_trends(nights: Sequence[Night]) -> tuple[Trend, ...]:
    """What is held against the nights before; empty where there was no other night."""
    if len(nights) < 2:
        return ()
    return tuple(
        Trend(title, tuple(read(night) for night in nights[-MOST_NIGHTS:]), show, lower)
        for title, read, show, lower in _TRENDS
    )


def draw_line(values: Values) -> Drawing:
    """The values from left to right at equal steps, from 0 at the bottom to the greatest above."""
    greatest = max((value for value in values if value is not None), default=0) or 1
    step = WIDTH / max(len(values) - 1, 1)
    parts, last, broken = [], "", True
    for place, value in enumerate(values):
        if value is None:
            broken = True
            continue
        y = HEIGHT - _MARGIN - value / greatest * (HEIGHT - 2 * _MARGIN)
        point = f"{_round(place * step)} {_round(y)}"
        parts.append(f"{'M' if broken else 'L'}{point}")
        last, broken = f"M{point}h0", False
    return Drawing("".join(parts), last)


def share_of(rate: Rate) -> float | None:
    """The share, or None where nothing was counted."""
    return rate.share if rate.total else None


def show_percent(value: float) -> str:
    """`12%`, `3.5%`: one decimal below ten."""
    percent = value * 100
    return f"{percent:.0f}%" if percent >= 9.95 or percent == 0 else f"{percent:.1f}%"


def show_hours(value: float) -> str:
    """`5 h`; from two days on `3.5 days`."""
    return f"{value:.0f} h" if value < 48 else f"{_round(value / 24)} days"


def show_number(value: float) -> str:
    """`1,204`."""
    return f"{value:,.0f}"


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _asked(headline: Headline, count: int) -> float | None:
    return share_of(Rate(count, headline.asked_twice))


def _wrong(headline: Headline) -> float | None:
    rates = headline.by_channel.values()
    return share_of(Rate(sum(rate.wrong for rate in rates), sum(rate.total for rate in rates)))


_Read = Callable[[Night], float | None]
_TRENDS: tuple[tuple[str, _Read, Callable[[float], str], bool], ...] = (
    ("New findings", lambda night: night.new, show_number, True),
    ("Fixed", lambda night: night.fixed, show_number, False),
    ("Answers that were wrong", lambda night: _wrong(night.headline), show_percent, True),
    (
        "Told different things, of those who asked twice",
        lambda night: _asked(night.headline, night.headline.told_different),
        show_percent,
        True,
    ),
    (
        "Recognised, of those who asked twice",
        lambda night: _asked(night.headline, night.headline.recognised),
        show_percent,
        False,
    ),
    ("Median time to correct", lambda night: night.headline.hours_to_correct, show_hours, True),
)
