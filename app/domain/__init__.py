"""The features of the programme, one package each."""
