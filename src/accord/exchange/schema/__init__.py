"""The shapes of a mission's files: strict, closed lists, nothing extra. See docs/mission-files.md."""
