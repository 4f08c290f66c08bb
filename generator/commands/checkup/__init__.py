"""What `jishi doctor` looks at: each module has functions that look at one part of the machine."""
