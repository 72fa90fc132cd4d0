# Programs outside the tree build against the installed one, after it was moved: by CMake, by pkg-config and by hand, in C and C++.

set(installed ${CMAKE_CURRENT_BINARY_DIR}/installed)
set(moved ${CMAKE_CURRENT_BINARY_DIR}/moved)
set(examples ${root}/bindings/examples)

abi_test(consumer.install sh -c "rm -rf '${installed}' '${moved}' \
  && '${CMAKE_COMMAND}' --install '${CMAKE_BINARY_DIR}' --prefix '${installed}' > /dev/null && mv '${installed}' '${moved}'")
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP installed)

# abi_installed_test(name command...): runs once the moved tree is there.
function(abi_installed_test name)
  abi_test(${name} ${ARGN})
  set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED installed)
endfunction()

foreach(language c cpp)
  abi_installed_test(consumer.cmake.${language} ${CMAKE_CTEST_COMMAND}
    --build-and-test ${examples}/${language} ${CMAKE_CURRENT_BINARY_DIR}/consumer-${language}
    --build-generator ${CMAKE_GENERATOR} --build-options -DCMAKE_PREFIX_PATH=${moved} --test-command ctest --output-on-failure)
endforeach()

find_program(PKG_CONFIG pkg-config)
foreach(way shared static hand full)
  if(PKG_CONFIG OR way MATCHES "hand|full")
    abi_installed_test(consumer.${way} env CC=${CMAKE_C_COMPILER} CXX=${CMAKE_CXX_COMPILER}
      sh ${here}/consumer.sh ${way} "${PKG_CONFIG}" ${moved} ${examples} ${CMAKE_CURRENT_BINARY_DIR}/consumer-by-hand)
  else()
    abi_test(consumer.${way} sh -c "echo 'skipped: pkg-config is not here'; exit 77")
  endif()
endforeach()

# Python, by the package of bindings/python and the installed library.
find_program(SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(SYSTEM_PYTHON python3)
abi_installed_test(consumer.python sh ${here}/python.sh "${SYSTEM_PYTHON}" ${moved}/lib ${root}/bindings)
