"""Pages of people, objectives, calendar, accounts and the trail."""
