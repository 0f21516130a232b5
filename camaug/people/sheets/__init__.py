"""Tables of agencies, officers and positions: their columns as data, how a cell is read, what a line becomes. Pure."""
