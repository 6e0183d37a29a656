"""Queries with names: what pages and services ask often enough to be worth measuring."""
