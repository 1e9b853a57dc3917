"""An API in two versions, written by hand from the runtime modules, in the form of a generated package."""
