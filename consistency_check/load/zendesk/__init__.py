"""What the records of Zendesk's exports say, kind by kind; `formats/zendesk.py` finds and joins them."""
