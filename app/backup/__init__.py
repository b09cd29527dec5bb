"""Back up an installation to a folder, restore it into an empty one, and verify what came back."""
