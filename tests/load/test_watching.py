"""What is told of each export once all are loaded."""

import logging

from consistency_check.load.watching import MOST_TOLD, Opened, watch_sources
from consistency_check.model import LeftOut, Problem, Reply, Source


def watch(caplog, items):
    caplog.set_level(logging.INFO, "consistency_check")
    passed = list(watch_sources(items))
    return passed, [(record.msg, record.fields) for record in caplog.records]


def make_reply(path, line):
    return Reply(f"{path}{line}", "email", "Hello", source=Source(path, line))


def test_every_export_is_counted_also_one_that_brought_nothing(caplog):
    items = [
        Opened("a.csv", "CSV"),
        Opened("empty.csv", "CSV"),
        make_reply("a.csv", 2),
        Problem(Source("a.csv", 5), "bad"),
        Problem(Source("a.csv", 9), "bad"),
        LeftOut(Source("b.xlsx#Notes", 3), "notes", 4),
        make_reply("b.xlsx#Calls", 3),
    ]
    passed, told = watch(caplog, items)
    assert passed == [each for each in items if not isinstance(each, Opened)]
    none = {"replies": 0, "problems": 0, "left_out": 0}
    assert told == [
        ("source-loaded", {**none, "path": "a.csv", "format": "CSV", "replies": 1, "problems": 2}),
        ("problem", {"path": "a.csv", "records": 2, "line": 5}),
        ("source-loaded", {**none, "path": "empty.csv", "format": "CSV"}),
        ("source-loaded", {**none, "path": "b.xlsx", "format": "", "replies": 1, "left_out": 4}),
    ]


def test_of_very_many_files_most_are_summed_up(caplog):
    _, told = watch(caplog, [make_reply(f"{number}.eml", 1) for number in range(MOST_TOLD + 250)])
    assert len(told) == MOST_TOLD + 1
    assert told[-1][1] == {"path": "others", "files": 250, "replies": 250, "problems": 0, "left_out": 0}
