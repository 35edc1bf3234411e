"""The CRM's export: a table with `customer_id` and what else identifies or describes a customer."""

from __future__ import annotations

from pathlib import Path

from consistency_check.load.records import Record
from consistency_check.load.sources import InputError, explain_missing, show_path
from consistency_check.load.streams import DamagedExportError, explain_os_error, open_stream, peek_head
from consistency_check.load.tables import HeaderError, read_table
from consistency_check.model import CrmRecord, Problem, Source

_IDENTITY = frozenset({"customer_id", "email", "phone", "name", "handle"})


def load_customers(path: Path) -> tuple[list[CrmRecord], list[Problem]]:
    """The customers of a CRM export, and a Problem for every row that cannot be used.

    `email`, `phone`, `name` and `handle` may hold several values separated by `;`; every other column
    is an attribute. Raises InputError where the file does not exist, cannot be read, or has no usable
    header.
    """
    if not path.is_file():
        raise InputError(
            explain_missing(str(path)) if not path.exists() else f"{path}: is no file; name a CSV file"
        )
    shown = show_path(str(path))
    customers: dict[str, CrmRecord] = {}
    problems: list[Problem] = []
    try:
        with open_stream(str(path)) as stream:
            if not peek_head(stream):
                raise InputError(f"{path}: the file is empty; export it again or leave it out")
            for row in read_table(stream, shown, required="customer_id"):
                customer = _make_customer(row, customers) if isinstance(row, Record) else row
                if isinstance(customer, Problem):
                    problems.append(customer)
                else:
                    customers[customer.customer_id] = customer
    except HeaderError as error:
        raise InputError(str(error)) from error
    except DamagedExportError as error:
        problems.append(Problem(Source(shown, error.line), error.message))
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({explain_os_error(error)}); allow reading it") from error
    return list(customers.values()), problems


def _make_customer(row: Record, known: dict[str, CrmRecord]) -> CrmRecord | Problem:
    fields = row.fields
    customer_id = fields.get("customer_id")
    if not customer_id:
        return Problem(row.source, "the customer has no `customer_id`; write the id that replies carry")
    if earlier := known.get(customer_id):
        return Problem(
            row.source,
            f"the customer_id {customer_id[:80]!r} stands already on line {earlier.source.line}; left out; "
            "put one customer on one row, several values separated by `;`",
        )
    return CrmRecord(
        customer_id=customer_id,
        emails=_split(fields.get("email")),
        phones=_split(fields.get("phone")),
        names=_split(fields.get("name")),
        handles=_split(fields.get("handle")),
        attributes={name: text for name, text in fields.items() if name not in _IDENTITY},
        source=row.source,
    )


def _split(several: str | None) -> tuple[str, ...]:
    return tuple(part for each in (several or "").split(";") if (part := each.strip()))
