// subflow_output: where rows leave a subflow. In a file that is opened by itself, a sink that keeps nothing.
#include "core/nodes/column_defs.h"
#include "core/nodes/pass_rows.h"
#include "core/nodes/subflow_port.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class KeepsNothing final : public Sink {
 public:
    Status onBatch(const Batch&) override { return {}; }
};

BoundNodeRef bindOutputAlone(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    bound->summary = columnCount(context.input().schema->size());
    return bound;
}

BoundNodeRef bindOutputInside(BindContext& context) {
    auto bound = std::make_shared<BoundPass>();
    bound->outputs = {context.input()};
    return bound;
}

Result<Made> makeKeepsNothing(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<KeepsNothing>());
}

}  // namespace

NodeKind subflow_outputKind() {
    NodeKind kind;
    kind.type = "subflow_output";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("subflow_output", "Subflow output");
    kind.palette = {{kind.name, RW_TEXT("subflow_output", "Where rows leave a subflow"), "subflow_output"}};
    kind.subflow = SubflowRole::Output;
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.bind = bindOutputAlone;
    kind.make = makeKeepsNothing;
    kind.inside = insideKind(kind, bindOutputInside);
    return kind;
}

}  // namespace rw
