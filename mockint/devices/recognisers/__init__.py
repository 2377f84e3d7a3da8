"""Speech recognisers, behind one seam."""
