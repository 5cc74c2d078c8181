// The state of all nodes of a run together, held against the pipeline's memory limit.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>

#include "core/base/status.h"
#include "core/runtime/metrics/counters.h"

namespace rw {

/// Any thread. Knows the state that nodes report, which is not all memory: rows between nodes, whose queues
/// have bounds of their own, and memory of sinks are left out.
class StateLimit {
 public:
    using Counters = std::map<NodeId, std::deque<CounterGroup>>;
    /// `limit` in bytes, 0: none. `counters` tell which node holds how much, and live as long.
    StateLimit(std::uint64_t limit, const Counters& counters) : m_limit(limit), m_counters(counters) {}

    bool isSet() const { return m_limit > 0; }
    /// An instance of a node holds `now` bytes; at its last report it held `before`.
    void changed(std::uint64_t before, std::uint64_t now) {
        m_bytes.fetch_add(now - before, std::memory_order_relaxed);  // a wrapped difference wraps back
    }
    /// An error at the node that holds most when all hold more than the limit.
    Status check() const {
        const std::uint64_t bytes = m_bytes.load(std::memory_order_relaxed);
        return isSet() && bytes > m_limit ? exceeded(bytes) : Status();
    }

 private:
    Status exceeded(std::uint64_t bytes) const;

    const std::uint64_t m_limit;
    const Counters& m_counters;
    std::atomic<std::uint64_t> m_bytes{0};
};

}  // namespace rw
