#include "core/nodes/subflow_port.h"

#include "core/nodes/pass_rows.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

Result<Made> makePort(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<PassRows>());
}

}  // namespace

std::shared_ptr<const NodeKind> insideKind(const NodeKind& alone, BindFn bind) {
    auto kind = std::make_shared<NodeKind>(alone);
    kind->group = NodeGroup::Transform;
    kind->inputs = {{"in", RW_TEXT("node", "rows")}};
    kind->outputs = {{"out", RW_TEXT("node", "rows")}};
    kind->bind = bind;
    kind->make = makePort;
    return kind;
}

}  // namespace rw
