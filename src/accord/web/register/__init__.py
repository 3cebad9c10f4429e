"""Pages of people, objectives, calendar and the trail."""
