"""Benchmarks and the material they run on."""
