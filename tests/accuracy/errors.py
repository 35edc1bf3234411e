"""The errors of a reading, one by one, for people who look for their causes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from consistency_check.values import show_value
from tests.accuracy.gold import Gold, Statement
from tests.accuracy.outcome import Outcome, read_labels
from tests.accuracy.scoring import FLAGS, counts_as_wrong, find_label, match_labels

Error = dict[str, object]


def list_errors(gold: Gold, stated: Sequence[Statement]) -> Iterator[Error]:
    """Missed labels, wrong claims (`false flag` where they accuse), wrong verdicts; by reply and policy."""
    stated = [one for one in stated if one.reply_id in gold.replies]
    for key in sorted({*gold.required, *(one.key for one in stated)}):
        labels = gold.required.get(key, ())
        answers = [one for one in stated if one.key == key]
        pairs = match_labels(labels, answers)
        matched = {id(one) for pair in pairs for one in pair}
        for answer, label in pairs:
            if answer.verdict is not label.verdict:
                yield write_error("wrong verdict", answer, label)
        for label in labels:
            if id(label) not in matched:
                yield write_error("missed", None, label)
        for answer in answers:
            if id(answer) not in matched and counts_as_wrong(answer, gold):
                kind = "false flag" if answer.verdict in FLAGS else "wrong claim"
                yield write_error(kind, answer, find_label(answer, labels))


def write_error(kind: str, answer: Statement | None, label: Statement | None) -> Error:
    """An error as it is written: what was read, and what the label says."""
    about = answer or label
    assert about is not None
    error: Error = {"error": kind, "reply_id": about.reply_id, "policy": about.policy}
    for name, one in (("read", answer), ("label", label)):
        if one:
            error[name] = {
                "value": show_value(one.value),
                "verdict": one.verdict.value,
                "start": one.start,
                "end": one.end,
                "confidence": one.confidence,
            }
    return error


def write_errors(file: Path, outcomes: Mapping[str, Outcome]) -> None:
    """All errors of all corpora, a JSON line each."""
    with file.open("w", encoding="utf-8") as stream:
        for name, outcome in outcomes.items():
            for error in list_errors(read_labels(name), outcome.stated):
                stream.write(json.dumps({"corpus": name, **error}, ensure_ascii=False) + "\n")
