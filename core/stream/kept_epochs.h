// Which checkpoints a run may yet resume from, for sinks and sources that keep data for each of them.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/stream/operator.h"
#include "core/stream/run_scope.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// One for all nodes of a run. Safe from any thread.
class KeptEpochs {
 public:
    static std::shared_ptr<KeptEpochs> of(const MakeContext& context) {
        return context.scope->shared<KeptEpochs>("kept epochs", [] { return new KeptEpochs; });
    }

    /// Told by the store of the checkpoints after each that it wrote: all that it has of the run's lineage,
    /// the oldest first.
    void set(std::vector<Epoch> numbers) {
        const std::lock_guard lock(m_mutex);
        m_numbers = std::move(numbers);
    }
    /// The store can't be used, and the run goes on without checkpoints.
    void setNone() { m_none = true; }
    bool isNone() const { return m_none; }
    /// Empty: nothing was told yet, any may be there.
    std::vector<Epoch> numbers() const {
        const std::lock_guard lock(m_mutex);
        return m_numbers;
    }

 private:
    std::atomic<bool> m_none{false};
    mutable std::mutex m_mutex;
    std::vector<Epoch> m_numbers;
};

}  // namespace rw
