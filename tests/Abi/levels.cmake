# Which level each library and each way of loading has, and that no level and no number of threads changes a bit.

abi_program(isa_level isa_level.c)
set(number_base 1)
set(number_v3 2)
set(number_v4 3)
find_program(QEMU qemu-x86_64-static)

function(abi_qemu_test name cpu)
  if(QEMU)
    abi_test(${name} ${QEMU} -cpu ${cpu} ${ARGN})
  else()
    abi_test(${name} sh -c "echo 'skipped: qemu-x86_64-static is not here'; exit 77")
  endif()
endfunction()

# The level of each library, and of the one that the loader picks: on this processor, masked, and on older ones.
foreach(level IN LISTS LACUNA_LEVELS)
  set(library_${level} ${LACUNA_LIB}${LACUNA_FOLDER_${level}}/liblacuna.so.1)
  abi_test(isa.library.${level} sh ${here}/with_cpu.sh ${level}
    env LD_PRELOAD=${library_${level}} $<TARGET_FILE:isa_level> ${number_${level}})
endforeach()
abi_test(isa.loader $<TARGET_FILE:isa_level> best)
if("v3" IN_LIST LACUNA_LEVELS)
  set(loader /lib64/ld-linux-x86-64.so.2)
  abi_test(isa.loader.masked.base ${loader} --glibc-hwcaps-mask none $<TARGET_FILE:isa_level> 1)
  abi_test(isa.loader.masked.v3 sh ${here}/with_cpu.sh v3 ${loader} --glibc-hwcaps-mask x86-64-v3 $<TARGET_FILE:isa_level> 2)
  abi_qemu_test(isa.loader.nehalem Nehalem $<TARGET_FILE:isa_level> 1)
  abi_qemu_test(isa.loader.haswell Haswell $<TARGET_FILE:isa_level> 2)
endif()
abi_test(isa.lowered.scalar env LACUNA_ISA=scalar $<TARGET_FILE:isa_level> 0)
abi_test(isa.lowered.vector128 env LACUNA_ISA=vector128 $<TARGET_FILE:isa_level> 1)
abi_test(isa.raised env LD_PRELOAD=${library_base} LACUNA_ISA=avx512 $<TARGET_FILE:isa_level> 1)

# The same bits. Expected: what the base library prints with one thread, which all the others then must print.
foreach(size small large)
  set(expected_${size} ${CMAKE_CURRENT_BINARY_DIR}/bits.${size}.txt)
  abi_test(bits.${size}.expected sh -c
    "LD_PRELOAD=${library_base} '$<TARGET_FILE:round_trip>' ${size} 1 > '${expected_${size}}'")
  set_tests_properties(bits.${size}.expected PROPERTIES FIXTURES_SETUP bits.${size})
endforeach()

function(abi_bits_test name size)
  abi_test(bits.${size}.${name} sh ${here}/bits.sh ${expected_${size}} ${ARGN})
  set_tests_properties(bits.${size}.${name} PROPERTIES FIXTURES_REQUIRED bits.${size})
endfunction()

foreach(level IN LISTS LACUNA_LEVELS)
  set(run sh ${here}/with_cpu.sh ${level} env LD_PRELOAD=${library_${level}})
  foreach(threads 1 2 5)
    abi_bits_test(${level}.threads${threads} small ${run} $<TARGET_FILE:round_trip> small ${threads})
  endforeach()
  abi_bits_test(${level}.scalar small ${run} LACUNA_ISA=scalar $<TARGET_FILE:round_trip> small 2)
  if(NOT level STREQUAL base)
    abi_bits_test(${level}.vector128 small ${run} LACUNA_ISA=vector128 $<TARGET_FILE:round_trip> small 2)
    abi_bits_test(${level}.threads1 large ${run} $<TARGET_FILE:round_trip> large 1)
    abi_bits_test(${level}.threads5 large ${run} $<TARGET_FILE:round_trip> large 5)
  endif()
endforeach()
if("v4" IN_LIST LACUNA_LEVELS)
  abi_bits_test(v4.avx2 small sh ${here}/with_cpu.sh v4 env LD_PRELOAD=${library_v4} LACUNA_ISA=avx2 $<TARGET_FILE:round_trip> small 2)
  if(QEMU)
    abi_bits_test(nehalem small ${QEMU} -cpu Nehalem $<TARGET_FILE:round_trip> small 2)
    # Much the longest, so it starts first.
    set_tests_properties(bits.small.expected bits.small.nehalem PROPERTIES COST 100)
  endif()
endif()

# The conformance vectors, which the managed tests hold to the same streams and pixels.
foreach(level IN LISTS LACUNA_LEVELS)
  abi_test(vectors.${level} sh ${here}/with_cpu.sh ${level}
    sh ${here}/vectors.sh ${CMAKE_BINARY_DIR}/libexec/lacuna/lacuna-${level} ${here}/../Conformance/vectors)
endforeach()
foreach(level IN LISTS LACUNA_LEVELS)
  abi_test(payloads.${level} sh ${here}/with_cpu.sh ${level}
    sh ${here}/payloads.sh ${CMAKE_BINARY_DIR}/libexec/lacuna/lacuna-${level} ${here}/../Conformance/vectors/payloads)
endforeach()
