# What `cmake --install` lays out beside the libraries and the programs; all of it may be moved.

install(DIRECTORY interop/include/lacuna bindings/cpp/include/lacuna DESTINATION include COMPONENT development
  FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(CODE [[
  file(CREATE_LINK liblacuna.so.1 "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/lib/liblacuna.so" SYMBOLIC)
]] COMPONENT development)

include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/LacunaConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES cmake/LacunaConfig.cmake ${CMAKE_BINARY_DIR}/LacunaConfigVersion.cmake
  DESTINATION lib/cmake/Lacuna COMPONENT development)

configure_file(cmake/lacuna.pc.in ${CMAKE_BINARY_DIR}/lacuna.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/lacuna.pc DESTINATION lib/pkgconfig COMPONENT development)

install(DIRECTORY man/ DESTINATION share/man/man1 COMPONENT program FILES_MATCHING PATTERN "*.1")
foreach(component library development program)
  install(FILES LICENSE cmake/debian/copyright DESTINATION share/doc/lacuna COMPONENT ${component})
endforeach()
