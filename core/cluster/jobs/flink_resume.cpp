#include "core/cluster/jobs/flink_resume.h"

#include <re2/re2.h>

#include <algorithm>
#include <filesystem>

#include "core/cluster/flink_graph.h"

namespace rw {

namespace {

Issue resumeIssue(Text message, Text fix, const NodeId& node = {}) {
    return issueOf({ErrorCode::Invalid, std::move(message), std::move(fix), node});
}

/// Flink writes one and the same place as “file:/a/b”, “file:///a/b” or “/a/b/”.
std::string plainPlace(std::string place) {
    while (place.size() > 1 && place.ends_with('/')) place.pop_back();
    constexpr std::string_view kFile = "file:";
    if (!place.starts_with(kFile)) return place;
    place.erase(0, kFile.size());
    const std::size_t path = place.find_first_not_of('/');
    return "/" + (path == std::string::npos ? std::string() : place.substr(path));
}

/// Files of sources do not matter; those of subflows are part of the pipeline.
ValidateOptions forecastOptions(ValidateOptions options, const Pipeline& pipeline) {
    options.files = std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(),
                                [](const Node& node) { return node.type == "subflow"; });
    return options;
}

Result<Forecast> forecastFrom(const Deployment& from, const ClusterRequest& request, const Pipeline& edited,
                              const FlinkGraph& graph) {
    ValidateOptions before = forecastOptions(request.validate, from.pipeline);
    before.variables.clear();  // the record has its values
    if (before.folder.empty() && !from.file.empty())
        before.folder = std::filesystem::path(from.file).parent_path().string();
    const ValidateOptions now = forecastOptions(request.validate, edited);
    ForecastRules rules;
    rules.keeper = stateKeeperOf(from);
    rules.allowLostState = request.allowLostState;
    if (!from.graph.empty() && !graph.empty()) rules.sameOperators = sameOperators(from.graph, graph);
    return forecast({from.pipeline, before}, {edited, now}, *request.catalogue, rules);
}

/// Why the forecast leaves no way; empty: there is one.
std::vector<Issue> obstacles(const Forecast& told, bool allowLostState) {
    if (told.possible()) return {};
    if (told.refusedAsIs && !allowLostState)
        return {
            resumeIssue(told.refusal, RW_TEXT("forecast", "Allow that state is lost, or deploy it anew."))};
    std::vector<Issue> issues;
    for (const auto& [id, node] : told.nodes) {
        // Of a subflow the nodes inside it are told.
        if (node.fate == StateFate::Cannot && !told.isSubflow(id))
            issues.push_back(resumeIssue(node.why, node.fix, id));
    }
    return issues;
}

void resumePlanned(const ClusterRequest& request, const FlinkGraph& graph, FlinkResume& out) {
    const Text anew = RW_TEXT("cluster", "Deploy it anew, without the savepoint.");
    if (request.target.flink.planFolder.empty()) {
        out.issues.push_back(resumeIssue(
            RW_TEXT(
                "cluster",
                "The job of the savepoint was given in as a compiled plan, and “%1” has no folder of plans "
                "now: Flink would not find whose state is whose.")
                .with(request.target.name),
            RW_TEXT("cluster", "Name the folder of plans in the target, or deploy anew.")));
    } else if (graph.empty()) {
        out.issues.push_back(resumeIssue(
            RW_TEXT("cluster", "Flink's plan can't be read here, so that nobody knows whose state is whose."),
            anew));
    }
    if (out.issues.empty()) out.planned = true;
}

}  // namespace

StateKeeper stateKeeperOf(const Deployment& from) {
    return from.plan.empty() ? StateKeeper::FlinkSql : StateKeeper::FlinkPlan;
}

std::optional<Deployment> deploymentOfSavepoint(const std::vector<Deployment>& deployments,
                                                const std::string& savepoint) {
    const std::string wanted = plainPlace(savepoint);
    for (const Deployment& each : deployments) {
        const bool left = std::any_of(each.savepoints.begin(), each.savepoints.end(),
                                      [&](const Savepoint& one) { return plainPlace(one.path) == wanted; });
        // A checkpoint that was kept is below the job's id: “…/5f3a…/chk-8”.
        if (left || wanted.find("/" + each.job + "/") != std::string::npos) return each;
    }
    // No program watched when it was made. Its name has the beginning of the job's id: “savepoint-5f3a1b-…”.
    static const RE2 kNamed("/savepoint-([0-9a-f]{6})-[0-9a-f]+$");
    std::string begin;
    if (!RE2::PartialMatch(wanted, kNamed, &begin)) return std::nullopt;
    std::optional<Deployment> only;
    for (const Deployment& each : deployments) {
        if (!each.job.starts_with(begin)) continue;
        if (only) return std::nullopt;
        only = each;
    }
    return only;
}

FlinkResume resumeOnFlink(const ClusterRequest& request, const Pipeline& edited, const FlinkGraph& graph) {
    FlinkResume out;
    const bool wanted = !request.target.flink.planFolder.empty();
    if (request.savepoint.empty()) {
        out.planned = wanted && !graph.empty();
        if (wanted && !out.planned)
            out.notes.push_back(RW_TEXT(
                "cluster", "Flink's plan can't be read here: the job is given in as SQL, not as a plan."));
        return out;
    }
    const DeploymentStore store =
        request.deployments.empty() ? DeploymentStore() : DeploymentStore(request.deployments);
    out.from = deploymentOfSavepoint(store.all(), request.savepoint);
    if (!out.from) {
        if (wanted)
            out.notes.push_back(
                RW_TEXT("cluster",
                        "Nobody here knows the job of the savepoint: the pipeline is given in as "
                        "SQL, not as a plan."));
        return out;
    }
    const bool planned = !out.from->plan.empty();
    if (planned) resumePlanned(request, graph, out);
    if (!planned && wanted)
        out.notes.push_back(RW_TEXT(
            "cluster",
            "The job of the savepoint was given in as SQL, where Flink names operators itself: this one "
            "is given in as SQL, too. Jobs that are deployed anew get a plan."));
    if (!out.issues.empty()) return out;
    Result<Forecast> told = forecastFrom(*out.from, request, edited, graph);
    if (told.ok()) {
        // If it is not known which operators the planner makes, Flink itself may be asked.
        if (planned || (!out.from->graph.empty() && !graph.empty()))
            out.issues = obstacles(*told, request.allowLostState);
        out.told = std::move(*told);
    } else if (planned) {
        out.issues.push_back(
            resumeIssue(RW_TEXT("cluster", "What becomes of the state of the savepoint is not known: %1")
                            .with(told.error().message),
                        RW_TEXT("cluster", "Deploy it anew, without the savepoint.")));
    }
    return out;
}

}  // namespace rw
