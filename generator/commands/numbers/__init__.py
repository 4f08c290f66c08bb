"""The numbers of `jishi stats`, written for people and for programs."""
