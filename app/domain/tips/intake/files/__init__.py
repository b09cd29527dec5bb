"""Files of informants, made clean or refused in a limited process; imports nothing heavy."""
