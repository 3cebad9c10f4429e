"""Pages of the mandate: timeline, versions, requests, accords, registers, areas, the gate."""
