"""The exports that `consistency-check demo` audits; README.md beside this file says what to look for."""
