#!/bin/sh
# link.sh CC HEADERS LIBLACUNA SECOND OUT: links both.c with liblacuna.a and, in the ordinary way, with SECOND/Second.a and the runtime's archives.
set -eu

cc=$1
headers=$2
liblacuna=$3
second=$4
out=$5
sdk=$(sed -n 1p "$second/runtime.txt")
framework=$(sed -n 2p "$second/runtime.txt")

"$cc" -std=gnu99 -O2 -Wall -Wextra -I"$headers" "$(dirname "$0")/both.c" -o "$out" "$liblacuna" \
    "$second/Second.a" "$sdk/libbootstrapperdll.o" -Wl,--start-group \
    "$sdk/libRuntime.WorkstationGC.a" "$sdk/libeventpipe-disabled.a" "$sdk/libRuntime.VxsortDisabled.a" \
    "$sdk/libstandalonegc-disabled.a" "$sdk/libstdc++compat.a" "$framework/libSystem.Native.a" -Wl,--end-group -lm -pthread
