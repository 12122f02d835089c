"""Linear mode, through pipes and on a terminal that cannot move its cursor."""
