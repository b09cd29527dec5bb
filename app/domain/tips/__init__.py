"""Tips: received always, answered in time, their informants safe."""
