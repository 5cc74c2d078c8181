// Keys and the aggregates of each: the state of a slice, of a window being put together, of all sessions.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/stream/aggregate_rows.h"
#include "core/stream/call_budget.h"
#include "core/stream/key_table.h"
#include "core/stream/window_plan.h"

namespace rw {

/// One accumulator per aggregate; group g of each belongs together.
class Aggregates {
 public:
    explicit Aggregates(const std::vector<sql::BoundAggregate>& aggregates);

    void resize(std::size_t groups);
    void update(AggregateRows& input, std::span<const std::uint32_t> rows,
                std::span<const std::uint32_t> groups);
    void merge(const Aggregates& other, std::span<const std::uint32_t> sources,
               std::span<const std::uint32_t> targets);
    void clear(std::span<const std::uint32_t> groups);
    std::vector<sql::Vector> finish(std::span<const std::uint32_t> groups) const;
    std::size_t memoryBytes() const;

 private:
    std::vector<std::unique_ptr<sql::Accumulator>> m_accumulators;
};

struct GroupState {
    explicit GroupState(const WindowPlan& plan) : keys(plan.keyTypes), aggregates(plan.aggregates) {}

    /// Adds rows of the batch that `input` has taken.
    void update(AggregateRows& input, std::span<const std::uint32_t> rows);
    void merge(const GroupState& other) { merge(other, 0, other.keys.size()); }
    /// The same for `count` groups of `other` from `from` on.
    void merge(const GroupState& other, std::size_t from, std::size_t count);
    std::size_t memoryBytes() const { return keys.memoryBytes() + aggregates.memoryBytes(); }

    KeyTable keys;
    Aggregates aggregates;

 private:
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
