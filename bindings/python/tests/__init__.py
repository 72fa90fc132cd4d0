"""The tests of the package lacuna; docs/testing.md tells how they are run."""
