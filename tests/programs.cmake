# Test programs of sources test_<name>.cpp, each with its own main().
#
# rw_test_programs(<prefix> <source>… [ALONE <name>…] [QT])
#
# makes the program <prefix><name> of each; QT: with its .moc. With RILLWRIGHT_UNITY up to sixteen of them are one program
# instead, whose first word says which of them it is to be: what they all share, which is most of what a test is
# compiled to, is compiled once. Each stands in a namespace of its own there, behind the headers of all of them. Those
# after ALONE, and those that declare something of rw, keep a program of their own: they are started by path, their
# local names clash with another test's header, or they replace functions of the C library.
#
# Sets <prefix>programs to the targets, and for every name <prefix>target_<name> to that which holds it, and
# <prefix>command_<name> to what add_test() takes.
function(rw_test_programs prefix)
  cmake_parse_arguments(PARSE_ARGV 1 arg "QT" "" "ALONE")
  set(programs)
  set(group)
  foreach(source IN LISTS arg_UNPARSED_ARGUMENTS)
    cmake_path(GET source STEM name)
    string(REGEX REPLACE "^test_" "" name ${name})
    file(STRINGS ${source} declares REGEX "^namespace rw {")
    if(NOT RILLWRIGHT_UNITY OR name IN_LIST arg_ALONE OR declares)
      set(target ${prefix}${name})
      add_executable(${target} ${source})
      set(${prefix}command_${name} ${target} PARENT_SCOPE)
    else()
      list(LENGTH group size)
      if(size EQUAL 0 OR size EQUAL 16)
        rw_write_group("${group_target}" "${group}")
        set(group)
        set(group_target ${prefix}group_of_${name})
        add_executable(${group_target} ${CMAKE_CURRENT_BINARY_DIR}/groups/${group_target}.cpp)
      endif()
      set(target ${group_target})
      list(APPEND group ${source})
      set(${prefix}command_${name} ${target} ${name} PARENT_SCOPE)
    endif()
    list(APPEND programs ${target})
    set(${prefix}target_${name} ${target} PARENT_SCOPE)
    if(arg_QT)
      rw_moc(${target} ${source})
    endif()
  endforeach()
  rw_write_group("${group_target}" "${group}")
  list(REMOVE_DUPLICATES programs)
  set(${prefix}programs ${programs} PARENT_SCOPE)
endfunction()

# A moc command for the one source of a Qt Test program costs a third of what the target and the extra object cost that
# automoc would give every program. Without the paths of headers moc reads the source alone, which is all that it needs
# here, in a tenth of the time.
set(CMAKE_AUTOMOC OFF)
function(rw_moc target source)
  cmake_path(GET source STEM name)
  set(moc ${CMAKE_CURRENT_BINARY_DIR}/moc/${name}.moc)
  file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/moc)
  cmake_path(ABSOLUTE_PATH source OUTPUT_VARIABLE path)
  set(defined $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
  add_custom_command(OUTPUT ${moc} DEPENDS ${path} VERBATIM COMMAND_EXPAND_LISTS
    COMMAND Qt6::moc "$<$<BOOL:${defined}>:-D$<JOIN:${defined},;-D>>" ${path} -o ${moc})
  target_sources(${target} PRIVATE ${moc})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/moc)
endfunction()

# The one source of a group; nothing where there are no sources.
function(rw_write_group target sources)
  set(headers)
  set(bodies)
  set(choices)
  foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    file(STRINGS ${source} included REGEX "^#include ")
    list(FILTER included EXCLUDE REGEX "\\.moc\"")
    list(APPEND headers ${included})
    string(APPEND bodies "namespace of_${name} {\n#include \"${source}\"\n}\n")
    string(REGEX REPLACE "^test_" "" word ${name})
    string(APPEND choices "    if (wanted == \"${word}\") return started(of_${name}::main, argc - 1, argv + 1);\n")
  endforeach()
  if(NOT sources)
    return()
  endif()
  list(REMOVE_DUPLICATES headers)
  list(JOIN headers "\n" headers)
  file(CONFIGURE OUTPUT groups/${target}.cpp @ONLY CONTENT [[
// Made by tests/programs.cmake.
@headers@
#include "tests/support/started.h"

@bodies@
int main(int argc, char** argv) {
    using rw::test::started;
    const std::string_view wanted = argc > 1 ? argv[1] : "";
@choices@    return rw::test::noSuchTest(wanted);
}
]])
endfunction()
