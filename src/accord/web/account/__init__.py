"""What a person keeps about his own way in: passkeys, codes and sessions."""
