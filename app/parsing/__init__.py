"""Words to meanings. Pure but for `load`, which reads the word lists once."""
