#!/usr/bin/env bash
# Builds and tests Lacuna. What it makes lies under artifacts/.
#
#   ./build.sh                  everything: the program artifacts/bin/lacuna, an installed tree in artifacts/prefix
#   ./build.sh test             every test, managed and native; the last line is "N passed, N failed"
#   ./build.sh package          Debian's packages, in artifacts/packages
#   ./build.sh demo [IMAGE]     encodes and decodes a picture, beside JPEG and WebP at the same size
#   ./build.sh quality [DIR]    rate-distortion curves beside JPEG, WebP, AVIF and JPEG XL
#   ./build.sh peers            entropy coders beside htscodecs, zstd and lz4
#   ./build.sh cost             what the C library costs a host: loading, calls, memory
#   ./build.sh setup            only looks for the tools, and installs Debian's where it may
#
# docs/building.md and docs/testing.md tell more.
set -euo pipefail

here=$(pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(pwd)
logs=$root/artifacts/logs
results=$root/artifacts/tests
jobs=$(nproc)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1 LC_ALL=C.UTF-8

# What must be here, and the Debian package that has it: a command, a header, a library, a pkg-config file, an element of GStreamer.
needed="gcc:gcc g++:g++ make:make cmake:cmake objcopy:binutils lz4.h:liblz4-dev"
for_packages="dpkg-shlibdeps:dpkg-dev"
for_python="/usr/bin/f2py3:python3-numpy /usr/bin/pip3:python3-pip"
for_tests="qemu-x86_64-static:qemu-user-static pkg-config:pkg-config ffmpeg:ffmpeg abidiff:abigail-tools valgrind:valgrind man:man-db
$for_packages $for_python"
for_players="gstreamer-video-1.0.pc:libgstreamer-plugins-base1.0-dev gdk-pixbuf-2.0.pc:libgdk-pixbuf-2.0-dev gst-launch-1.0:gstreamer1.0-tools
decodebin.element:gstreamer1.0-plugins-base gst-discoverer-1.0:gstreamer1.0-plugins-base-apps gdk-pixbuf-thumbnailer:libgdk-pixbuf2.0-bin
update-mime-database:shared-mime-info gio:libglib2.0-bin"
for_peers="cjpeg:libjpeg-turbo-progs cwebp:webp avifenc:libavif-bin cjxl:libjxl-tools
libhtscodecs.so.2:libhtscodecs2 libzstd.so.1:libzstd1 liblz4.so.1:liblz4-1"

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

# has THING: whether it is here; its name tells what it is.
has() {
    case $1 in
        *.h) echo "#include <$1>" | ${CC:-gcc} -E -x c - > /dev/null 2>&1 ;;
        *.so.*) [[ $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2> /dev/null) == *"$1"* ]] ;;
        *.pc) pkg-config --exists "${1%.pc}" 2> /dev/null ;;
        *.element) gst-inspect-1.0 --exists "${1%.element}" 2> /dev/null ;;
        *) command -v "$1" > /dev/null ;;
    esac
}

# missing PAIRS: the packages whose commands, headers or libraries are not here.
missing() {
    local pair packages=""
    for pair in $1; do
        has "${pair%%:*}" || packages="$packages ${pair#*:}"
    done
    echo "$packages"
}

# setup PAIRS...: finds or installs tools; those of the build must be there, the others only leave something out.
setup() {
    dotnet --version > /dev/null 2>&1 || fail "the .NET SDK of global.json is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
    local packages
    packages=$(missing "$needed $*")
    [ -n "$packages" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        echo "Installing$packages"
        mkdir -p "$logs"
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } \
            > "$logs/setup.log" 2>&1 < /dev/null || echo "Not everything could be installed; see ${logs#"$root"/}/setup.log"
    else
        echo "Some tools are missing. To install them: sudo apt-get install -y$packages"
    fi
    [ -z "$(missing "$needed")" ] || fail "these packages are needed:$(missing "$needed")"
}

# quietly NAME COMMAND...: output goes to a log, and is shown where the command fails.
quietly() {
    local name=$1 began=$SECONDS
    shift
    mkdir -p "$logs"
    if ! "$@" > "$logs/$name.log" 2>&1 < /dev/null; then
        tail -n 100 "$logs/$name.log" >&2
        return 1
    fi
    printf '%-24s %4d s\n' "$name" $((SECONDS - began))
}

managed() {
    quietly restore dotnet restore Engine.sln -v quiet || fail "restoring packages failed"
    quietly managed dotnet build Engine.sln -c Release --no-restore -v quiet || fail "the managed build failed"
}

native() {
    quietly configure cmake -S . -B artifacts/cmake || fail "CMake failed"
    quietly native cmake --build artifacts/cmake -j "$jobs" || fail "the native build failed"
    quietly install cmake --install artifacts/cmake --prefix artifacts/prefix || fail "the installation failed"
    quietly install-program cmake --install artifacts/cmake --prefix artifacts --component program || fail "the installation failed"
}

passed=0
failed=0

