"""A practice portal with the screens of ASSIST, for running every procedure offline."""
