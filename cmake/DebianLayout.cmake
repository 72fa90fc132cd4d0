# Turns the installed tree of each package into Debian's: libraries by architecture, compressed manuals, a copyright file. CPack runs this
# before it packs.

execute_process(COMMAND gcc -print-multiarch OUTPUT_VARIABLE multiarch OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(source ${CMAKE_CURRENT_LIST_DIR}/debian)

foreach(package library:liblacuna1 development:liblacuna-dev program:lacuna gstreamer:gstreamer1.0-lacuna gdk-pixbuf:lacuna-gdk-pixbuf)
  string(REPLACE ":" ";" package ${package})
  list(GET package 0 component)
  list(GET package 1 name)
  set(usr ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
  if(NOT EXISTS ${usr})
    continue()
  endif()

  file(GLOB files RELATIVE ${usr}/lib ${usr}/lib/*)
  file(MAKE_DIRECTORY ${usr}/lib/${multiarch})
  foreach(file IN LISTS files)
    file(RENAME ${usr}/lib/${file} ${usr}/lib/${multiarch}/${file})
  endforeach()
  if(files STREQUAL "")
    file(REMOVE_RECURSE ${usr}/lib)
  endif()

  file(GLOB_RECURSE libraries ${usr}/lib/*.so.* ${usr}/lib/*lacuna.so)
  foreach(library IN LISTS libraries)
    if(NOT IS_SYMLINK ${library})
      file(CHMOD ${library} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    endif()
  endforeach()

  # A folder further down.
  set(config ${usr}/lib/${multiarch}/pkgconfig/lacuna.pc)
  if(EXISTS ${config})
    file(READ ${config} text)
    string(REPLACE "prefix=\${pcfiledir}/../.." "prefix=\${pcfiledir}/../../.." text "${text}")
    string(REPLACE "libdir=\${prefix}/lib" "libdir=\${prefix}/lib/${multiarch}" text "${text}")
    file(WRITE ${config} "${text}")
  endif()

  file(GLOB pages ${usr}/share/man/man1/*.1)
  foreach(page IN LISTS pages)
    execute_process(COMMAND gzip -9n ${page} COMMAND_ERROR_IS_FATAL ANY)
  endforeach()

  file(REMOVE_RECURSE ${usr}/share/doc)
  file(MAKE_DIRECTORY ${usr}/share/doc/${name})
  configure_file(${source}/copyright ${usr}/share/doc/${name}/copyright COPYONLY)
endforeach()
