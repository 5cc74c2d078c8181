// Waiting for a state, never for a time.
#pragma once
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>

namespace rw::e2e {

/// Ends a story: the message names the failure.
struct Failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Looks again and again until `holds`; Failed with `complaint()` when it has not come after a minute, which
/// is longer than the busiest machine takes.
inline void until(const std::function<bool()>& holds, const std::function<std::string()>& complaint) {
    constexpr auto kPatience = std::chrono::minutes(1);
    constexpr auto kLookEvery = std::chrono::milliseconds(20);
    const auto start = std::chrono::steady_clock::now();
    while (!holds()) {
        if (std::chrono::steady_clock::now() - start > kPatience) throw Failed(complaint());
        std::this_thread::sleep_for(kLookEvery);
    }
}

}  // namespace rw::e2e
