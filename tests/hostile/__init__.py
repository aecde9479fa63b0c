"""A portal that means harm: the practice portal behind a proxy that changes what it says."""
