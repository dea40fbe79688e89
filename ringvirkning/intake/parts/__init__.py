"""Parts of a version, each of one association: compiled by themselves and put together."""
