"""The intake of tips: from anybody, without a trace of who it was."""
