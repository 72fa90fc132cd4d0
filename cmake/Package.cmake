# Debian's packages, by CPack: `./build.sh package` or `cpack --config CPackConfig.cmake`. docs/packaging.md tells what is where.
#   liblacuna1      the shared library at every level
#   liblacuna-dev   headers of C and C++, static libraries, the CMake package and the pkg-config file
#   lacuna          the command-line program and its manual
# and those of PlayerPackages.cmake.

# cpack packs what `cmake --build` made; it does not build anew.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME lacuna)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The Lacuna authors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL library development program)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/DebianLayout.cmake)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME liblacuna1)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
# With scripts of ours CPack makes none that call ldconfig, which the trigger does.
foreach(name triggers shlibs postinst postrm)
  list(APPEND CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/cmake/debian/${name})
endforeach()
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "Learned image codec with the same bits on every machine
Encodes and decodes Lacuna streams, and codes the symbols, vectors and
samples that such codecs are made of. The loader picks the library for
the processor: x86-64-v2, AVX2 or AVX-512.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME liblacuna-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "liblacuna1 (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "Learned image codec, files for building programs
Headers of C and C++, static libraries, a CMake package and a pkg-config
file.")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME lacuna)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS libturbojpeg0)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "Learned image codec, the command-line program
Turns pictures into Lacuna streams and back, compresses any other file,
trains and applies vector quantisers, and measures all of these.")

include(cmake/PlayerPackages.cmake)
include(CPack)
