// A session aggregation that a test feeds, and the checkpoints by change that it takes of it meanwhile.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/operator.h"

namespace rw::test {

const NodeKind& sessionNode();
StreamType sessionInput();
/// Sessions of a gap of 10 ms by the key k.
Json sessionParams();
/// Rows of one time, a key each: `first` … `first` + `count` − 1.
Batch sessionRows(Instant time, int first, int count, Instant stamp = kCleanStamp);
std::unique_ptr<Operator> makeSessions(const BoundNode& bound, const MakeContext& context);
/// The state of an instance that restored one, or why it did not.
std::string restoredSessions(const BoundNode& bound, const std::string& state, KeyGroups own = {});

/// For rows that do not matter.
struct IgnoredOutput : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

/// Rows as “port|row”.
struct LinesOutput : IgnoredOutput {
    std::vector<std::string> lines{};
    void emit(int port, Batch batch) override;
};

class WatchedSessions {
 public:
    /// `bound` outlives it.
    WatchedSessions(const BoundNode& bound, const MakeContext& context);

    void send(const Batch& batch);
    void advance(Instant watermark);
    void freeze(bool whole);
    /// Whether there is more.
    bool writeSome();
    /// What was written is on the disk now; else it never is.
    void keep() { m_parts = m_whole ? m_part : m_parts + m_part; }
    void writeAndKeep();
    std::string byChange() const;
    /// Empty: any number of instances that restore the last checkpoint have the state of its barrier.
    std::string difference() const;

    std::size_t written() const { return m_part.size(); }
    std::size_t largestPiece() const { return m_largestPiece; }
    const std::string& atBarrier() const { return m_atBarrier; }
    Operator& op() { return *m_op; }
    /// What it has emitted, sorted.
    std::vector<std::string> lines() const;
    const Status& status() const { return m_status; }
    bool isFrozen = false;
    std::function<void()> betweenCalls = [] {};

 private:
    template <class Call>
    void run(Call first);

    const BoundNode& m_bound;
    const bool m_spills;
    std::unique_ptr<Operator> m_op;
    ChangingState* const m_changing;
    LinesOutput m_output{};
    Status m_status{};
    Instant m_watermark = kMinTimestamp;
    std::string m_atBarrier{}, m_rest{};  ///< of the last freeze
    std::string m_part{}, m_parts{};      ///< of it; of those that are kept
    std::size_t m_largestPiece = 0;
    bool m_whole = true;
};

}  // namespace rw::test
