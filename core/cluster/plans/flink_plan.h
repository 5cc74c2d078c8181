// A compiled plan, as Flink's COMPILE PLAN writes it and EXECUTE PLAN takes it. The state of an operator is
// found by its number in the plan; other numbers may be put in, and words before descriptions.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/cluster/flink_graph.h"

namespace rw {

struct PlanOperator {
    int number = 0;      ///< as Flink gave it
    std::string type{};  ///< “stream-exec-calc”, without the version of its form
    std::string name{};  ///< “Calc”
    std::string text{};  ///< its description, “Calc(select=[…])”
    std::vector<std::size_t> inputs{};
};

class FlinkPlan {
 public:
    static Result<FlinkPlan> read(std::string_view text);

    /// Sources first.
    const std::vector<PlanOperator>& operators() const { return m_operators; }
    /// The plan with these numbers, one for each operator, all of them different; and “head: ” before each
    /// description whose head is not empty.
    std::string text(const std::vector<int>& numbers, const std::vector<std::string>& heads) const;

 private:
    Json m_json{};
    std::vector<PlanOperator> m_operators{};
    std::vector<std::size_t> m_places{};  ///< of each operator, among the nodes of the JSON
};

/// For each operator of a graph that Flink's planner made of the same statements, its place in the plan;
/// nothing for one without a number. Empty: they are not of the same statements.
std::vector<std::optional<std::size_t>> placesInPlan(const FlinkGraph& graph, const FlinkPlan& plan);

}  // namespace rw
