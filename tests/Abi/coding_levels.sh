#!/bin/sh
# coding_levels.sh PROGRAM: it prints the same at every instruction set that LACUNA_ISA can lower this process to.
set -eu

expected=$(LACUNA_ISA=scalar "$1")
[ -n "$expected" ] || { echo "$1 prints nothing"; exit 1; }
for level in vector128 avx2 avx512; do
    [ "$(LACUNA_ISA=$level "$1")" = "$expected" ] || { echo "$1 differs at $level"; exit 1; }
done
