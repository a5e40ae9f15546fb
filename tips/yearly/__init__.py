"""The yearly report on tips: what is counted, what of it is shown, who begins it and who may read it."""
