#!/bin/sh
# registration.sh LOADER CC EXPORTS: writing the loaders' cache calls nothing of liblacuna. The library is replaced by one in which each
# function ends the process.
set -eu

loader=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

sh "$(dirname "$0")/../stub.sh" "$folder" "$2" "$3"
query=$(pkg-config --variable=gdk_pixbuf_query_loaders gdk-pixbuf-2.0 2> /dev/null || true)
[ -x "$query" ] || { echo "skipped: gdk-pixbuf-query-loaders is not here"; exit 77; }
LD_LIBRARY_PATH=$folder LD_DEBUG=libs LD_DEBUG_OUTPUT=$folder/debug "$query" "$loader" > "$folder/loaders.cache"
grep -q "calling init: $folder/liblacuna.so.1" "$folder"/debug.* || { echo "the replaced library was not used"; exit 1; }
grep -q '"image/x-lacuna"' "$folder/loaders.cache"
