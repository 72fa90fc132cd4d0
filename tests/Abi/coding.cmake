# The coders, quantisers and samplers alone: each program prints digests of what it made, which no instruction set may change.

target_include_directories(layout_cxx PRIVATE ${here})
set(coding_programs coding_adaptive coding_checksum coding_examples coding_memory coding_payload coding_rans
  coding_sampling coding_vq)

foreach(name IN LISTS coding_programs)
  abi_program(${name} ${name}.c)
  target_link_libraries(${name} PRIVATE m)
  abi_test(${name} ${name})
  abi_test(${name}.levels sh ${here}/coding_levels.sh $<TARGET_FILE:${name}>)
endforeach()

# The programs in C of the pages.
foreach(page entropy vector-quantization sampling)
  abi_test(docs.c.${page} sh ${here}/coding_docs.sh ${CMAKE_C_COMPILER} ${LACUNA_HEADERS} ${LACUNA_LIB}/liblacuna.so.1
    ${root}/docs/${page}.md)
endforeach()
