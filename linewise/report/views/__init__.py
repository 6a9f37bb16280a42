"""What each section of a page says, as plain values: a template only lays it out."""
