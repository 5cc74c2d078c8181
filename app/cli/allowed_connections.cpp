#include "app/cli/allowed_connections.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string_view>

#include "app/cli/load.h"
#include "core/launch/saved_here.h"
#include "core/pipeline/param_values.h"

namespace rw::cli {

namespace {

constexpr const char* kAllowVariable = "RILLWRIGHT_ALLOW_CONNECTIONS";

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

bool allSavedHere(const Plan& plan, const std::string& text) {
    return wasSavedHere(text) &&
           std::all_of(plan.subflows.begin(), plan.subflows.end(),
                       [](const auto& subflow) { return wasSavedHere(subflow.second->text); });
}

/// Each with the first node that names it.
std::map<std::string, NodeId> namedConnections(const Plan& plan, bool replays) {
    std::map<std::string, NodeId> named;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (replays && node.kind->group == NodeGroup::Source) continue;
            for (const ParamSpec& spec : node.kind->params) {
                for (const NamedConnection& each : connectionsNamedBy(spec, node.declared->params))
                    named.emplace(each.name, node.node);
            }
        }
    }
    return named;
}

}  // namespace

bool connectionsAllowed(const Plan& plan, const std::string& text, const PipelineOptions& options,
                        bool replays) {
    const std::map<std::string, NodeId> named = namedConnections(plan, replays);
    if (named.empty() || allSavedHere(plan, text)) return true;
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

}  // namespace rw::cli
