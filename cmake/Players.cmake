# The plugins of players, built where the players' headers are. They link the library of the build tree as other projects do the
# installed one, by Lacuna::lacuna.

add_library(Lacuna::lacuna SHARED IMPORTED GLOBAL)
set_target_properties(Lacuna::lacuna PROPERTIES IMPORTED_LOCATION ${LACUNA_LIB}/liblacuna.so.1 IMPORTED_SONAME liblacuna.so.1
  INTERFACE_INCLUDE_DIRECTORIES ${LACUNA_HEADERS})

add_subdirectory(bindings/gstreamer)
add_subdirectory(bindings/gdk-pixbuf)
