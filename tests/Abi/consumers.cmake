# A program outside the tree builds against the installed one by CMake and by pkg-config, also after it was moved.

set(installed ${CMAKE_CURRENT_BINARY_DIR}/installed)
set(moved ${CMAKE_CURRENT_BINARY_DIR}/moved)
set(example ${root}/bindings/examples/c)

abi_test(consumer.install sh -c "rm -rf '${installed}' '${moved}' \
  && '${CMAKE_COMMAND}' --install '${CMAKE_BINARY_DIR}' --prefix '${installed}' > /dev/null && mv '${installed}' '${moved}'")
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP installed)

abi_test(consumer.cmake ${CMAKE_CTEST_COMMAND} --build-and-test ${example} ${CMAKE_CURRENT_BINARY_DIR}/consumer
  --build-generator ${CMAKE_GENERATOR} --build-options -DCMAKE_PREFIX_PATH=${moved} --test-command ctest --output-on-failure)

find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
  abi_test(consumer.pkgconfig env CC=${CMAKE_C_COMPILER} sh ${here}/consumer.sh ${PKG_CONFIG} ${moved} ${example}/gradient.c)
else()
  abi_test(consumer.pkgconfig sh -c "echo 'skipped: pkg-config is not here'; exit 77")
endif()
set_tests_properties(consumer.cmake consumer.pkgconfig PROPERTIES FIXTURES_REQUIRED installed)
