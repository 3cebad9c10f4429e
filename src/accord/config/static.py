from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStorage(CompressedManifestStaticFilesStorage):
    """Compressed files under names that change with their content, once collected; plain names before that."""

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
