// A batch made ready for aggregation: arguments and filters evaluated, keys hashed, the order of rows known.
// Once a batch, however many slices its rows go to; some rows at a time where its arguments are large texts.
#pragma once
#include <algorithm>
#include <span>
#include <vector>

#include "core/sql/aggregates/aggregates.h"
#include "core/sql/eval/slices.h"
#include "core/stream/row_errors.h"

namespace rw {

class AggregateRows {
 public:
    /// `aggregates` and `context` outlive this.
    AggregateRows(const std::vector<sql::BoundAggregate>& aggregates, std::vector<int> keys, int eventTime,
                  const MakeContext& context);

    /// Evaluates the batch and returns the rows that the calls below are about: the whole batch, or its first
    /// rows where the texts of the arguments are too large to be held at once. Then hasMore() is true, and
    /// takeMore() goes on with the next rows; the operator should return to its caller in between. The rows
    /// are valid until the next call.
    const Batch& take(const Batch& batch);
    bool hasMore() const { return !m_slices.done(); }
    const Batch& takeMore();
    /// Evaluates the whole batch. False: `work` was given up; take fewer rows before anything else is asked.
    bool take(const Batch& batch, sql::Work& work);

    /// Number of rows taken so far that are ordered by arrival: those of one wire in source order, and those
    /// without positions. It continues from the number in a restored state.
    std::int64_t arrivals() const { return m_arrivals; }
    void startFrom(std::int64_t arrivals) { m_arrivals = std::max(m_arrivals, arrivals); }

    /// Rows of which an argument or a filter could not be computed, in order; empty when on_error is "null".
    const sql::RowErrors& errors() const { return m_errors; }
    std::span<const Column* const> keyColumns() const { return m_keyColumns; }
    std::span<const std::uint64_t> hashes() const { return m_hashes; }
    /// Room for the groups of some rows while a state takes them: one for all states, of which there may be
    /// many.
    std::vector<std::uint32_t>& groupsRoom() { return m_groupsRoom; }
    /// Whether a row takes an earlier one back.
    bool withdraws(std::uint32_t row) const { return m_kinds && rw::withdraws((*m_kinds)[row]); }
    /// The operand of aggregate `index`, which has an argument or a filter, for the `rows` rows of the batch: its
    /// argument, or TRUE without one, and NULL where its filter leaves a row out, for NULLs never count.
    ColumnRef operand(std::size_t index, std::size_t rows) const;
    /// The input of the accumulator of aggregate `index`: row rows[i] is of group groups[i]. It points into this
    /// object and into the arguments, and is valid until the next call.
    sql::AggregateInput chosen(std::size_t index, std::span<const std::uint32_t> rows,
                               std::span<const std::uint32_t> groups);
    /// Adds the rows to `accumulator`, which is that of aggregate `index`.
    void update(std::size_t index, sql::Accumulator& accumulator, std::span<const std::uint32_t> rows,
                std::span<const std::uint32_t> groups);
    /// Takes the rows back from it.
    void retract(std::size_t index, sql::RetractingAccumulator& accumulator,
                 std::span<const std::uint32_t> rows, std::span<const std::uint32_t> groups);

 private:
    struct Evaluated {
        sql::Vector argument;              ///< empty column for COUNT(*)
        std::vector<std::uint8_t> passes;  ///< FILTER: 1 where the row counts; empty without one
    };
    /// False: `work` was given up.
    bool evaluate(const Batch& batch, const sql::EvalContext& eval, sql::Work& work);
    bool take(const Batch& batch, const sql::EvalContext& eval, sql::Work& work);
    void evaluateFilter(const sql::BoundExpr& filter, const Batch& batch, const sql::EvalContext& eval,
                        std::vector<std::uint8_t>& passes);
    void orderRows(const Batch& batch);

    const std::vector<sql::BoundAggregate>& m_aggregates;
    std::vector<int> m_keys;
    int m_eventTime;
    const MakeContext& m_context;
    bool m_ordered = false;     ///< an aggregate wants the order of rows
    bool m_makesTexts = false;  ///< an argument is a text that is computed
    std::int64_t m_arrivals = 0;

    sql::Slices m_slices{};  ///< of a batch whose texts are too large to be made at once
    Batch m_slice{};         ///< of it, what was taken
    std::shared_ptr<const std::vector<RowKind>> m_kinds;
    std::vector<Evaluated> m_evaluated;
    sql::RowErrors m_errors;
    std::vector<const Column*> m_keyColumns;
    std::vector<std::uint64_t> m_hashes;
    std::vector<sql::RowOrder> m_orders;  ///< of every row of the batch
    std::vector<std::uint32_t> m_rows, m_groups, m_groupsRoom;
    std::vector<sql::RowOrder> m_chosen;
};

}  // namespace rw
