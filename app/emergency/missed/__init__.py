"""Doses missed so often, or of such a medicine, that they are asked after and told of."""
