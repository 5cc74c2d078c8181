// Bad lines to the systems outside, which a seed makes worse and better.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/worlds/bad_wire.h"

namespace rw::simulated {

class Chance;

/// Between a run and one system: connections are slow, each by a time of its own, so that the answer to a
/// later request on another one comes first; what is sent comes in pieces; they are cut, reset, refused and
/// silent.
class Storm {
 public:
    /// To all of `addresses` (“127.0.0.1:1234,127.0.0.1:1235”).
    Storm(const std::string& addresses, std::uint64_t seed);
    ~Storm();
    Storm(const Storm&) = delete;
    Storm& operator=(const Storm&) = delete;

    /// Where the system is reached through it, as `addresses` were given.
    std::string addresses() const;
    /// Its faults come and go from now on, or there are none; what is broken stays so.
    void rage(bool rages);

    struct Tally {
        int connections = 0, broken = 0, slowed = 0, halved = 0, silences = 0;
    };
    Tally tally() const;

 private:
    void blow();
    void calm();
    void worsen(Chance& chance);

    const std::uint64_t m_seed;
    test::WirePorts m_ports{};
    std::vector<std::unique_ptr<test::BadWire>> m_wires{};
    std::atomic<int> m_slowed{0}, m_halved{0}, m_silences{0};
    std::mutex m_mutex{};  ///< held by who changes the faults
    bool m_rages = false;
    std::atomic<bool> m_over{false};
    std::thread m_blowing{};
};

}  // namespace rw::simulated
