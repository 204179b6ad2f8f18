"""Reading and embedding as tasks of Dask, on this machine or on others."""
