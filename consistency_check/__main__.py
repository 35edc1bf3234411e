"""`python -m consistency_check`."""

from consistency_check.cli import main

if __name__ == "__main__":
    main()
