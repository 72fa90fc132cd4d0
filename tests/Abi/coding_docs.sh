#!/bin/sh
# coding_docs.sh COMPILER INCLUDE LIBRARY DOCUMENT: the programs in C of a page compile without warnings and run to success.
set -eu

compiler=$1 include=$2 library=$3 document=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
awk -v folder="$folder" '/^```c$/ { open = 1; file = folder "/" ++count ".c"; next } /^```/ { open = 0 } open { print > file }' "$document"
[ -f "$folder/1.c" ] || { echo "$document holds no program in C"; exit 1; }
for program in "$folder"/*.c; do
    "$compiler" -std=c99 -Wall -Wextra -Werror -pedantic -I"$include" "$program" -o "$folder/run" "$library" -lm -Wl,-rpath,"$(dirname "$library")"
    "$folder/run" || { echo "a program of $document fails:"; cat "$program"; exit 1; }
done
