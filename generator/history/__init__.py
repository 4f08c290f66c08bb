"""What git knows about the records: in which commit each entry was first written."""
