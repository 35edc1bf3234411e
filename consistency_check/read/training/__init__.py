"""The commands that made the data files of `read`; they need the `dev` extra and never run in an audit."""
