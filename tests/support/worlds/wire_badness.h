// The ways in which a line is bad, and somebody who makes it so again and again.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/worlds/bad_wire.h"

namespace rw::test {

/// What a line does in a turn. `bytes`: about those that a conversation has at its beginning.
struct Badness {
    const char* name;
    void (*worsen)(WireFaults& faults, int turn, std::size_t bytes);
};

inline constexpr int kSilentTurns = 12;

inline constexpr Badness kBadnesses[] = {
    {"slow",
     [](WireFaults& faults, int, std::size_t) {
         faults.delay = 2;
         faults.spread = 5;
     }},
    {"in pieces", [](WireFaults& faults, int turn, std::size_t) { faults.piece = turn % 2 == 0 ? 11 : 211; }},
    {"cut", [](WireFaults& faults, int, std::size_t) { ++faults.cuts; }},
    {"cut behind some bytes",
     [](WireFaults& faults, int turn, std::size_t bytes) { faults.cutAfter = bytes << turn % 6; }},
    {"reset",
     [](WireFaults& faults, int, std::size_t) {
         faults.resets = true;
         ++faults.cuts;
     }},
    {"refused",
     [](WireFaults& faults, int turn, std::size_t) {
         faults.refuses = turn % 4 < 2;
         ++faults.cuts;
     }},
    {"silent",
     [](WireFaults& faults, int turn, std::size_t) { faults.silent = turn > 1 && turn <= kSilentTurns; }},
};

/// The line is good from here on.
inline void mend(WireFaults& faults) {
    constexpr std::size_t kWholePiece = 65'536;
    faults.delay = faults.spread = 0;
    faults.piece = kWholePiece;
    faults.cutAfter = 0;
    faults.resets = faults.refuses = faults.silent = false;
}

/// Lines that are bad for about a second, on a thread of its own.
class Disturbance {
 public:
    Disturbance(std::vector<BadWire*> wires, const Badness& badness)
        : m_wires(std::move(wires)), m_disturbing([this, &badness] {
              constexpr int kTurns = 16;
              constexpr std::size_t kFewBytes = 20;
              for (int turn = 0; turn < kTurns; ++turn) {
                  for (BadWire* const wire : m_wires) badness.worsen(wire->faults(), turn, kFewBytes);
                  std::this_thread::sleep_for(std::chrono::milliseconds(60));
              }
              for (BadWire* const wire : m_wires) mend(wire->faults());
              m_over = true;
          }) {}
    ~Disturbance() { m_disturbing.join(); }
    Disturbance(const Disturbance&) = delete;
    Disturbance& operator=(const Disturbance&) = delete;

    bool isOver() const { return m_over; }

 private:
    const std::vector<BadWire*> m_wires;
    std::atomic<bool> m_over{false};
    std::thread m_disturbing;  ///< the last: it uses the others
};

}  // namespace rw::test
