// Conditions on rows that are made of others.
#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/sql/bound.h"
#include "core/stream/lineage/contributors.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

/// Rows for which SQL over their columns is true.
class WhereCondition final : public RowPredicate {
 public:
    WhereCondition(sql::BoundRef condition, sql::EvalContext eval)
        : m_condition(std::move(condition)), m_eval(eval) {}
    RowPart of(const Batch& rows, std::size_t row) const override;
    void each(const Batch& rows, const std::function<void(std::size_t, const RowPart&)>& told) const override;
    /// Why it could not be computed for some row, which counts as one for which it is not true; empty: it
    /// could for all. After the run that asked it.
    const Text& failure() const { return m_failure; }

 private:
    /// Of `rows` those for which it is true.
    std::vector<std::uint32_t> select(const Batch& rows) const;

    const sql::BoundRef m_condition;
    const sql::EvalContext m_eval;
    mutable Text m_failure{};  ///< of the thread that the run is on
};

/// Rows of a number in their source that a condition takes; without a condition all of that number. Rows
/// without a number have no part.
class PlaceCondition final : public RowPredicate {
 public:
    PlaceCondition(RowPredicateRef condition, std::int64_t position)
        : m_condition(std::move(condition)), m_position(position) {}
    RowPart of(const Batch& rows, std::size_t row) const override;

 private:
    const RowPredicateRef m_condition;
    const std::int64_t m_position;
};

/// Rows that one of several conditions takes; late ones where none takes it. Of many that want one row each
/// only those are asked that may.
class AnyCondition final : public RowPredicate {
 public:
    explicit AnyCondition(std::vector<RowPredicateRef> conditions);
    RowPart of(const Batch& rows, std::size_t row) const override;
    void each(const Batch& rows, const std::function<void(std::size_t, const RowPart&)>& told) const override;

 private:
    using Some = std::vector<const RowPredicate*>;
    /// Those that want equal columns, by the text of these.
    struct ByColumns {
        const RowMatch* shape = nullptr;
        std::unordered_map<std::string, Some> conditions{};
    };
    const std::vector<RowPredicateRef> m_conditions;
    std::unordered_map<std::int64_t, Some> m_byPosition{};
    std::vector<ByColumns> m_byColumns{};
    Some m_others{};
};

/// Rows of an input of a node that would be taken at its output by `below`, were they let through.
class PassedCondition final : public RowPredicate {
 public:
    struct Through {
        const TellsContributors* node = nullptr;  ///< outlives this
        int input = 0, port = 0;
        sql::EvalContext eval{};
    };
    PassedCondition(Through through, RowPredicateRef below) : m_through(through), m_below(std::move(below)) {}
    RowPart of(const Batch& rows, std::size_t row) const override;
    void each(const Batch& rows, const std::function<void(std::size_t, const RowPart&)>& told) const override;

 private:
    const Through m_through;
    const RowPredicateRef m_below;
};

/// Those of them that are not let through.
class LeftOutCondition final : public RowPredicate {
 public:
    LeftOutCondition(PassedCondition::Through through, RowPredicateRef below)
        : m_through(through), m_below(std::move(below)) {}
    RowPart of(const Batch& rows, std::size_t row) const override;
    void each(const Batch& rows, const std::function<void(std::size_t, const RowPart&)>& told) const override;

 private:
    const PassedCondition::Through m_through;
    const RowPredicateRef m_below;
};

}  // namespace rw
