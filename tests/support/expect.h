// Checks of test programs that do without Qt Test: those that run under the thread sanitizer.
#pragma once
#include <atomic>
#include <cstdio>

namespace rw::test {

inline std::atomic<int> checks{0}, failures{0};

inline void expect(bool holds, const char* what) {
    ++checks;
    if (holds) return;
    std::printf("FAILED: %s\n", what);
    ++failures;
}

/// Reports how many checks failed; the exit status for main(). A program without a check fails.
inline int summary() {
    if (checks == 0) expect(false, "something is checked");
    std::printf("%d checks, %d failed\n", checks.load(), failures.load());
    return failures == 0 ? 0 : 1;
}

}  // namespace rw::test
