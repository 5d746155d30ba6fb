"""The sentence encoder of the search: a published model, exported as int8 (docs/decisions/047-search.md)."""
