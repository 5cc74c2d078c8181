// A node type with two inputs and two late ports, as joins have, to design with: it makes no operator.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "core/nodes/join_params.h"
#include "core/stream/operator.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw::test {

inline BoundNodeRef bindPairs(BindContext& context) {
    JoinPlan plan;
    if (!bindJoin(context, RW_TEXT("test", "Join the rows before they change."), plan)) return nullptr;
    auto bound = std::make_shared<BoundNode>();
    StreamType pairs = plan.left;
    pairs.schema = plan.both;
    bound->outputs = {std::move(pairs), lateStream(plan.left, false), lateStream(plan.right, false)};
    bound->distribution = joinDistribution(plan);
    bound->summary = joinSummary(context);
    return bound;
}

inline Result<Made> makePairs(const BoundNode&, const MakeContext&) {
    return Status(ErrorCode::Internal, RW_TEXT("test", "Pairs are not for running."));
}

inline NodeKind pairsKind() {
    const auto late = [](const char* name, const char* label) {
        return PortSpec{name, Text{"test", label}, PortRole::Late};
    };
    NodeKind kind;
    kind.type = "pairs";
    kind.group = NodeGroup::Window;
    kind.name = RW_TEXT("test", "Pairs");
    kind.palette = {{kind.name, RW_TEXT("test", "Rows that meet"), "union"}};
    kind.inputs = joinInputs();
    kind.outputs = {
        {"out", RW_TEXT("test", "rows")}, late("late_left", "late left"), late("late_right", "late right")};
    kind.params = {onParam(), joinKindParam({JoinKind::Inner, JoinKind::Left})};
    kind.bind = bindPairs;
    kind.make = makePairs;
    return kind;
}

inline Catalogue withPairs(const Catalogue& others) {
    std::vector<NodeKind> kinds = others.kinds();
    kinds.push_back(pairsKind());
    return Catalogue(std::move(kinds));
}

}  // namespace rw::test
