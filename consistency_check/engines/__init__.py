"""Where work is done: here, or in processes of its own."""
