#include "core/look/reaching_out.h"

#include <algorithm>

#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"

namespace rw {

namespace {

bool needsConnection(const Node& node, const NodeKind& kind) {
    return std::any_of(kind.params.begin(), kind.params.end(), [&](const ParamSpec& spec) {
        return namesConnections(spec.kind) && applies(spec, kind, node.params) &&
               !connectionsNamedBy(spec, node.params).empty();
    });
}

}  // namespace

std::optional<NoLook> reachesOut(const Node& node, const NodeKind& kind, const BoundNode& bound) {
    if (kind.group == NodeGroup::Source) {
        if (!needsConnection(node, kind) && bound.accesses.empty() && !bound.readOnce) return std::nullopt;
        return NoLook{
            RW_TEXT("look", "“%1” is live: it has rows while it runs, and none before.")
                .with(node.shownTitle()),
            RW_TEXT("look",
                    "Run the pipeline; or put a file or a generator with the same columns in its place.")};
    }
    const bool code = std::any_of(bound.accesses.begin(), bound.accesses.end(),
                                  [](const Access& access) { return access.kind == Access::Kind::Runs; });
    if (code) {
        return NoLook{RW_TEXT("look", "“%1” runs code, which a sample does not.").with(node.shownTitle()),
                      RW_TEXT("look", "Look at a node before it, or run the pipeline.")};
    }
    if (!needsConnection(node, kind) && bound.accesses.empty()) return std::nullopt;
    return NoLook{
        RW_TEXT("look", "“%1” asks another system, which a sample does not.").with(node.shownTitle()),
        RW_TEXT("look", "Look at a node before it, or run the pipeline.")};
}

}  // namespace rw
