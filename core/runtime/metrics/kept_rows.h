// The last late and rejected rows of a run, for the panel. Bounded in rows and bytes; writers never wait
// long.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "core/data/batch.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

class KeptRows {
 public:
    static constexpr std::size_t kLongestText = 1024;                ///< bytes of a row's text, or of a value
    static constexpr std::size_t kLateBytes = std::size_t{8} << 20;  ///< of all late rows kept

    KeptRows(std::size_t keep, std::shared_ptr<Clock> clock) : m_keep(keep), m_clock(std::move(clock)) {}

    /// Keeps the start of a long text only.
    void addRejected(const NodeId& node, const Text& reason, std::string row, std::int64_t position);
    /// Rows of a late port: the last two columns are late_by and late_for. The memory that the batch points
    /// into is not kept alive; long values are cut.
    void addLate(const PortRef& from, const Batch& batch, int eventTime);
    /// Rows with a number above `after`, in the order of their numbers. Late rows become text only here.
    std::vector<KeptRow> since(std::uint64_t after) const;
    std::uint64_t newest() const;  ///< number of the newest row; 0: there was none
    /// Rows with a higher number will come again.
    void forgetAfter(std::uint64_t number);
    class Copy;
    Copy copy() const;
    /// Before the first row: continues with the rows of an earlier one.
    void takeOver(const Copy& before);

 private:
    struct LateRows {
        PortRef from;
        Batch batch;
        int eventTime = -1;
        std::uint64_t firstNumber = 0;
        Instant at = 0;
        std::size_t bytes = 0;
    };
    struct Rows {
        std::uint64_t number = 0;  ///< of the newest
        std::deque<KeptRow> rejected{};
        std::deque<LateRows> late{};
        std::size_t lateRows = 0, lateBytes = 0;
    };

    void dropLate();
    const std::size_t m_keep;
    const std::shared_ptr<Clock> m_clock;
    mutable std::mutex m_mutex;  ///< guards the members below
    Rows m_rows{};
};

/// The rows kept at one moment. Plain data; batches are shared.
class KeptRows::Copy {
 public:
    std::size_t bytes() const;  ///< about

 private:
    friend class KeptRows;
    Rows m_rows{};
};

}  // namespace rw
