"""What the Makefile and the documents are made with."""
