// Counters of a run: written by one task each, read by copy from anywhere.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/time.h"
#include "core/data/batch.h"
#include "core/pipeline/pipeline.h"
#include "core/runtime/metrics/row_counts.h"
#include "core/runtime/metrics/stopwatch.h"
#include "core/stream/quality.h"

namespace rw {

/// For counters that never go back, with any number of writers.
inline void raise(std::atomic<std::int64_t>& counter, std::int64_t value) {
    std::int64_t known = counter.load(std::memory_order_relaxed);
    while (value > known && !counter.compare_exchange_weak(known, value)) {
    }
}

/// How far the partitions of the source above are behind a node that gives their rows new stamps. Any thread.
class PartitionClock {
 public:
    void put(WireNumber wire, Instant watermark) {
        const std::lock_guard lock(m_mutex);
        m_wires[wire & (firstWireOf(1) - 1)][wire] = watermark;
    }
    /// The node has ended: nothing waits for its time any more.
    void end() {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    /// The smallest over the ways of the partition with that ordinal.
    Instant of(std::int64_t ordinal) const {
        const std::lock_guard lock(m_mutex);
        if (m_ended) return kMaxTimestamp;
        const auto found = m_wires.find(ordinal);
        if (found == m_wires.end()) return kMinTimestamp;
        Instant smallest = kMaxTimestamp;
        for (const auto& [wire, watermark] : found->second) smallest = std::min(smallest, watermark);
        return smallest;
    }

 private:
    mutable std::mutex m_mutex;
    std::map<std::int64_t, std::map<WireNumber, Instant>> m_wires;  ///< by ordinal
    bool m_ended = false;
};

/// Of one instance of a node. The lanes of a source share one.
struct NodeCounters {
    std::atomic<std::uint64_t> rowsIn{0}, rowsOut{0}, late{0}, rejected{0}, nullDropped{0};
    std::atomic<Millis> largestLateBy{0};
    std::atomic<Instant> watermark{kMinTimestamp};
    std::atomic<std::int64_t> busyNanos{0};
    std::atomic<std::uint64_t> stateBytes{0}, stateKeys{0}, stateSpilled{0};
    std::atomic<std::uint64_t> stateLookups{0}, stateHits{0};    ///< as Operator::StateLookups
    std::atomic<std::int64_t> alignMillis{0}, snapshotNanos{0};  ///< of the newest barrier
    std::atomic<Instant> tableRead{kMinTimestamp};               ///< as Operator::tableRead()
    // As Operator::quality()
    std::atomic<Quality::Kind> quality{Quality::Kind::None};
    std::atomic<double> qualityValue{0}, qualityBaseline{0};
    std::atomic<std::uint64_t> qualityRows{0}, learntRows{0}, warmUpRows{0}, warmKeys{0};
    std::atomic<Instant> openFrom{kMaxTimestamp}, openUntil{kMaxTimestamp};
    std::atomic<bool> ended{false};
    std::atomic<bool> hasPair{true};  ///< as FindsPairs::hasPair(); of other nodes: true
    /// Steady nanoseconds at which the call that the node is in began; 0: it is in none.
    std::atomic<std::int64_t> inCallSince{0};
    std::vector<std::atomic<Instant>> inputWatermarks;
    std::unique_ptr<PartitionClock> partitions;  ///< null: the source above has none
    RowMark mark;

    /// What of the size of a state stands beside its bytes in memory, which the limit of the run counts.
    void setState(std::uint64_t keys, std::uint64_t spilled) {
        stateKeys.store(keys, std::memory_order_relaxed);
        stateSpilled.store(spilled, std::memory_order_relaxed);
    }
    RowCounts rows() const { return {rowsIn, rowsOut, late, rejected, nullDropped}; }

    explicit NodeCounters(std::size_t inputPorts) : inputWatermarks(inputPorts) {
        for (auto& watermarkOfPort : inputWatermarks) watermarkOfPort = kMinTimestamp;
    }
};

/// Says that a node is in a call, for as long as it lives: a stop may have to wait for that. Of the lanes of
/// a source, which share their counters, the one that called first says so.
class InCall {
 public:
    explicit InCall(NodeCounters& counters, std::int64_t since = stopwatchNanos())
        : m_since(counters.inCallSince) {
        std::int64_t none = 0;
        m_isFirst = m_since.compare_exchange_strong(none, since, std::memory_order_relaxed);
    }
    ~InCall() {
        if (m_isFirst) m_since.store(0, std::memory_order_relaxed);
    }
    InCall(const InCall&) = delete;
    InCall& operator=(const InCall&) = delete;

 private:
    std::atomic<std::int64_t>& m_since;
    bool m_isFirst = false;
};

/// The instances of a node in one stage. The lanes of a source share its rows out between them, so the
/// furthest lane tells the watermark; of other instances the last does.
struct CounterGroup {
    bool lanes = false;
    std::atomic<bool> toldOfKeys{false};  ///< of the node's first: that its keys are very many was said
    std::deque<NodeCounters> instances;
};

}  // namespace rw
