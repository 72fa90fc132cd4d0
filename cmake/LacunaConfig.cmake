# find_package(Lacuna) gives
#   Lacuna::lacuna            the shared library; the system's loader picks the level for the processor
#   Lacuna::lacuna_static     the static library, for every x86-64-v2 processor
#   Lacuna::lacuna_static_v3  the static library for x86-64-v3 (AVX2) and later processors only
#   Lacuna::lacuna_static_v4  the static library for x86-64-v4 (AVX-512) and later processors only
# All for C (lacuna/lacuna.h) and C++17 (lacuna/lacuna.hpp).

# lib, or lib/<architecture> in a Debian package: the headers are beside lib.
get_filename_component(_lacuna_lib "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
get_filename_component(_lacuna_include "${_lacuna_lib}/../include" ABSOLUTE)
if(NOT EXISTS ${_lacuna_include}/lacuna/lacuna.h)
  get_filename_component(_lacuna_include "${_lacuna_lib}/../../include" ABSOLUTE)
endif()

if(NOT TARGET Lacuna::lacuna)
  add_library(Lacuna::lacuna SHARED IMPORTED)
  set_target_properties(Lacuna::lacuna PROPERTIES
    IMPORTED_LOCATION ${_lacuna_lib}/liblacuna.so.1
    IMPORTED_SONAME liblacuna.so.1
    INTERFACE_INCLUDE_DIRECTORIES ${_lacuna_include})

  foreach(_lacuna_level "" _v3 _v4)
    string(REPLACE "_v" "/glibc-hwcaps/x86-64-v" _lacuna_folder "${_lacuna_level}")
    set(_lacuna_archive ${_lacuna_lib}${_lacuna_folder}/liblacuna.a)
    if(EXISTS ${_lacuna_archive})
      add_library(Lacuna::lacuna_static${_lacuna_level} STATIC IMPORTED)
      set_target_properties(Lacuna::lacuna_static${_lacuna_level} PROPERTIES
        IMPORTED_LOCATION ${_lacuna_archive}
        INTERFACE_INCLUDE_DIRECTORIES ${_lacuna_include}
        INTERFACE_LINK_LIBRARIES "m;-pthread")
    endif()
  endforeach()
endif()

unset(_lacuna_lib)
unset(_lacuna_include)
unset(_lacuna_folder)
unset(_lacuna_archive)
