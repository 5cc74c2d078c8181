// A tap: recent rows of one output port. Bounded in rows and bytes; the engine never waits for it and drops
// the oldest.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "core/data/batch.h"

namespace rw {

class Tap {
 public:
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
    static constexpr std::size_t kLongestText = std::size_t{64} << 10;  ///< bytes; longer text is cut

    explicit Tap(std::size_t keepRows = 1000) : m_limits{keepRows, kMaxBytes, kLongestText} {}

    /// Called by the run: keeps the batch until newer ones hold enough rows. A batch that fills the tap alone
    /// is shared as it is while it fits; of others the newest rows are copied where they keep far more bytes
    /// alive than they use.
    void push(const Batch& batch);
    /// The batches that hold the last rows, oldest first; they may share columns with the engine's. Any
    /// thread.
    std::vector<Batch> recent() const;
    std::uint64_t version() const;

 private:
    struct Kept {
        Batch batch;
        std::size_t bytes;
    };
    const KeepLimits m_limits;
    mutable std::mutex m_mutex;
    std::deque<Kept> m_batches;
    std::size_t m_rows = 0, m_bytes = 0;
    std::uint64_t m_version = 0;
};

/// The tap of an output port: made on first use, then there for the rest of the run.
class TapSlot {
 public:
    void push(const Batch& batch) {
        if (Tap* tap = m_active.load(std::memory_order_acquire)) tap->push(batch);
    }
    std::shared_ptr<Tap> open() {
        const std::lock_guard lock(m_mutex);
        if (!m_tap) {
            m_tap = std::make_shared<Tap>();
            m_active.store(m_tap.get(), std::memory_order_release);
        }
        return m_tap;
    }
    /// Tap::recent(); nothing while there is no tap.
    std::vector<Batch> recent() const {
        const std::lock_guard lock(m_mutex);
        return m_tap ? m_tap->recent() : std::vector<Batch>();
    }

 private:
    std::atomic<Tap*> m_active{nullptr};
    mutable std::mutex m_mutex;
    std::shared_ptr<Tap> m_tap;
};

}  // namespace rw
