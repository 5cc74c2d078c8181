# What tests/new_node and tests/new_chart lay out, laid out in a checkout of their own, built, and tried: by the tests
# that are laid out with it, and by what is asked of every node and chart.
# Included by tests/unit, whose precompiled headers it takes over.
set(checkout ${CMAKE_CURRENT_BINARY_DIR}/scaffold/checkout)
set(laid_out ${CMAKE_CURRENT_BINARY_DIR}/scaffold/laid_out)
file(GLOB_RECURSE read CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_LIST_DIR}/*)
list(APPEND read tests/new_node tests/new_chart
  core/nodes/nodes.def tests/fixtures/in_no_set translations/rillwright_zh_CN.ts)
file(REMOVE_RECURSE ${checkout})
foreach(file IN LISTS read)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
  cmake_path(GET file PARENT_PATH folder)
  file(COPY ${CMAKE_SOURCE_DIR}/${file} DESTINATION ${checkout}/${folder})
endforeach()
foreach(folder core/views core/nodes/charts widgets/charts resources/icons resources/help/en/nodes
        resources/help/zh_CN/nodes tests/unit/nodes tests/unit/views)
  file(MAKE_DIRECTORY ${checkout}/${folder})
endforeach()
foreach(command "tests/new_node;scaffold_node" "tests/new_chart;scaffold_chart")
  execute_process(COMMAND ${checkout}/${command} WORKING_DIRECTORY ${checkout} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endforeach()
# Copied only where it changed, so that a new look at the templates compiles nothing anew.
foreach(file core/nodes/scaffold_node.cpp core/nodes/charts/scaffold_chart.cpp core/views/scaffold_view.h
        core/views/scaffold_view.cpp widgets/charts/scaffold_chart.h widgets/charts/scaffold_chart.cpp
        tests/unit/nodes/test_scaffold_node.cpp tests/unit/views/test_scaffold_view.cpp tests/fixtures/in_no_set)
  configure_file(${checkout}/${file} ${laid_out}/${file} COPYONLY)
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/test_laid_out.cpp.in ${laid_out}/tests/scaffold/test_laid_out.cpp COPYONLY)

file(GLOB chart_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/widgets/charts/*.h)
rw_chart_list(${laid_out}/widgets/chart_list.cpp ${chart_headers} ${laid_out}/widgets/charts/scaffold_chart.h)

# Objects, so that the list with what is laid out takes the place of the library's.
add_library(scaffold_core OBJECT ${laid_out}/core/nodes/scaffold_node.cpp ${laid_out}/core/nodes/charts/scaffold_chart.cpp
  ${laid_out}/core/views/scaffold_view.cpp)
target_link_libraries(scaffold_core PRIVATE rillwright_core test_support rapidcheck Qt6::Test)
add_library(scaffold_widgets OBJECT ${laid_out}/widgets/charts/scaffold_chart.cpp
  ${laid_out}/widgets/chart_list.cpp)
set_target_properties(scaffold_widgets PROPERTIES AUTOMOC ON)
target_link_libraries(scaffold_widgets PRIVATE rillwright_widgets test_support rapidcheck Qt6::Test)
target_precompile_headers(scaffold_widgets REUSE_FROM test_headers_widgets)
foreach(program ${laid_out}/tests/unit/nodes/test_scaffold_node.cpp
        ${laid_out}/tests/unit/views/test_scaffold_view.cpp ${laid_out}/tests/scaffold/test_laid_out.cpp)
  cmake_path(GET program STEM target)
  string(REGEX REPLACE "^test_" "" name ${target})
  add_executable(${target} ${program})
  rw_moc(${target} ${program})
  target_link_libraries(${target} PRIVATE
    scaffold_core scaffold_widgets test_nodes_shared rillwright_widgets rapidcheck Qt6::Test)
  target_precompile_headers(${target} REUSE_FROM test_headers_widgets)
  add_test(NAME scaffold/${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/with_display $<TARGET_FILE:${target}>)
  set_tests_properties(scaffold/${name} PROPERTIES ENVIRONMENT "${gui_environment}" COST 1000 TIMEOUT 600)
endforeach()
target_compile_definitions(test_laid_out PRIVATE LAID_OUT="${laid_out}")
foreach(target scaffold_core scaffold_widgets test_scaffold_node test_scaffold_view test_laid_out)
  target_include_directories(${target} BEFORE PRIVATE ${laid_out})
endforeach()
