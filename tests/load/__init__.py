"""Measurements that take minutes: each module is a command of its own."""
