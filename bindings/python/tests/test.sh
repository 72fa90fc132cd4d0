#!/bin/sh
# Installs the package into the build tree, without a network, and runs its tests against a library.
#
#   test.sh LIB BUILD
#     LIB      folder with liblacuna.so.1 and perhaps glibc-hwcaps/
#     BUILD    folder for the installed package; made anew
#
# Exit status 77: Python, NumPy, pip, setuptools or wheel is missing, or too old.
set -eu

here=$(CDPATH= cd "$(dirname "$0")/.." && pwd)
library=$(CDPATH= cd "$1" && pwd)
mkdir -p "$2"
build=$(CDPATH= cd "$2" && pwd)

# The first Python that has what it takes: one of a version manager often comes without NumPy.
python=
for candidate in ${LACUNA_PYTHON:-python3 /usr/bin/python3}; do
    if "$candidate" -W ignore -c 'import sys, setuptools, wheel, pip, numpy
sys.exit(sys.version_info < (3, 9) or tuple(map(int, numpy.__version__.split(".")[:2])) < (1, 22))' 2> /dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "There is no Python 3.9 with NumPy 1.22, pip, setuptools and wheel."
    exit 77
fi

# install FOLDER: pip builds in its source folder, so it is given a copy.
install() {
    rm -rf "$build/source" "$1"
    cp -R "$here" "$build/source"
    PIP_ROOT_USER_ACTION=ignore "$python" -m pip install --quiet --no-input --disable-pip-version-check --no-build-isolation --no-index --no-deps \
        --no-warn-script-location --target "$1" "$build/source"
}

install "$build/plain"
LACUNA_BUNDLE=$library
export LACUNA_BUNDLE
install "$build/bundled"
unset LACUNA_BUNDLE

LACUNA_LIBRARY=$library LACUNA_BUNDLED=$build/bundled PYTHONPATH=$build/plain:$here PYTHONDONTWRITEBYTECODE=1 \
    "$python" -W error::ResourceWarning -m unittest discover -s "$here/tests" -t "$here" ${LACUNA_PYTHON_TESTS:-}
