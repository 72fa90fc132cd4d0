#!/bin/sh
# notices.sh HEADERS PINNED FOLDER: compare.sh notices a function gone, a member of another type, members in another order and a parameter less.
set -eu

here=$(dirname "$0")
headers=$1
pinned=$2
folder=$3
command -v abidiff > /dev/null || { echo "skipped: abidiff is not here (Debian: abigail-tools)"; exit 77; }

# expect_noticed NAME FILE SED: an edit of one header must not pass.
expect_noticed() {
    changed=$folder/$1
    rm -rf "$changed"
    mkdir -p "$changed"
    cp -r "$headers" "$changed/include"
    sed -i "$3" "$changed/include/lacuna/$2"
    ! diff -rq "$headers" "$changed/include" > /dev/null || { echo "$1: the edit changed nothing"; exit 1; }
    if sh "$here/compare.sh" "$changed/include" "$pinned" "$changed/stub" > "$changed/report.txt" 2>&1; then
        echo "$1 went unnoticed"
        exit 1
    fi
    grep -q "$4" "$changed/report.txt" || { cat "$changed/report.txt"; exit 1; }
}

expect_noticed function base.h '/lac_isa_level(void)/d' "1 Removed"
expect_noticed type media.h 's/^    int64_t pts; .*of the packet.*/    int32_t pts, more;/' "type .*changed"
expect_noticed order media.h '/^    uint32_t flags;/{h;d};/^    const uint8_t\* data;/{G}' "offset changed"
expect_noticed parameter decoder.h 's/lac_decoder_state_hash(lac_decoder\* decoder, uint64_t\* hash)/lac_decoder_state_hash(lac_decoder* decoder)/' "parameter 2 .*removed"
