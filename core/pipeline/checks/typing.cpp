#include "core/pipeline/checks/typing.h"

#include <algorithm>

#include "core/pipeline/checks/comparison_check.h"
#include "core/pipeline/checks/connection_check.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/join_sides.h"
#include "core/pipeline/validate.h"

namespace rw {

namespace {

bool overwritesVariables(const Node& node, const QuickFix& fix) {
    const auto it = node.params.find(fix.param);
    return (fix.kind == QuickFix::Kind::SetParam && fix.node == node.id && it != node.params.end() &&
            usesVariables(*it)) ||
           std::any_of(fix.then.begin(), fix.then.end(),
                       [&node](const QuickFix& next) { return overwritesVariables(node, next); });
}

/// Takes fixes away that would overwrite `${name}` in the file by its value of today.
void keepVariables(const Node& node, std::vector<Issue>& issues, std::size_t from) {
    for (std::size_t i = from; i < issues.size(); ++i)
        std::erase_if(issues[i].quickFixes,
                      [&node](const QuickFix& fix) { return overwritesVariables(node, fix); });
}

/// A condition of a join that is not there yet can be begun from the columns that both sides have. bind() is
/// not asked before it is there.
void offerConditions(const Node& node, const NodeKind& kind, const Reaching& reaching,
                     std::vector<Issue>& issues, std::size_t from) {
    for (std::size_t i = from; i < issues.size(); ++i) {
        const ParamSpec* spec = issues[i].missing ? kind.param(issues[i].param) : nullptr;
        if (spec == nullptr || spec->kind != ParamKind::JoinCondition) continue;
        const JoinSides sides = joinSides(kind, node.params, reaching.streams);
        for (const std::string& condition : likelyConditions(sides)) {
            QuickFix fix;
            fix.label = RW_TEXT("join", "Use %1").with(condition);
            fix.node = node.id;
            fix.param = spec->name;
            fix.value = condition;
            issues[i].quickFixes.push_back(std::move(fix));
        }
    }
}

/// Whether the files of a node may be looked at; those that may not be were told.
bool reachesPaths(const NodeKind& kind, const BindContext& context, const FileReach& reach) {
    return std::all_of(kind.params.begin(), kind.params.end(), [&](const ParamSpec& spec) {
        if (spec.kind != ParamKind::InputPath && spec.kind != ParamKind::OutputPath) return true;
        const std::string path = context.path(spec.name);
        return path.empty() || path == "-" || reach.allows(path);
    });
}

}  // namespace

Producer producerOf(const Node& node, const NodeKind& kind, const std::string& input,
                    const TypedNode& typed) {
    return {node.id, input, node.shownTitle(), kind.param("event_time") != nullptr, typed.keys, typed.maker};
}

std::string makerOf(const Node& node, const Reaching& reaching) {
    for (std::size_t port = 0; port < reaching.streams.size(); ++port) {
        for (std::size_t wire = 0; wire < reaching.streams[port].size(); ++wire) {
            if (reaching.streams[port][wire].made) return reaching.producers[port][wire].maker;
        }
    }
    return node.shownTitle();
}

BoundNodeRef typeNode(const Node& node, const NodeKind& kind, const TypingScope& scope, Reaching reaching,
                      std::vector<Issue>& issues) {
    const std::size_t first = issues.size();
    const CheckedParams params = checkParams(node, kind, scope.variables, scope.folder, scope.look, issues);
    const std::size_t checked = issues.size();
    if (scope.connections) checkConnections(params.node, kind, *scope.connections, issues);
    keepVariables(node, issues, checked);
    offerConditions(params.node, kind, reaching, issues, first);
    if (!reaching.complete || !params.complete) return nullptr;
    if (kind.bind == nullptr) return nullptr;  // a subflow whose file is not in place: that was said
    const std::size_t before = issues.size();
    checkComparisons(params.node, kind, reaching.streams, issues);
    BindContext context(params.node, kind.params, scope.settings, scope.folder, std::move(reaching.streams),
                        issues, std::move(reaching.producers));
    context.setConnections(scope.connections);
    BoundNodeRef bound = kind.bind(context);
    const bool looks = scope.look != nullptr && kind.checkFiles != nullptr;
    if (bound && looks && reachesPaths(kind, context, scope.look->reach)) kind.checkFiles(*bound, context);
    keepVariables(node, issues, before);
    return context.failed() ? nullptr : bound;
}

}  // namespace rw
