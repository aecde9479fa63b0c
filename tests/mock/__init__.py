"""The practice portal, driven by hand: no code of the robot is used here."""
