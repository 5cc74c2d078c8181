// The rows that matches become: collected, and computed a batch at a time.
#pragma once
#include <memory>
#include <vector>

#include "core/patterns/partitions.h"
#include "core/stream/operator.h"

namespace rw::patterns {

/// Single-threaded. The rows of the matches stay in the store until they were emitted.
class MadeRows {
 public:
    /// The arguments outlive this.
    MadeRows(const MatchPlan& plan, const Partitions& partitions, const MakeContext& context);

    /// The match that begins at `start` of the partition and took `path`. `number`: of the partition's
    /// matches.
    void add(const Partition& partition, const Path& path, std::int64_t number);
    std::size_t size() const { return m_rows.size(); }
    Status emit(Output& out);

 private:
    /// The values of a term, by made row.
    struct Values {
        std::vector<RowSlot> slots{};
        std::vector<int> variables{};         ///< Classifier; −1: NULL
        std::vector<std::uint32_t> groups{};  ///< Aggregate
    };
    /// An aggregate of the measures over the rows that were collected.
    struct Sum {
        std::unique_ptr<sql::Accumulator> state{};
        std::uint32_t groups = 0;
        std::vector<RowSlot> slots{};
        std::vector<std::uint32_t> into{};        ///< the group of each
        std::vector<std::uint32_t> from{}, to{};  ///< groups that are added to those behind them
    };
    void addRow(const Partition& partition, const Path& path, std::size_t row, std::int64_t number);
    void addTerm(const Term& term, Values& values, const Partition& partition, const Path& path,
                 std::size_t upTo);
    /// Adds the rows of a match to the sums; the groups of the rows go from `first` on.
    void addSum(const Term& term, const Partition& partition, const Path& path);
    ColumnRef columnOf(const Term& term, Values& values);
    ColumnRef sumOf(const Term& term, const Values& values);
    Batch describe();
    void clear();

    const MatchPlan& m_plan;
    const Partitions& m_partitions;
    const MakeContext& m_context;
    std::vector<std::vector<Values>> m_values{};  ///< by measure and term
    std::vector<Sum> m_sums{};
    std::vector<RowSlot> m_rows{}, m_first{}, m_last{};  ///< by made row
    std::vector<std::int64_t> m_numbers{};
    std::vector<std::uint32_t> m_groupOf{};  ///< by aggregate: the first group of the match
    sql::RowErrors m_errors{};
};

}  // namespace rw::patterns
