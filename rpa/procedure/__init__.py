"""What the file of a procedure must have, and the steps that it is given."""
