#!/bin/sh
# each.sh HEADERS COMMAND...: the compiler takes each header of the folder alone.
set -eu

headers=$1
shift
for header in "$headers"/*.h; do
    "$@" -include "$header" /dev/null
done
