// Checks of test programs that do without Qt Test: those that run under the thread sanitizer.
#pragma once
#include <atomic>
#include <cstdio>

namespace rw::test {

inline std::atomic<int> failures{0};  ///< main() returns whether there are any

inline void expect(bool holds, const char* what) {
    if (holds) return;
    std::printf("FAILED: %s\n", what);
    ++failures;
}

}  // namespace rw::test
