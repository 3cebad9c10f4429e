"""Need-to-know: compartments and who is in, grants, second persons, stewards, emergency access."""
