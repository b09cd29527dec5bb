"""Files from outside: limited processes, and tables as clerks write them."""
