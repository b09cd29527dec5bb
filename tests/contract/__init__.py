"""The contract, as linters and generated clients take it."""
