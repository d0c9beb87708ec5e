"""Reads the headline facts of a news article: who visits whom, where, when, why, and how sure that is."""
