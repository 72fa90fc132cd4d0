# Publishes the managed projects with NativeAOT, one level at a time, and only when a source has changed.

set(LACUNA_FRAMEWORK net9.0 CACHE STRING "Target framework of the native builds")
set(LACUNA_DOTNET ${CMAKE_BINARY_DIR}/dotnet)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set(LACUNA_RID linux-arm64)
else()
  set(LACUNA_RID linux-x64)
endif()

find_program(DOTNET dotnet REQUIRED)

file(GLOB_RECURSE LACUNA_LIBRARY_SOURCES CONFIGURE_DEPENDS
  kernels/*.cs kernels/*.csproj engine/*.cs engine/*.csproj models/*.safetensors)
file(GLOB_RECURSE LACUNA_INTEROP_SOURCES CONFIGURE_DEPENDS interop/src/*.cs interop/*.csproj)
file(GLOB_RECURSE LACUNA_PROGRAM_SOURCES CONFIGURE_DEPENDS bindings/cli/*.cs bindings/cli/*.csproj models/*.json)
file(GLOB LACUNA_LINK_SOURCES CONFIGURE_DEPENDS interop/native/* interop/include/lacuna/base.h interop/abi/exports.txt)
foreach(name Directory.Build.props Directory.Packages.props global.json)
  list(APPEND LACUNA_LIBRARY_SOURCES ${CMAKE_SOURCE_DIR}/${name})
endforeach()

# What the functions below make, for one target: with one target a level, a parallel make would run a shared step twice.
set(LACUNA_OUTPUTS "")

# All publishes share the managed outputs, so each waits for the one before: `LACUNA_LAST` is what it made.
set(LACUNA_LAST "")

# lacuna_publish(STAMP project instruction_set folder sources...) leaves native outputs in `folder`, its object in `folder`/obj.
function(lacuna_publish stamp project instruction_set folder)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${DOTNET} publish ${CMAKE_SOURCE_DIR}/${project} --nologo -v quiet -c Release -f ${LACUNA_FRAMEWORK} -r ${LACUNA_RID}
      --artifacts-path ${LACUNA_DOTNET} -o ${folder}/publish
      -p:TargetFrameworks=${LACUNA_FRAMEWORK} -p:PublishAot=true -p:OptimizationPreference=Speed
      "-p:IlcInstructionSet=${instruction_set}" -p:CppCompilerAndLinker=${CMAKE_C_COMPILER}
      -p:NativeIntermediateOutputPath=${folder}/obj/ -p:NativeOutputPath=${folder}/
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${ARGN} ${LACUNA_LAST}
    COMMENT "NativeAOT: ${project} ${instruction_set}"
    VERBATIM)
  set(LACUNA_LAST ${stamp} PARENT_SCOPE)
endfunction()

# The C library of one level: `out`/liblacuna.a, `out`/liblacuna.so.1 linked by interop/native/link.sh.
function(lacuna_library level instruction_set out)
  set(folder ${CMAKE_BINARY_DIR}/native/library-${level})
  lacuna_publish(${folder}/published interop "${instruction_set}" ${folder} ${LACUNA_LIBRARY_SOURCES} ${LACUNA_INTEROP_SOURCES})
  set(LACUNA_LAST ${LACUNA_LAST} PARENT_SCOPE)
  add_custom_command(
    OUTPUT ${out}/liblacuna.so.1 ${out}/liblacuna.a
    COMMAND ${CMAKE_COMMAND} -E env CC=${CMAKE_C_COMPILER} LD=${CMAKE_LINKER} AR=${CMAKE_AR} OBJCOPY=${CMAKE_OBJCOPY}
      ${CMAKE_SOURCE_DIR}/interop/native/link.sh ${folder} ${out}
    DEPENDS ${folder}/published ${LACUNA_LINK_SOURCES}
    COMMENT "Linking liblacuna: ${level}"
    VERBATIM)
  set(LACUNA_OUTPUTS ${LACUNA_OUTPUTS} ${out}/liblacuna.so.1 ${out}/liblacuna.a PARENT_SCOPE)
endfunction()

# The command-line program of one level: `out`/lacuna-`level`.
function(lacuna_program level instruction_set out)
  set(folder ${CMAKE_BINARY_DIR}/native/program-${level})
  lacuna_publish(${folder}/published bindings/cli "${instruction_set}" ${folder} ${LACUNA_LIBRARY_SOURCES} ${LACUNA_PROGRAM_SOURCES})
  set(LACUNA_LAST ${LACUNA_LAST} PARENT_SCOPE)
  add_custom_command(
    OUTPUT ${out}/lacuna-${level}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${out}
    COMMAND ${CMAKE_COMMAND} -E copy ${folder}/lacuna-cli ${out}/lacuna-${level}
    DEPENDS ${folder}/published
    VERBATIM)
  set(LACUNA_OUTPUTS ${LACUNA_OUTPUTS} ${out}/lacuna-${level} PARENT_SCOPE)
endfunction()
