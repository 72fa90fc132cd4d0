#!/bin/sh
# bits.sh EXPECTED COMMAND...: the command prints exactly what the file holds.
set -eu

expected=$1
shift
"$@" > "$expected.$$" || { status=$?; rm -f "$expected.$$"; exit $status; }
status=0
diff "$expected" "$expected.$$" || status=1
rm -f "$expected.$$"
exit $status
