#!/bin/sh
# size.sh LIBRARY MODEL: without the model that lies in it, the library takes at most 2.5 MB.
set -eu

most=2500000
bytes=$(($(wc -c < "$1") - $(wc -c < "$2")))
echo "$1: $bytes bytes without its model"
[ "$bytes" -le "$most" ] || { echo "that is more than $most: docs/building.md, \"Size\", tells what costs how much"; exit 1; }
