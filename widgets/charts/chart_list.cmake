# The list of charts is made from their headers: a final class with `using View = …;` draws such views.
#
# rw_chart_list(<file> <header>…) writes the source that defines chartKinds() (widgets/charts/chart_kinds.h).
function(rw_chart_list file)
  set(includes)
  set(kinds)
  foreach(header IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    file(STRINGS ${header} declared REGEX "^class [A-Za-z0-9]+ final|^    using View = ")
    if(declared MATCHES "class ([A-Za-z0-9]+) final.*using View = ")
      cmake_path(GET header FILENAME name)
      string(APPEND includes "#include \"widgets/charts/${name}\"\n")
      string(APPEND kinds "        kindOf<${CMAKE_MATCH_1}>(),\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT ${file} @ONLY CONTENT [[
// Made by widgets/charts/chart_list.cmake.
#include "widgets/charts/chart_kinds.h"
@includes@
namespace rw::ui {

std::span<const ChartKind> chartKinds() {
    static constexpr ChartKind kKinds[] = {
@kinds@    };
    return kKinds;
}

}  // namespace rw::ui
]])
endfunction()
