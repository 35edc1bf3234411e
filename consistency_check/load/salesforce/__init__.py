"""The tables of a Salesforce export, row by row."""
