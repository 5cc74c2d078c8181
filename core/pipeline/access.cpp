#include "core/pipeline/access.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <set>

#include "core/pipeline/checks/connection_check.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/used_paths.h"

namespace rw {

namespace {

using SubflowPaths = std::vector<std::pair<std::string, NodeId>>;

Access accessOf(UsedPath used) {
    Access access;
    access.kind = used.spec->kind == ParamKind::OutputPath ? Access::Kind::Writes : Access::Kind::Reads;
    access.target = used.file.path.native();
    access.part = std::move(used.partName);
    if (used.node != nullptr) access.node = used.node->id;
    access.title = std::move(used.title);
    access.adds = used.adds;
    access.keeps = used.keeps;
    access.partState = used.spec->partState;
    return access;
}

bool reachesConnections(const NodeKind& kind) {
    return std::any_of(kind.params.begin(), kind.params.end(),
                       [](const ParamSpec& spec) { return namesConnections(spec.kind); });
}

}  // namespace

std::string Access::identity() const {
    std::string name(1, kind == Kind::Reads    ? 'r'
                        : kind == Kind::Writes ? 'w'
                        : kind == Kind::Sends  ? 's'
                                               : 'x');
    name.append(target).append(1, '\0').append(lowerCased(part));
    return name;
}

std::vector<Access> accessesOf(const Pipeline& outside, const Catalogue& catalogue,
                               const ValidateOptions& options, const Validated& validated, bool onlyCharts) {
    std::vector<Issue> reported;  // validation told them
    const Pipeline& pipeline = validated.expanded ? validated.expanded->pipeline : outside;
    const Variables variables = variablesOf(pipeline, options, reported);
    const Graph graph = buildGraph(pipeline, catalogue, reported);
    std::vector<Access> accesses;
    std::set<std::string> seen;
    const auto add = [&](Access access) {
        if (seen.insert(access.identity()).second) accesses.push_back(std::move(access));
    };
    const auto isLeftOut = [&catalogue, onlyCharts](const Node& node) {
        const NodeKind* const kind = onlyCharts ? catalogue.of(node) : nullptr;
        return kind != nullptr && kind->group == NodeGroup::Sink && !kind->chart;
    };
    for (UsedPath& used : usedPaths(graph, variables, options.folder)) {
        if (used.node == nullptr || !isLeftOut(*used.node)) add(accessOf(std::move(used)));
    }
    // Subflows that were not read yet were replaced by nothing: the graph does not know them as subflows.
    for (const auto& [path, subflow] : validated.expanded ? validated.expanded->files : SubflowPaths()) {
        const Node* const node = outside.find(subflow);
        Access access;
        access.target = FileIdentity::of(path).path.native();
        access.node = subflow;
        if (node != nullptr) access.title = node->shownTitle();
        add(std::move(access));
    }
    std::optional<Pipeline> today;  // with the values of its variables
    const KnownConnectionList* const known = options.connections.get();
    for (const GraphNode& node : graph.nodes) {
        if (!node.runs || isLeftOut(*node.node)) continue;
        if (const NodeKind* kind = catalogue.of(*node.node); kind != nullptr && reachesConnections(*kind)) {
            if (!today) today = withVariables(pipeline, options);
            const Node* const now = today->find(node.node->id);
            for (Access& access : connectionAccesses(now != nullptr ? *now : *node.node, *kind, known)) {
                access.node = node.node->id;
                access.title = node.node->shownTitle();
                add(std::move(access));
            }
        }
        const auto typed = validated.nodes.find(node.node->id);
        if (typed == validated.nodes.end() || !typed->second.bound) continue;
        for (Access access : typed->second.bound->accesses) {
            access.node = node.node->id;
            access.title = node.node->shownTitle();
            if (access.lookUpPart) access.part = access.lookUpPart();
            add(std::move(access));
        }
    }
    return accesses;
}

std::optional<std::string> outputState(const Access& written) {
    struct stat found {};
    if (!written.isFile() || isDevice(written.target) || ::stat(written.target.c_str(), &found) != 0)
        return std::nullopt;
    if (!written.part.empty() && written.partState != nullptr)
        return written.partState(written.target, written.part);
    // The time of the last change of status, which can't be set back, as that of the last write can be.
    return fmt::format("file {} {} {} {}.{:09}", found.st_dev, found.st_ino, found.st_size,
                       found.st_ctim.tv_sec, found.st_ctim.tv_nsec);
}

}  // namespace rw
