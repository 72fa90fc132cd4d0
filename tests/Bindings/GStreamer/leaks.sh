#!/bin/sh
# leaks.sh COMMAND...: nothing of GStreamer's is alive when the command ends, as its own tracer sees it.
set -eu

log=$(mktemp)
trap 'rm -f "$log"' EXIT
GST_TRACERS=leaks GST_DEBUG=GST_TRACER:7 GST_DEBUG_NO_COLOR=1 GST_DEBUG_FILE=$log "$@"

grep -q 'object-alive.class' "$log" || { echo "skipped: this GStreamer has no tracer of leaks"; exit 77; }
if grep 'object-alive, ' "$log" | grep -v 'new format string'; then
    exit 1
fi
