#!/bin/sh
# payloads.sh PROGRAM PAYLOADS: the program decompresses each kept payload to the listed content, and compresses that to the same payload.
set -eu

program=$1
payloads=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

hash() {
    sha256sum < "$1" | cut -d' ' -f1
}

status=0
while read -r name payload content; do
    case $name in
        '#'*) continue ;;
        rans-*) options="--method rans" ;;
        adaptive-*) options="--method adaptive" ;;
        lz4-frame-*) options="--method lz4-frame" ;;
        lz4-*) options="--method lz4" ;;
        bfloat16-*) options="--kind bf16" ;;
        float16-*) options="--kind fp16" ;;
        float32-*) options="--kind fp32" ;;
        auto-chunks) options="--chunk 4096" ;;
        *) options= ;;
    esac
    for threads in 1 2 5; do
        "$program" decompress "$payloads/$name.lacz" -o "$scratch/content" --threads $threads > "$scratch/log"
        [ "$(hash "$scratch/content")" = "$content" ] || { echo "$name: other content, $threads threads"; status=1; }
        "$program" compress "$scratch/content" -o "$scratch/payload" $options --threads $threads > "$scratch/log"
        case $name in
            lz4-*) ;; # which blocks are made is the LZ4 library's choice
            *) [ "$(hash "$scratch/payload")" = "$payload" ] || { echo "$name: another payload, $threads threads"; status=1; } ;;
        esac
        "$program" decompress "$scratch/payload" -o "$scratch/again" --threads $threads > "$scratch/log"
        cmp "$scratch/content" "$scratch/again" || status=1
    done
done < "$payloads/hashes.txt"
exit $status
