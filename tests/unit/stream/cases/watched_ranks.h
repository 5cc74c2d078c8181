// A top_n, and the checkpoints by change that are taken of it.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/value.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

inline constexpr Millis kRankWindow = 4;

/// Which rows are ranked: those that stay, with places or without; those that change, named by a key or by
/// all of their columns.
enum class RankSort { Placed, Made, Keyed, Multiset };
inline constexpr std::array kRankSorts{RankSort::Placed, RankSort::Made, RankSort::Keyed, RankSort::Multiset};

struct RankedInput {
    bool windows = false;
    RankSort sort = RankSort::Placed;
    int wires = 1;

    bool updating() const { return sort == RankSort::Keyed || sort == RankSort::Multiset; }
    StreamType type() const;
    std::string text() const;
};

/// A row of the window that begins there.
struct RankRow {
    Instant start = 0;
    std::optional<int> k{};
    std::optional<int> v{};
    int id = 0;

    /// `keyText`: with which the keys begin.
    std::vector<Value> cells(const std::string& keyText) const;
};

/// For rows that do not matter.
struct IgnoredRows : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

/// The rows of a state in one piece; −1: it is none.
int rankedRowsIn(const std::string& state);

class WatchedRanks {
 public:
    /// The best row of each key, but for what `more` says.
    explicit WatchedRanks(RankedInput input, const Json& more = {}, std::size_t batchRows = 4096);
    std::unique_ptr<Operator> make() const;

    void send(const std::vector<RankRow>& rows, std::vector<RowKind> kinds = {}, int wire = 0,
              std::int64_t position = 0);
    /// The keys first … first + count − 1, of one row each, get the value `now` after `before` (0: there was
    /// none); a higher one displaces what was.
    void change(int first, int count, int before, int now, Instant start = 0);
    void advance(Instant watermark);

    void freeze(bool whole);
    /// Whether there is more.
    bool writeSome();
    /// What was written is on the disk now; else it never is.
    void keep() { m_parts = m_whole ? m_part : m_parts + m_part; }
    void writeAndKeep();
    std::string byChange() const;
    /// What is not as it was at the last barrier, where the checkpoint is restored by any number of
    /// instances.
    std::string difference() const;
    /// The state of an instance that has restored this one, or why it did not.
    std::string restored(const std::string& state, const KeyGroups& own = {}) const;

    std::size_t written() const { return m_part.size(); }        ///< bytes of the last one
    std::size_t largestPiece() const { return m_largestPiece; }  ///< of it
    Operator::StateSize size() const { return m_op->stateSize(); }
    std::string keyText = "a key that is no short text ";
    bool isFrozen = false;
    std::function<void()> betweenCalls = [] {};

 private:
    template <class Call>
    void run(Call first);

    const RankedInput m_input;
    const MakeContext m_context;
    BoundNodeRef m_bound{};
    std::unique_ptr<Operator> m_op{};
    ChangingState* m_changing = nullptr;
    IgnoredRows m_ignored{};
    std::int64_t m_position = 0;          ///< of the next row of change()
    std::string m_atBarrier{}, m_rest{};  ///< of the last freeze
    std::string m_part{}, m_parts{};      ///< of it; of those that are kept
    std::size_t m_largestPiece = 0;
    bool m_whole = true;
};

}  // namespace rw::test
