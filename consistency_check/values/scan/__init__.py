"""Finding typed values in text: an anchor test, one lexer, a left-to-right grammar over its tokens."""
