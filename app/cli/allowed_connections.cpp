#include "app/cli/allowed_connections.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string_view>

#include "app/cli/load.h"
#include "core/launch/saved_here.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/variables.h"

namespace rw::cli {

namespace {

constexpr const char* kAllowVariable = "RILLWRIGHT_ALLOW_CONNECTIONS";
constexpr const char* kAllowPythonVariable = "RILLWRIGHT_ALLOW_PYTHON";

/// Names with commas between; blanks around them do not count.
void addNames(std::string_view text, std::set<std::string>& names) {
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view name = text.substr(0, comma);
        while (name.starts_with(' ')) name.remove_prefix(1);
        while (name.ends_with(' ')) name.remove_suffix(1);
        if (!name.empty()) names.emplace(name);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
}

std::set<std::string> allowedNames(const PipelineOptions& options) {
    std::set<std::string> names;
    for (const std::string& words : options.allowedConnections) addNames(words, names);
    if (const char* variable = std::getenv(kAllowVariable)) addNames(variable, names);
    return names;
}

/// The fingerprints of the code that the nodes run, each with its first node.
std::map<std::string, NodeId> codeOf(const Plan& plan) {
    std::map<std::string, NodeId> code;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            for (const Access& access : node.bound->accesses) {
                if (access.kind != Access::Kind::Runs) continue;
                code.emplace(access.lookUpPart ? access.lookUpPart() : access.part, node.node);
            }
        }
    }
    return code;
}

/// Whether all of this code is named by --allow-python. Prints which is not, and what to do.
bool codeAllowed(const std::map<std::string, NodeId>& code, const PipelineOptions& options) {
    std::set<std::string> allowed;
    for (const std::string& words : options.allowedPython) addNames(words, allowed);
    if (const char* variable = std::getenv(kAllowPythonVariable)) addNames(variable, allowed);
    bool all = true;
    for (const auto& [fingerprint, node] : code) {
        if (allowed.count(fingerprint) > 0) continue;
        all = false;
        const Status refused = {
            ErrorCode::Denied,
            RW_TEXT("cli",
                    "The pipeline may not run its Python code: your designer did not save it as it is now."),
            RW_TEXT("cli",
                    "Read the code, and save the pipeline in the designer, or allow this code with "
                    "--allow-python %1.")
                .with(fingerprint)};
        printMessage("error", english(refused.at(node).error()));
    }
    return all;
}

bool allSavedHere(const std::map<NodeId, SubflowFileRef>& subflows, const std::string& text) {
    return wasSavedHere(text) && std::all_of(subflows.begin(), subflows.end(), [](const auto& subflow) {
               return wasSavedHere(subflow.second->text);
           });
}

/// Each with the first node that names it.
using NamedByNodes = std::map<std::string, NodeId>;

void addNamed(const NodeKind& kind, const Json& params, const NodeId& node, NamedByNodes& named) {
    for (const ParamSpec& spec : kind.params) {
        for (const NamedConnection& each : connectionsNamedBy(spec, params)) named.emplace(each.name, node);
    }
}

NamedByNodes namedConnections(const Plan& plan, bool replays) {
    NamedByNodes named;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (replays && node.kind->group == NodeGroup::Source) continue;
            addNamed(*node.kind, node.declared->params, node.node, named);
        }
    }
    return named;
}

}  // namespace

bool namesAllowed(const std::map<std::string, NodeId>& named, const PipelineOptions& options) {
    const std::set<std::string> allowed = allowedNames(options);
    bool all = true;
    for (const auto& [connection, node] : named) {
        if (allowed.count(connection) > 0) continue;
        all = false;
        const Status refused = {
            ErrorCode::Denied,
            RW_TEXT(
                "cli",
                "The pipeline may not use the connection “%1”: your designer did not save it as it is now.")
                .with(connection),
            RW_TEXT("cli",
                    "Look at it, and save it in the designer, or allow the connection with "
                    "--allow-connections %1.")
                .with(connection)};
        printMessage("error", english(refused.at(node).error()));
    }
    return all;
}

bool connectionsAllowed(const Plan& plan, const std::string& text, const PipelineOptions& options,
                        bool replays) {
    const NamedByNodes named = namedConnections(plan, replays);
    const std::map<std::string, NodeId> code = codeOf(plan);
    if ((named.empty() && code.empty()) || allSavedHere(plan.subflows, text)) return true;
    const bool connections = namesAllowed(named, options);
    return codeAllowed(code, options) && connections;
}

bool connectionsAllowed(const Pipeline& pipeline, const ValidateOptions& validating,
                        const Validated& validated, const std::string& text, const PipelineOptions& options) {
    static const std::map<NodeId, SubflowFileRef> kNoSubflows;
    const Pipeline& runs = validated.expanded ? validated.expanded->pipeline : pipeline;
    const Pipeline now = withVariables(runs, validating);
    NamedByNodes named;
    for (const NodeId& id : validated.order) {
        const Node* const node = now.find(id);
        const NodeKind* const kind = node != nullptr ? catalogue().of(*node) : nullptr;
        if (kind != nullptr) addNamed(*kind, node->params, id, named);
    }
    return named.empty() ||
           allSavedHere(validated.expanded ? validated.expanded->subflows : kNoSubflows, text) ||
           namesAllowed(named, options);
}

}  // namespace rw::cli
