// The common parts of joins in Flink SQL: their sides, called `left` and `right`, their columns and
// conditions.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "core/deploy/form.h"
#include "core/stream/joins/join_plan.h"

namespace rw {

/// One join while it is written; refers to the form.
class FlinkJoin {
 public:
    FlinkJoin(NodeForm& form, const JoinPlan& plan);

    /// The names of a side's columns there, quoted, where they are not their own.
    void name(JoinPort side, std::function<std::string(int)> column) {
        m_names[static_cast<std::size_t>(side)] = std::move(column);
    }
    /// “`left`.`id`”
    std::string column(JoinPort side, int column) const;
    /// The same; event time as a plain column.
    std::string plainColumn(JoinPort side, int column) const;
    /// The text behind ON.
    std::string condition() const;
    /// The select list of pairs; column `eventTime` of the result stays event time.
    std::string pairs(const StreamType& output) const;
    /// “LEFT JOIN”
    std::string words() const;

 private:
    const StreamType& stream(JoinPort side) const { return side == kLeft ? m_plan.left : m_plan.right; }
    NodeForm& m_form;
    const JoinPlan& m_plan;
    std::array<std::function<std::string(int)>, 2> m_names{};
};

/// “`bids` AS `left`”
std::string flinkSide(const std::string& relation, JoinPort side);

}  // namespace rw
