"""The limited processes that open files. Nothing here imports the application."""
