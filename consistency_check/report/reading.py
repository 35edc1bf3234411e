"""How words were read, in paragraphs for people: values, cues, the policies considered, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from consistency_check.model import Considered, Explanation, JudgedClaim, MetCue, Value, cut_after
from consistency_check.report.blocks import VERDICT_STYLES
from consistency_check.report.escape import show_text
from consistency_check.report.headline import say_verdict
from consistency_check.report.page import MARGIN, Page
from consistency_check.values import show_value

LONGEST_PROSE = 60
"""Characters shown of a value that is prose; its words stand beside it in full."""
HEAD = "confidence wording"
"""Above the two scores of a policy considered."""


def say_claims(judged: Iterable[JudgedClaim]) -> Iterator[Text]:
    """Each claim with its verdict, then what the judge held it against, and its words; a blank in between."""
    for number, one in enumerate(judged):
        if number:
            yield Text()
        verdict, claim = one.judgement.verdict, one.claim
        yield Text.assemble(
            (show_text(claim.policy), "bold"),
            f": {say_value(claim.value)}{_say_case(one)}, ",
            (say_verdict(verdict), VERDICT_STYLES.get(verdict, "yellow")),
            f", confidence {claim.confidence:.3f}",
        )
        yield Text(f"{_say_expected(one)}; said in “{show_text(claim.quote)}”", style="dim")


def say_values(explanation: Explanation, text: str) -> Iterator[Text]:
    """Every value found in a text, with its type, and why it was set aside at once, if it was."""
    for mention, reason in explanation.mentions:
        words = show_text(text[mention.start : mention.end])
        aside = f"; set aside: {show_text(reason)}" if reason else ""
        yield Text(f"“{words}”: {say_value(mention.value)} ({mention.value.type}){aside}")


def say_cues(cues: Iterable[MetCue]) -> Iterator[Text]:
    """The cues that speak against a claim, each with its reason; then the others in one paragraph."""
    met = dict.fromkeys((cue.name, show_text(cue.quote), show_text(cue.reason)) for cue in cues)
    others: dict[str, list[str]] = {}
    for name, quote, reason in met:
        if reason:
            yield Text(f"“{quote}”: {reason}" if reason == name else f"“{quote}” ({name}): {reason}")
        else:
            others.setdefault(name, []).append(f"“{quote}”")
    if others:
        said = (f"{', '.join(quotes)} ({name})" for name, quotes in others.items())
        yield Text("; ".join(said), style="dim")


def write_considered(page: Page, considered: Iterable[Considered], most: int, indent: int = MARGIN) -> None:
    """The policies that words were weighed against, the surest first; of each words' at most `most`."""
    groups: dict[tuple[int, int], list[Considered]] = {}
    for one in considered:
        groups.setdefault((one.start, one.end), []).append(one)
    for number, key in enumerate(sorted(groups)):
        if number:
            page.write()
        ranked = sorted(groups[key], key=lambda one: (-one.confidence, -one.wording, one.policy))
        page.write(Text(f"“{show_text(ranked[0].quote)}”", style="bold"), indent=indent)
        page.write_beside([Text(HEAD, style="dim")], [Text("policy, value", style="dim")], indent)
        for one in ranked[:most]:
            page.write_beside([_say_scores(one)], [_say_fate(one)], indent)
        if hidden := ranked[most:]:
            rest = f"… and {len(hidden):,} more, the surest {hidden[0].confidence:.3f}; --verbose shows them"
            page.write(Text(rest, style="dim"), indent=indent)


def say_value(value: Value) -> str:
    """A value as people write it, long prose cut short."""
    return cut_after(show_text(show_value(value)), LONGEST_PROSE)


def say_none(found: Sequence[Text], words: str) -> list[Text]:
    """What was found, or in words that there is nothing."""
    return list(found) or [Text(words, style="dim")]


def _say_scores(one: Considered) -> Text:
    return Text(f"{one.confidence:>10.3f}{one.wording:>8.3f}", style="dim" if one.reason else "bold")


def _say_fate(one: Considered) -> Text:
    why = show_text(one.reason) if one.reason else "a claim"
    return Text(f"{show_text(one.policy)}, {say_value(one.value)}: {why}")


def _say_case(one: JudgedClaim) -> str:
    said = [f"{name} {word}" for name, word in (*one.claim.case, *one.claim.own_case)]
    return f" (said of {show_text(' and '.join(said))})" if said else ""


def _say_expected(one: JudgedClaim) -> str:
    expected, reason = one.judgement.expected.value, show_text(one.judgement.reason)
    return f"the policy says {say_value(expected)} ({reason})" if expected else reason
