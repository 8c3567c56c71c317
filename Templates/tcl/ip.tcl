# The version of the exported IP. Stated in full, it fixes the revision that the tool would take from the clock.
set version {{ version }}
