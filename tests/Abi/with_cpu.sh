#!/bin/sh
# with_cpu.sh LEVEL COMMAND...: runs the command where the processor has the level (base, v3, v4), else skips the test.
set -eu

level=$1
shift
case $level in
    v3) wanted="avx2 fma bmi2" ;;
    v4) wanted="avx512f avx512bw avx512cd avx512dq avx512vl" ;;
    *) wanted= ;;
esac

for flag in $wanted; do
    if ! grep -q -w "$flag" /proc/cpuinfo; then
        echo "skipped: this processor has no $flag"
        exit 77
    fi
done
exec "$@"
