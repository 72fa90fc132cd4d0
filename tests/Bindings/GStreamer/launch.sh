#!/bin/sh
# launch.sh GOLDEN ROW_CRC: the plugin in the pipelines and programs that people start. GST_PLUGIN_PATH names its folder.
set -eu

golden=$1
row_crc=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

fail() {
    echo "$*" >&2
    exit 1
}

value() {
    sed -n "s/^$1 //p" "$golden/golden.txt"
}

command -v gst-launch-1.0 > /dev/null || { echo "skipped: gst-launch-1.0 is not here"; exit 77; }
for element in decodebin videoconvert videotestsrc; do
    gst-inspect-1.0 --exists $element || { echo "skipped: $element is not here (Debian: gstreamer1.0-plugins-base)"; exit 77; }
done
width=$(value width)
height=$(value height)
crc=$(value crc32c)
stride=$(((width * 3 + 3) / 4 * 4)) # GStreamer's rows of RGB

# A file without a name that tells anything: its magic finds the decoder.
cp "$golden/golden.lac" picture
gst-launch-1.0 -q filesrc location=picture ! decodebin ! videoconvert ! video/x-raw,format=RGB ! filesink location=rgb
[ "$("$row_crc" rgb $((width * 3)) $stride "$height")" = "$crc" ] || fail "decodebin gives other pixels"

if gst-inspect-1.0 --exists pngenc; then
    gst-launch-1.0 -q filesrc location=picture ! decodebin ! videoconvert ! pngenc ! filesink location=picture.png
    gst-launch-1.0 -q filesrc location=picture.png ! pngdec ! videoconvert ! video/x-raw,format=RGB ! filesink location=rgb
    [ "$("$row_crc" rgb $((width * 3)) $stride "$height")" = "$crc" ] || fail "pngenc has other pixels"
fi

gst-typefind-1.0 picture | grep -q 'image/x-lacuna' || fail "the type is not found"

# Frames, encoded to one file and played from it.
gst-launch-1.0 -q videotestsrc num-buffers=3 ! video/x-raw,width=64,height=48 ! videoconvert ! lacunaenc quality=30 ! filesink location=three.lac
frames=$(gst-launch-1.0 -v filesrc location=three.lac ! image/x-lacuna,framerate=10/1 ! lacunadec ! fakesink silent=false | grep -c 'chain .*duration: 0:00:00.1')
[ "$frames" = 3 ] || fail "$frames frames of 3"

# One file a frame.
for i in 0 1; do
    cp "$golden/golden.lac" "$i.lac"
done
frames=$(gst-launch-1.0 -v multifilesrc location=%d.lac stop-index=1 caps=image/x-lacuna,parsed=true,framerate=10/1 ! lacunadec \
    ! fakesink silent=false 2> multi.txt | grep -c 'chain ' || true)
[ "$frames" = 2 ] || grep -q 'multifilesrc' multi.txt || fail "$frames frames of 2 files"

# A broken file ends in an error that says why.
head -c 500 picture > broken.lac
if gst-launch-1.0 filesrc location=broken.lac ! decodebin ! fakesink > broken.txt 2>&1; then
    fail "a broken file is played"
fi
grep -q 'ERROR.*lacunadec.*No picture could be decoded' broken.txt || fail "$(cat broken.txt)"
grep -q 'ends too soon' broken.txt || fail "$(cat broken.txt)"

if command -v gst-discoverer-1.0 > /dev/null; then
    gst-discoverer-1.0 -v "file://$folder/picture" > discovered.txt
    for expected in 'image/x-lacuna' "Width: $width" "Height: $height" 'video codec: Lacuna'; do
        grep -q "$expected" discovered.txt || fail "gst-discoverer does not tell: $expected"
    done
fi

if command -v gst-play-1.0 > /dev/null; then
    timeout 60 gst-play-1.0 --no-interactive --videosink=fakesink --audiosink=fakesink picture > played.txt 2>&1 || fail "$(cat played.txt)"
    grep -q 'Reached end of play list' played.txt || fail "$(cat played.txt)"
    ! grep -qi 'error' played.txt || fail "$(cat played.txt)"
fi
