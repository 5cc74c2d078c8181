// How far behind others the rows of a run come, and which watermark delay each would have needed, for those
// who weigh one.
//
// A row is late at delay d exactly when d ≤ newest − (end − 1 ms) − allowed lateness: `newest` is the largest
// event time before it at its source or event_time node, `end` that of the last window that it could count
// for. (Its stamp is newest − d, and it is late when the end has come: event-time rules, 12.) The right side
// is what it needs, and goes by no delay: one run says for all delays how many rows would be late.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/pipeline.h"
#include "core/stream/stamper.h"

namespace rw {

struct MakeContext;

/// Counts times in bins of equal width, the last of which has all that is longer.
class TimeCounts {
 public:
    static constexpr Millis kFinest = 100;       ///< width of a bin
    static constexpr std::size_t kBins = 3'000;  ///< five minutes of the finest

    /// Bins so wide that a delay of that length lies in their first half.
    explicit TimeCounts(Millis delay = 0);

    void add(Millis time);
    Millis width() const { return m_width; }
    /// All that were added, those below zero, too.
    std::uint64_t total() const { return m_total; }
    /// How many are `time` or more. Exact where `time` is a multiple of the width and not beyond the bins:
    /// otherwise the bin that it lies in counts in full.
    std::uint64_t atLeast(Millis time) const;
    /// From zero to one width, and so on; none before the first that is not below zero.
    std::span<const std::uint64_t> bins() const { return m_bins; }
    /// The end of the bin up to which that share of all lies; nothing: there are none, or it lies beyond.
    std::optional<Millis> within(double share) const;

 private:
    Millis m_width;
    std::uint64_t m_total = 0, m_beyond = 0;
    std::vector<std::uint64_t> m_bins{};
};

/// The rows that a node judged: of nodes with windows, joins by time, and those that put rows in the order of
/// time.
struct JudgedRows {
    std::uint64_t lateNow = 0;  ///< at the delay that the run has
    TimeCounts needed{};        ///< late at every delay up to it
    /// A session may be open still where its last row alone says that the time is over: fewer are late.
    bool atMost = false;
};

/// The rows of a source, or of an event_time node, while they were watched.
struct DisorderOf {
    NodeId stamper{};
    Millis delay = 0;                                      ///< that the run has
    Instant since = kMinTimestamp, until = kMinTimestamp;  ///< wall time of the first and the newest batch
    /// The watermark was further than the delay says, for idleness had advanced it.
    bool advanced = false;
    TimeCounts behind{};  ///< by distance behind the newest row before
    std::map<NodeId, JudgedRows> judges{};

    std::uint64_t judged() const;
    std::uint64_t lateAt(Millis delay) const;
    /// As lateAt() of the delay that the run has, and always exact but for sessions.
    std::uint64_t lateNow() const;
    /// Whether counts hold for this delay to the row.
    bool isExact() const;
};

/// Of a run; WindowEvents has it. Any thread.
class Disorder {
 public:
    /// For a port of a node: which node gave the rows of each way their stamps.
    using Ways = std::map<std::pair<NodeId, int>, std::map<int, NodeId>>;
    /// So many rows are counted from the start of a run that may be looked at later: all of a short one.
    static constexpr std::uint64_t kFirstRows = 100'000;

    /// Before the tasks of an attempt run: which nodes give rows stamps, and their delays. What was counted
    /// before is forgotten: after a restart rows come again. `countsFirst`: the first rows are counted though
    /// nobody watches.
    void begin(const std::map<NodeId, Millis>& delays, Ways ways, bool countsFirst);

    /// Asked for each batch: whether rows are to be told of.
    bool watched() const { return m_watchers.load(std::memory_order_relaxed) > 0; }
    /// `stamper` has given the rows of `batch` their stamps, from `before` on.
    void addStamped(const NodeId& stamper, const Batch& batch, int eventTime, const StampState& before,
                    Instant now);
    /// Rows of a batch at that port have stamps so far beyond the times at which they were over: late are
    /// those of zero or more. kMinTimestamp: no row was before it.
    void addJudged(const NodeId& node, int port, WireNumber wire, std::span<const Millis> beyond,
                   bool atMost);

 private:
    friend class DisorderWatch;
    void join();
    void leave();
    void forget();

    std::atomic<int> m_watchers{0};
    mutable std::mutex m_mutex;  ///< guards the members below
    std::map<NodeId, DisorderOf> m_counts;
    Ways m_ways;
    std::uint64_t m_firstLeft = 0;  ///< of kFirstRows; not 0: they are a watcher
    bool m_missed = false;          ///< rows may have come that nobody counted: the next one begins anew
};

/// As long as there is one, rows are counted: counts are of all rows since the first of them, and begin anew
/// where some were missed. Any thread.
class DisorderWatch {
 public:
    explicit DisorderWatch(std::shared_ptr<Disorder> disorder);
    ~DisorderWatch();
    DisorderWatch(const DisorderWatch&) = delete;
    DisorderWatch& operator=(const DisorderWatch&) = delete;

    /// The nodes that give rows stamps, by their ids.
    std::vector<NodeId> stampers() const;
    /// Of one of them.
    std::optional<DisorderOf> counts(const NodeId& stamper) const;

 private:
    const std::shared_ptr<Disorder> m_disorder;
};

/// Tells of the rows that an instance of a node judges by their stamps. Rows without stamps are not told of:
/// made rows are never late, and others have some from the next batches on that their source gives.
/// Single-threaded, as the instance is.
class DisorderMeter {
 public:
    explicit DisorderMeter(const MakeContext& context);

    bool on() const { return m_disorder->watched(); }
    /// A row of that stamp, which is late where the stamp is at least `lateFrom`.
    void add(Instant stamp, Instant lateFrom);
    /// Those that were added are the rows of a batch at that port.
    void hand(int port, WireNumber wire, bool atMost);
    /// All rows of a batch; each is late from its event time + `rest` on.
    void addTimes(int port, const Batch& batch, int eventTime, Millis rest, bool atMost = false);

 private:
    const NodeId m_node;
    const std::shared_ptr<Disorder> m_disorder;
    std::vector<Millis> m_beyond;  ///< of one call; kept for its memory
};

}  // namespace rw
