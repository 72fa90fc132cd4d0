# All inside: the static library in programs linked in each way that docs/linking.md tells, and the shared one opened at run time.

# static_test(name level flags...): the round trip with liblacuna.a of a level.
function(static_test name level)
  set(archive ${LACUNA_LIB}${LACUNA_FOLDER_${level}}/liblacuna.a)
  add_executable(static_${name} round_trip.c picture.c)
  target_include_directories(static_${name} PRIVATE ${LACUNA_HEADERS})
  target_link_libraries(static_${name} PRIVATE ${archive} m -pthread)
  target_link_options(static_${name} PRIVATE ${ARGN})
  add_dependencies(static_${name} native)
  set_target_properties(static_${name} PROPERTIES LINK_DEPENDS ${archive})
  abi_test(static.${name} sh ${here}/with_cpu.sh ${level} $<TARGET_FILE:static_${name}>)
endfunction()

foreach(level IN LISTS LACUNA_LEVELS)
  static_test(${level} ${level} -Wl,--gc-sections)
endforeach()
static_test(plain base)
static_test(full base -static -Wl,--eh-frame-hdr -Wl,--defsym,__xmknod=mknod)

# Other linkers, where they are. gold drops what the runtime finds by its section with --gc-sections: docs/linking.md.
set(LACUNA_GC_lld -Wl,--gc-sections)
foreach(linker lld gold)
  find_program(LINKER_${linker} NAMES ld.${linker})
  if(LINKER_${linker})
    static_test(${linker} base -fuse-ld=${linker} ${LACUNA_GC_${linker}})
  else()
    abi_test(static.${linker} sh -c "echo 'skipped: ld.${linker} is not here'; exit 77")
  endif()
endforeach()

add_executable(opened dlopen.c)
target_compile_options(opened PRIVATE ${warnings})
target_link_libraries(opened PRIVATE ${CMAKE_DL_LIBS} -pthread)
set_target_properties(opened PROPERTIES BUILD_RPATH ${LACUNA_LIB})
abi_test(shared.opened opened)
