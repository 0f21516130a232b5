"""What those who run an installation ask of it: is it alive, is it ready, how is it doing."""
