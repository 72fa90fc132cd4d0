#!/bin/sh
# pipes.sh PROGRAM VECTORS FOLDER: what `lacuna decode x.lac -` writes to a pipe is a picture that FFmpeg reads, pixel for pixel; a pipe that
# nobody reads any more ends the program quietly.
set -eu

program=$1
stream=$2/rgb-1100x37-q20.lac
folder=$3
mkdir -p "$folder"

# Over 64 KB, so that the write must notice. 141 is 128 + SIGPIPE.
for format in ppm y4m pam; do
    echo 0 > "$folder/status"
    { "$program" decode "$stream" - --format $format 2> "$folder/message" || echo $? > "$folder/status"; } | head -c 10 > "$folder/head"
    [ "$(wc -c < "$folder/head")" = 10 ] && [ "$(cat "$folder/status")" = 141 ] && [ ! -s "$folder/message" ] || {
        echo "$format to a closed pipe: exit code $(cat "$folder/status"), message '$(cat "$folder/message")'"
        exit 1
    }
done

command -v ffmpeg > /dev/null || { echo "skipped: ffmpeg is not here"; exit 77; }
"$program" decode "$stream" - --format ppm | tail -n +4 > "$folder/pixels"
[ "$(wc -c < "$folder/pixels")" = $((1100 * 37 * 3)) ]

# from_pipe FORMAT FFMPEG_ARGUMENT...: what FFmpeg makes of the pipe, raw.
from_pipe() {
    format=$1
    shift
    "$program" decode "$stream" - --format "$format" | ffmpeg -v error -i - "$@" -f rawvideo -
}

# The default is PNG: exact.
"$program" decode "$stream" - | ffmpeg -v error -i - -f rawvideo -pix_fmt rgb24 - | cmp - "$folder/pixels"
"$program" decode "$stream" - | ffmpeg -i - -f null - 2>&1 | grep -q 'Video: png.* 1100x37' \
    || { echo "FFmpeg does not see a PNG of 1100 x 37"; exit 1; }

# y4m: the planes arrive as they are, in limited range, and the colours come back within 2 of 255.
from_pipe y4m > "$folder/planes"
[ "$(wc -c < "$folder/planes")" = $((1100 * 37 * 3)) ] || { echo "y4m: $(wc -c < "$folder/planes") bytes of planes"; exit 1; }
"$program" decode "$stream" - --format y4m | tail -n +3 | cmp - "$folder/planes"
"$program" decode "$stream" - --format y4m | ffmpeg -i - -f null - 2>&1 | grep -q 'rawvideo.*yuv444p(tv.* 1100x37' \
    || { echo "FFmpeg does not see limited range of 1100 x 37"; exit 1; }
from_pipe y4m -pix_fmt rgb24 > "$folder/colours"
cmp -l "$folder/pixels" "$folder/colours" | awk '
    function value(octal) { return int(octal / 100) * 64 + int(octal / 10) % 10 * 8 + octal % 10 }
    { d = value($2) - value($3); if (d < 0) d = -d; if (d > most) most = d }
    END { if (most > 2) { print "y4m: a colour comes back " most " of 255 away"; exit 1 } }'
[ "$(wc -c < "$folder/colours")" = $((1100 * 37 * 3)) ]

# Half the chroma samples: (550 x 19) twice beside the luma.
[ "$(from_pipe y4m420 | wc -c)" = $((1100 * 37 + 2 * 550 * 19)) ] || { echo "y4m420: not the planes of 4:2:0"; exit 1; }
