"""What is erased once nobody needs it: terms as the profile's dated data; never a sent case, a paper or a result."""
