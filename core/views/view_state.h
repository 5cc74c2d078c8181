// Shared by all live views: a short lock, a version, and the times and number of rows.
#pragma once
#include <atomic>
#include <mutex>
#include <optional>

#include "core/base/time.h"
#include "core/data/batch.h"
#include "core/data/state_reader.h"
#include "core/stream/live_view.h"

namespace rw {

class StateFields;

/// The part of every snapshot about the stream behind the picture.
struct ViewTotals {
    std::uint64_t version = 0;
    std::uint64_t rows = 0;             ///< rows that came
    std::uint64_t skipped = 0;          ///< of these, without a value to draw (NULL, NaN, infinite)
    Instant watermark = kMinTimestamp;  ///< kMaxTimestamp: the input has ended
    Instant newest = kMinTimestamp;     ///< largest event time; from `watermark` to here all is provisional
    Instant oldest = kMaxTimestamp;     ///< smallest event time that is still kept
    bool any() const { return newest != kMinTimestamp; }
    /// Where that begins which may still change; nothing when all is final or no watermark came yet.
    std::optional<Instant> openFrom() const {
        const bool open = watermark != kMinTimestamp && watermark < newest;
        return open ? std::optional(watermark) : std::nullopt;
    }
};

/// Base of the views: the run's thread writes under the lock, one batch at a time; any thread copies under
/// it.
class ViewState : public LiveView {
 public:
    std::uint64_t version() const final { return m_version.load(std::memory_order_acquire); }
    std::uint64_t rows() const final { return totals().rows; }
    /// Without the picture, whose copy costs more. Any thread.
    ViewTotals totals() const;
    void setWatermark(Instant watermark);

    /// Writes all that the picture is made of, and will be; as bounded as the view itself. Any thread.
    void save(StateWriter& out) const;
    /// Before the first batch: restores the state that a view of the same parameters saved. After an error it
    /// is not to be used.
    Status restore(const StateReader& in);

 protected:
    /// Under the lock: hands all that the picture is made of to `state`, which saves or restores it.
    virtual void fields(StateFields& state) = 0;

    std::unique_lock<std::mutex> lock() const { return std::unique_lock(m_mutex); }
    void changed() { m_totals.version = m_version.fetch_add(1, std::memory_order_acq_rel) + 1; }
    /// Counts the rows of a batch and their event times (column `eventTime`, or `arrived` when it has none).
    void count(const Batch& batch, int eventTime, Instant arrived = kMinTimestamp);

    ViewTotals m_totals{};  ///< under the lock

 private:
    void allFields(StateFields& state);

    mutable std::mutex m_mutex;
    std::atomic<std::uint64_t> m_version{0};
};

}  // namespace rw
