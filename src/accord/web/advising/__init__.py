"""Pages of engagements, reports and commitments."""
