"""Golden cases; `test_golden.py` holds each of them to what is expected, the others call the generated programs.

A case is a folder with an `api.yaml`. `make golden` writes `expected/`: of a new case all that may be expected, where
the few files that tell most are kept; later it writes those anew. `make docs` shows its changes on the page of changes.
"""
