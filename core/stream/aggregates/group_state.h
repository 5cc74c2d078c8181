// Keys and the aggregates of each: the state of a slice, of a window being put together, of all sessions.
#pragma once
#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "core/stream/aggregates/aggregate_rows.h"
#include "core/stream/call_budget.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/window_plan.h"

namespace rw {

/// One accumulator per aggregate; group g of each belongs together. Of an updating input they are those that
/// rows can be taken back from.
class Aggregates {
 public:
    explicit Aggregates(const WindowPlan& plan) : Aggregates(plan.aggregates, plan.input.updating) {}
    /// `retracting`: rows can be taken back.
    Aggregates(const std::vector<sql::BoundAggregate>& aggregates, bool retracting);

    void resize(std::size_t groups);
    void update(AggregateRows& input, std::span<const std::uint32_t> rows,
                std::span<const std::uint32_t> groups);
    /// Takes rows back; only of an updating input.
    void retract(AggregateRows& input, std::span<const std::uint32_t> rows,
                 std::span<const std::uint32_t> groups);
    void merge(const Aggregates& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets);
    void clear(std::span<const std::uint32_t> groups);
    std::vector<sql::Vector> finish(std::span<const std::uint32_t> groups) const;
    /// The same as flat columns. `errors` gets the results that failed, one a row, unless it is null.
    std::vector<ColumnRef> results(std::span<const std::uint32_t> groups, sql::RowErrors* errors) const;
    /// Writes the states of these groups into the record that `out` is at.
    void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const;
    /// Puts such states into as many groups, which are empty.
    Status restore(std::span<const std::uint32_t> groups, const StateReader& state);
    /// The states of one group, as Accumulator has them.
    void writeGroup(std::uint32_t group, sql::CellWriter& out) const;
    void readGroup(std::uint32_t group, sql::CellReader& in);
    std::size_t memoryBytes() const;
    /// Keeps these groups, as Accumulator has it.
    void keep(std::span<const std::uint32_t> groups);
    /// Gives the room back that these groups, which are all, do not take.
    void shrink(std::size_t groups);
    /// How many bytes more room for so many groups takes than that which there is.
    std::size_t growth(std::size_t groups) const;
    /// The accumulator of one aggregate.
    sql::Accumulator& of(std::size_t index) { return *m_accumulators[index]; }
    const sql::Accumulator& of(std::size_t index) const { return *m_accumulators[index]; }

 private:
    std::size_t roomFor(std::size_t groups) const {
        return groups > m_room ? std::max(groups, 2 * m_room) : m_room;
    }

    std::vector<std::unique_ptr<sql::Accumulator>> m_accumulators;
    std::size_t m_room = 0;  ///< so many groups fit
};

class GroupChanges;

struct GroupState {
    explicit GroupState(const WindowPlan& plan);
    /// For callers that count rows per group themselves: this does not know then which groups have any.
    /// `retracting`: rows can be taken back from the aggregates.
    GroupState(std::span<const Type> keyTypes, const std::vector<sql::BoundAggregate>& bound,
               bool retracting);

    /// Adds rows of the batch that `input` has taken, or takes back those that withdraw one.
    void update(AggregateRows& input, std::span<const std::uint32_t> rows);
    void merge(const GroupState& other) { merge(other, 0, other.keys.size()); }
    /// The same for `count` groups of `other` from `from` on.
    void merge(const GroupState& other, std::size_t from, std::size_t count);
    /// The same for groups `groups` of `other`.
    void merge(const GroupState& other, std::span<const std::uint32_t> groups);
    /// Those of the groups from … from + count − 1 that have rows. In a state of inserts all have, but the
    /// rows of an updating input may all have been taken back.
    std::vector<std::uint32_t> standing(std::size_t from, std::size_t count) const;
    /// Rebuilds the state once most of its groups are ones that all rows were taken back from. Only where a
    /// row is taken back from the state that it was added to.
    void compact(const WindowPlan& plan);
    std::size_t memoryBytes() const;
    /// Takes all groups out; the room for them stays. Nobody is told of changes any more.
    void clear();
    /// Keeps these groups, which ascend, under the numbers 0, 1, …; the room for the others stays. Where this
    /// does not count rows.
    void keep(std::span<const std::uint32_t> groups);
    /// Gives the room back that no group takes.
    void shrink();
    /// How many bytes more it takes with so many groups more, at most; what lies on heaps comes besides.
    std::size_t growth(std::size_t groups) const;
    /// Writes groups of one key group, with their keys, into the record that `out` is at.
    void snapshot(std::span<const std::uint32_t> groups, StateWriter& out) const;
    /// Takes such groups over, whose keys are new here.
    Status restore(const StateReader& state, int keyGroup);
    /// The same for groups of which some may be here already: they are merged. `fresh` is without groups.
    Status mergeSaved(const StateReader& state, int keyGroup, Aggregates fresh);
    /// Takes over the groups of `other` in the place of those with the same keys. Of inserts alone.
    void replace(const GroupState& other);

    KeyTable keys;
    Aggregates aggregates;
    GroupChanges* changes = nullptr;  ///< is told of groups before they change by rows; null: nobody

 private:
    void change(std::uint32_t group, std::int64_t by);
    /// Adds up the rows of m_groups, as `state` has them.
    Status addRows(const StateReader& state);

    bool m_updating;
    /// Rows of each group, of an updating input only. Less than 0: a row was taken back that is in another
    /// state, into which this one will be merged, or which will be merged into this one.
    std::vector<std::int64_t> m_rows;
    std::size_t m_counted = 0;                       ///< entries of m_rows that are not 0
    std::vector<std::uint32_t> m_groups, m_sources;  ///< of one call; kept for their memory
};

/// One state being merged into another, as far as the calls' budgets go.
class GroupMerge {
 public:
    void begin(const GroupState& from, GroupState& into) {
        m_from = &from;
        m_into = &into;
        m_next = 0;
    }
    bool busy() const { return m_from != nullptr; }
    /// Goes on. Neither state may have changed in between but for this.
    void run(CallBudget& budget);

 private:
    const GroupState* m_from = nullptr;
    GroupState* m_into = nullptr;
    std::size_t m_next = 0;  ///< group of m_from
};

}  // namespace rw
