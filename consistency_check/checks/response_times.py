"""How long a channel may take to answer, and when an answer is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from consistency_check.model import Reply, Value
from consistency_check.values import parse_value

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_WORKING = {"business hour": timedelta(hours=1), "business day": timedelta(days=1)}
_BUSINESS_WEEK = 5
_SATURDAY = 5

_KINDS = {
    "1 hour": ("chat", "livechat", "live-chat", "live chat", "webchat"),
    "1 business day": (
        *("email", "e-mail", "mail", "web", "form", "helpdesk", "ticket", "portal"),
        *("sms", "text", "whatsapp", "messenger", "messaging", "app"),
        *("social", "twitter", "x", "facebook", "instagram"),
    ),
    "10 business days": ("letter", "post", "fax"),
}
"""Chosen to be missed by nobody who works office hours: a stricter promise stands in the configuration.

A call has none: what nobody answered there was heard all the same.
"""

DEFAULT_TIMES: Mapping[str, Value] = {
    channel: parse_value("duration", time) for time, channels in _KINDS.items() for channel in channels
}
"""Durations by channel, for the kinds of channels that companies have; others have no response time."""


def find_due(asked_at: datetime, allowed: Value) -> datetime:
    """When an answer is due: the upper end of the time allowed after the question; weekends hold no business.

    A month counts 31 days, a business day of a question asked on a weekend begins on Monday.
    """
    amount = allowed.high if allowed.high is not None else allowed.low or 0.0
    if allowed.unit in _UNITS:
        return asked_at + _UNITS[allowed.unit] * amount
    if allowed.unit == "business week":
        return _add_working(asked_at, timedelta(days=_BUSINESS_WEEK * amount))
    return _add_working(asked_at, _WORKING[allowed.unit] * amount)


def _add_working(moment: datetime, span: timedelta) -> datetime:
    """The moment after so much time of weekdays."""
    moment = _leave_weekend(moment)
    weeks, rest = divmod(span, timedelta(days=_BUSINESS_WEEK))
    moment += timedelta(weeks=weeks)
    saturday = _find_midnight(moment) + timedelta(days=_SATURDAY - moment.weekday())
    return moment + rest + timedelta(days=2) if moment + rest >= saturday and rest else moment + rest


def _leave_weekend(moment: datetime) -> datetime:
    if moment.weekday() < _SATURDAY:
        return moment
    return _find_midnight(moment) + timedelta(days=7 - moment.weekday())


def _find_midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(), moment.tzinfo)


def is_late(reply: Reply, times: Mapping[str, Value]) -> bool:
    """Whether a reply was sent after its channel's response time; False where a time is not known."""
    allowed = times.get(reply.channel)
    if allowed is None or reply.asked_at is None or reply.sent_at is None:
        return False
    return reply.sent_at > find_due(reply.asked_at, allowed)
