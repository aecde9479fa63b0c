"""What comes after a filing: its case followed, a month compared, how long its papers stay."""