# fetch_onnxruntime: ONNX Runtime for the tests, unless the user has one; without it those tests are skipped.
fetch_onnxruntime() {
    local folder=$root/artifacts/onnxruntime
    [ -z "${LACUNA_ONNXRUNTIME:-}" ] && [ ! -d "$folder/node_modules/onnxruntime-node/bin" ] || return 0
    ! ldconfig -p 2> /dev/null | grep -q 'libonnxruntime\.so' || return 0
    if ! command -v npm > /dev/null; then
        echo "Without npm and without ONNX Runtime its tests are skipped."
        return 0
    fi
    mkdir -p "$folder"
    quietly fetch-onnxruntime npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund onnxruntime-node@1 \
        || echo "ONNX Runtime could not be fetched: its tests are skipped."
}

# count PASSED FAILED [SKIPPED]: adds a run to the sum and shows it.
count() {
    passed=$((passed + $1))
    failed=$((failed + $2))
    echo "    $1 passed, $2 failed${3:+, $3 skipped}"
}

# test_managed LEVEL FILTER: the managed suite at one ISA level; an empty level is the machine's highest.
test_managed() {
    local level=${1:-highest} file status=0 good=0 bad=0 skipped=0
    file=$results/managed-$level.xml
    LACUNA_ISA=$1 quietly "test-managed-$level" dotnet test tests -c Release --no-build --nologo -v minimal \
        --logger "trx;LogFileName=$file" ${2:+--filter "$2"} || status=1
    if [ -f "$file" ]; then
        good=$(sed -n 's/.*<Counters .* passed="\([0-9]*\)".*/\1/p' "$file")
        bad=$(sed -n 's/.*<Counters .* failed="\([0-9]*\)".*/\1/p' "$file")
        skipped=$(grep -c 'outcome="NotExecuted"' "$file" || true)
        sed -n 's/.*testName="\([^"]*\)".*outcome="NotExecuted".*/    skipped: \1/p' "$file"
    fi
    # A suite that ended otherwise, by a crash for one, is a failure too.
    [ "$status" = 0 ] || [ "${bad:-0}" -gt 0 ] || bad=1
    [ "${good:-0}" -gt 0 ] || [ "${bad:-0}" -gt 0 ] || bad=1
    count "${good:-0}" "${bad:-0}" "$skipped"
}

test_native() {
    local file=$results/native.xml all=1 good=0 skipped=0
    quietly test-native ctest --test-dir artifacts/cmake -j "$jobs" --output-on-failure --output-junit "$file" || true
    if [ -f "$file" ]; then
        all=$(grep -c '<testcase ' "$file" || true)
        good=$(grep -c 'status="run"' "$file" || true)
        skipped=$(grep -c '<skipped message="SKIP_RETURN_CODE' "$file" || true)
    fi
    [ "$all" -gt 0 ] || all=1
    sed -n 's/^[[:space:]]*[0-9]* - \(.*\) (Skipped).*/    skipped: \1/p' "$logs/test-native.log"
    count "$good" $((all - good - skipped)) "$skipped"
}

run_tests() {
    rm -rf "$results"
    mkdir -p "$results"
    # What a lower level can break: kernels and everything that runs on them.
    local numeric="FullyQualifiedName~.Kernels.|FullyQualifiedName~.Networks.|FullyQualifiedName~.Entropy.|FullyQualifiedName~.Codecs."
    numeric="$numeric|FullyQualifiedName~.Quantization.|FullyQualifiedName~.Sampling.|FullyQualifiedName~.Denoisers.|FullyQualifiedName~.Conformance."
    numeric="($numeric)&Level!=any" # a trait of tests whose answer no level changes
    test_managed "" ""
    for level in avx2 vector128 scalar; do
        test_managed $level "$numeric"
    done
    test_native
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# perf COMMAND [ARGUMENT...]: a program of perf/; paths are the caller's.
perf() {
    local argument arguments=()
    for argument in "$@"; do
        [ ! -e "$here/$argument" ] || argument=$(realpath -- "$here/$argument")
        arguments+=("$argument")
    done
    dotnet run --project perf -c Release --no-build -- "${arguments[@]}"
}

case ${1:-build} in
    build)
        setup
        managed
        native
        echo "Built: artifacts/bin/lacuna, artifacts/prefix"
        ;;
    package)
        setup "$for_packages"
        native
        rm -rf artifacts/packages
        quietly package cpack --config artifacts/cmake/CPackConfig.cmake -B artifacts/packages || fail "packing failed"
        rm -rf artifacts/packages/_CPack_Packages
        echo "Packed: $(cd artifacts && echo packages/*.deb)"
        ;;
    test)
        setup "$for_tests $for_players"
        fetch_onnxruntime
        managed
        native
        run_tests
        ;;
    demo | quality | peers)
        setup "$for_peers"
        managed
        perf "$@"
        ;;
    cost)
        setup
        native
        artifacts/bin/lacuna encode bindings/examples/pictures/sample.png artifacts/sample.lac > /dev/null
        LD_LIBRARY_PATH=artifacts/prefix/lib taskset -c 0 artifacts/cmake/perf/Abi/abi_cost liblacuna.so.1 artifacts/sample.lac
        ;;
    setup)
        setup "$for_tests $for_players $for_peers"
        echo "The tools are there."
        ;;
    *)
        sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
