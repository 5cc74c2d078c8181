// Checks of test programs that do without Qt Test: those that run under the thread sanitizer.
#pragma once
#include <atomic>
#include <cstdio>

namespace rw::test {

inline std::atomic<int> failures{0};

inline void expect(bool holds, const char* what) {
    if (holds) return;
    std::printf("FAILED: %s\n", what);
    ++failures;
}

/// Tells how many checks failed; what main() returns.
inline int summary() {
    std::printf("%d failed\n", failures.load());
    return failures == 0 ? 0 : 1;
}

}  // namespace rw::test
