#!/bin/sh
# python.sh PYTHON LIB BINDINGS: the example in Python, with the library of the folder LIB, prints what the others print.
set -eu

python=$1
lib=$2
bindings=$3
[ -x "$python" ] && "$python" -c 'import numpy' 2> /dev/null || { echo "skipped: Python with NumPy is not here (Debian: python3-numpy)"; exit 77; }
[ -d "$bindings/python/lacuna" ] || { echo "skipped: the package is not here"; exit 77; }

PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$bindings/python LACUNA_LIBRARY=$lib \
    "$python" "$bindings/examples/python/example.py" "$bindings/examples/golden/golden.lac" | diff "$bindings/examples/expected.txt" -
