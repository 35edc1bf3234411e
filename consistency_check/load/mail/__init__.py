"""Mail as it lies on disk: boxes into messages, messages into words, words into threads."""
