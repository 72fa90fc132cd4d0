#!/bin/sh
# vectors.sh PROGRAM VECTORS: the program encodes each vector's picture to the kept stream and decodes it to the listed pixels.
set -eu

program=$1
vectors=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

status=0
while read -r name stream pixels; do
    case $name in '#'*) continue ;; esac
    for threads in 1 2 5; do
        "$program" encode "$vectors/${name%-q*}.png" "$scratch/made.lac" --quality "${name##*-q}" --threads $threads > "$scratch/log"
        "$program" decode "$vectors/$name.lac" "$scratch/made.pam" --threads $threads > "$scratch/log"
        # A PAM file's samples begin behind the line ENDHDR.
        header=$(grep -abo ENDHDR "$scratch/made.pam" | head -n 1 | cut -d: -f1)
        made=$(tail -c "+$((header + 8))" "$scratch/made.pam" | sha256sum | cut -d' ' -f1)
        [ "$(sha256sum < "$scratch/made.lac" | cut -d' ' -f1)" = "$stream" ] || { echo "$name: another stream, $threads threads"; status=1; }
        [ "$made" = "$pixels" ] || { echo "$name: other pixels, $threads threads"; status=1; }
    done
done < "$vectors/hashes.txt"
exit $status
