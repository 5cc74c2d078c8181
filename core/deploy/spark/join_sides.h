// The two sides of a join in Spark, called `left` and `right`, their columns and conditions.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "core/deploy/form.h"
#include "core/stream/joins/join_plan.h"

namespace rw {

/// One join while it is written; refers to the form.
class SparkJoin {
 public:
    SparkJoin(NodeForm& form, const JoinPlan& plan);

    /// The rows of a side where they are not those of its wire; `made`: they have the mark elsewhere.
    void setRows(JoinPort side, std::string rows, bool marked);
    /// “`left`.`id`”
    std::string column(JoinPort side, std::string_view name) const;
    /// The same of the column with the mark; of the user's event time.
    std::string markedTime(JoinPort side) const;
    std::string eventTime(JoinPort side) const;
    /// Column `column` of a side as the output calls it, without the mark.
    std::string item(JoinPort side, std::size_t column, const std::string& name) const;
    /// All columns of both sides so, by the names of the output.
    std::vector<std::string> pairs() const;
    /// `on`, and the further conditions; in a full join also that no key is NULL: Spark lets NULL keys meet
    /// there.
    std::string condition(const std::vector<std::string>& more) const;
    /// “inner”, “left_semi”
    std::string kind() const;
    /// The join, with `.selectExpr(items)`; `where` before that, if it is not empty.
    std::string joined(const std::string& condition, const std::vector<std::string>& items,
                       const std::string& where = {}) const;

 private:
    const StreamType& stream(JoinPort side) const { return side == kLeft ? m_plan.left : m_plan.right; }
    NodeForm& m_form;
    const JoinPlan& m_plan;
    std::array<std::string, 2> m_rows{};
    std::array<bool, 2> m_marked{true, true};  ///< a column of the side itself has the mark
};

}  // namespace rw
