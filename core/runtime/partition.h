// The runtime's data of one partition of a source.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "core/runtime/alignment.h"
#include "core/stream/source.h"
#include "core/stream/stamper.h"

namespace rw {

/// A source without partitions has this once, without a name. Partitions are never taken away before the run
/// ends.
struct Partition {
    explicit Partition(std::string called = {}, std::int64_t number = 0)
        : name(std::move(called)), ordinal(number) {}

    const std::string name;
    const std::int64_t ordinal;  ///< of PartitionOrdinals; the low bits of its wire numbers

    // Guarded by the lock of the source's reader.
    PartitionState state = PartitionState::Live;  ///< as the source says
    bool found = false;                           ///< the source has told of it in this run
    int index = -1;                               ///< among those, in that order
    bool held = false;                            ///< for it is too far ahead
    std::int64_t rowsAt = -1;                     ///< steady milliseconds of the last rows, pauses left out
    Instant lastAdvance = kMinTimestamp;          ///< that was put on the way
    std::int64_t outSince = -1;                   ///< steady milliseconds since which its rows are unknown
    bool toldOfLasting = false;                   ///< that this lasts was noted
    Lead lead;

    // Guarded by the lock that orders pieces: known in the order of the source.
    StampState stamps;
    std::int64_t rows = 0;
    enum class Announced { NotYet, Open, Ended } announced = Announced::NotYet;

    // Any thread.
    void setReason(const Text& why) {
        const std::lock_guard lock(m_reasonMutex);
        m_reason = why;
    }
    Text reason() const {
        const std::lock_guard lock(m_reasonMutex);
        return m_reason;
    }
    std::atomic<bool> waits{false};  ///< `held`, for metrics
    std::atomic<Instant> sent{kMinTimestamp};
    std::atomic<bool> idle{false}, ended{false};
    std::atomic<PartitionState> shown{PartitionState::Live};  ///< for metrics
    std::atomic<Instant> since{0};                            ///< wall time from which on it is so
    std::atomic<Partition*> next{nullptr};                    ///< found after this

 private:
    mutable std::mutex m_reasonMutex;
    Text m_reason{};  ///< why it is in the state that is shown
};

/// A change of a partition's state at a point of its source.
struct PartitionMark {
    enum class Kind { Found, Advanced, Ended } kind = Kind::Found;
    Partition* partition = nullptr;
    Instant advancedTo = kMinTimestamp;  ///< Found, Advanced: its watermark is at least this from here on
};

}  // namespace rw
