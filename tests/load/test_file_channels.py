"""Which channel a file's name says: each night's export is of the same one."""

import pytest

from consistency_check.load.files import ExportFile


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("email.csv", "email"),
        ("chat.jsonl.gz", "chat"),
        ("2026-04-16-email.jsonl", "email"),
        ("email-2026-04-16.jsonl", "email"),
        ("email_20260416.csv", "email"),
        ("email.2026.04.16.csv", "email"),
        ("16.04.2026 email.csv", "email"),
        ("phone-2026-04-16T02-00-00Z.csv", "phone"),
        ("phone_20260416_0200.csv", "phone"),
        ("letter-2026-04.csv", "letter"),
        ("web-2026-W16.csv", "web"),
        ("live chat 2026-04-16.csv", "live chat"),
        ("2026-04-16.csv", "2026-04-16"),
        ("2026-04-16.email.csv", "email"),
        ("2026-04-16_email.final.csv", "email"),
        ("email-2026-04-16 (1).csv", "email"),
        ("email (2).csv.gz", "email"),
        ("email-2026-04-16-part2.csv", "email"),
        ("email-part-00001.jsonl", "email"),
        ("email-2026-04-16-uk.csv", "email-uk"),
        ("counterpart2.csv", "counterpart2"),
        ("2026-04-16 (1).csv", "2026-04-16 (1)"),
        (".csv", "csv"),
        ("line2.csv", "line2"),
        ("team-1999999.csv", "team-1999999"),
        ("email-2026-13-01.csv", "email-2026-13-01"),
    ],
)
def test_a_day_in_the_name_makes_no_other_channel(name, channel):
    assert ExportFile(f"exports/{name}", name).channel == channel
