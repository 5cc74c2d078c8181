// Starts one of several test programs that were compiled into one; see tests/programs.cmake.
#pragma once
#include <cstdio>
#include <string_view>

namespace rw::test {

inline int started(int (*program)(), int, char**) {
    return program();
}
/// argv[0] is the name of the test: Qt calls the application, and so its folders, by it.
inline int started(int (*program)(int, char**), int argc, char** argv) {
    return program(argc, argv);
}

inline int noSuchTest(std::string_view wanted) {
    std::fprintf(stderr, "There is no test \"%.*s\" in this program.\n", static_cast<int>(wanted.size()),
                 wanted.data());
    return 2;
}

}  // namespace rw::test
