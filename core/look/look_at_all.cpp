// The look at a whole pipeline: what cannot run is left out, until the rest does.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/look/look_run.h"
#include "core/look/look_turn.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

/// How often nodes are found that fail only in the run; each time the rest is run again.
constexpr int kMostRuns = 4;
constexpr std::size_t kLeastBytes = 1'024;  ///< of the rows of a port: the first batch is always kept

class LookingAtAll {
 public:
    explicit LookingAtAll(const LookRequest& request) : m_request(request), m_each(request), m_run(m_each) {
        for (const Wire& wire : request.pipeline.wires) m_takers[wire.from.node].push_back(&wire.to.node);
    }

    LookResult look() {
        const LookTurn turn([this] { return m_run.stops(); });
        LookResult result;
        if (turn.has() && check()) result = runUntilItHolds();
        result.issues = std::move(m_issues);
        result.seconds = m_run.seconds();
        if (m_request.isCancelled()) result.end = LookResult::End::Cancelled;
        return result;
    }

 private:
    /// What is wrong before anything runs; false: nobody waits for the answer any more.
    bool check() {
        ValidateOptions options = m_request.validating;
        options.files = true;
        options.permits = nullptr;
        m_checked = validate(m_request.pipeline, m_request.catalogue, options, m_request.trust);
        m_flat = LookRun::flatOf(m_request.pipeline, m_checked);
        for (const Issue& issue : m_checked.issues) {
            if (isNotLookedAt(issue)) {
                leaveOut(outOfReach(issue));
            } else if (issue.severity == Severity::Error) {
                leaveOut(issue);
            }
        }
        for (const Node& node : m_request.pipeline.nodes) {
            if (m_request.catalogue.of(node) == nullptr) leaveOut(node.id);
        }
        return !m_run.stops();
    }

    LookResult runUntilItHolds() {
        LookResult result;
        for (int runs = 0; runs < kMostRuns && planned(); ++runs) {
            result = {};
            m_run.run(result);
            const bool again = blameTheFailed(result);
            for (const LookedSource& source : result.sources) {
                // Rows that were not read are not none.
                if (!source.missing.empty() && source.rows == 0)
                    leaveOut(issueOf(source.node, {source.missing, source.fix}));
            }
            if (!again || m_run.stops()) break;
        }
        result.sources.insert(result.sources.end(), m_silent.begin(), m_silent.end());
        for (Watched& port : m_ports) {
            if (m_out.count(port.port.from.node) == 0) result.outputs.push_back(std::move(port.port));
        }
        return result;
    }

    /// Whether a node that made the run fail was found, without which it may not.
    bool blameTheFailed(const LookResult& result) {
        if (result.end != LookResult::End::Failed) return false;
        const Error& error = result.failed.error();
        const NodeId node = outermost(error.node);
        if (node.empty() || m_out.count(node) > 0) return false;
        leaveOut(issueOf(node, {error.message, error.fix}));
        return true;
    }

    /// Plans what is left; what cannot be planned, or has no look, is left out, too.
    bool planned() {
        while (!m_run.stops()) {
            const std::size_t before = m_out.size();
            watch();
            std::vector<Watched*> watched;
            for (Watched& port : m_ports) watched.push_back(&port);
            m_each.kept.bytes =
                std::max(kLeastBytes, m_request.kept.bytes / std::max<std::size_t>(1, watched.size()));
            std::vector<Issue> wrong;
            const bool holds = m_run.plan(m_flat, std::move(watched), wrong);
            for (Issue& issue : wrong) leaveOut(std::move(issue));
            if (holds) {
                for (const auto& [node, why] : m_run.withoutLook()) leaveOut(issueOf(node, why));
                for (LookedSource& source : m_run.silentSources()) {
                    leaveOut(issueOf(source.node, {source.missing, source.fix}));
                    m_silent.push_back(std::move(source));
                }
            }
            if (m_out.size() == before) return holds;
        }
        return false;
    }

    /// The ports of the nodes that are not left out.
    void watch() {
        m_ports.clear();
        for (const Node& node : m_request.pipeline.nodes) {
            const NodeKind* const kind = m_request.catalogue.of(node);
            if (kind == nullptr || m_out.count(node.id) > 0) continue;
            for (const PortSpec& spec : kind->outputs) {
                if (node.disabled && spec.role != PortRole::Rows) continue;
                Watched port;
                port.port.from = {node.id, spec.name};
                port.port.port = spec.name;
                port.port.role = spec.role;
                const Wire wire{port.port.from, {}, Json::object()};
                port.from = m_checked.expanded ? m_checked.expanded->joined(wire).from : wire.from;
                m_ports.push_back(std::move(port));
                if (node.disabled) break;  // rows pass it by the first
            }
        }
    }

    void leaveOut(Issue issue) {
        const NodeId node = issue.node;
        addIssue(m_issues, std::move(issue));
        if (!node.empty()) leaveOut(node);
    }
    /// It and all to which its rows would come.
    void leaveOut(const NodeId& node) {
        std::vector<const NodeId*> open{&node};
        while (!open.empty()) {
            const NodeId& id = *open.back();
            open.pop_back();
            if (!m_out.insert(id).second) continue;
            const auto takers = m_takers.find(id);
            if (takers != m_takers.end())
                open.insert(open.end(), takers->second.begin(), takers->second.end());
        }
    }

    const LookRequest& m_request;
    LookRequest m_each;  ///< the same, with the limits of each port
    LookRun m_run;
    Validated m_checked{};
    Pipeline m_flat{};
    std::vector<Watched> m_ports{};
    std::vector<Issue> m_issues{};
    std::vector<LookedSource> m_silent{};  ///< live ones of which no rows are known: they are left out
    std::set<NodeId> m_out{};  ///< left out
    std::unordered_map<NodeId, std::vector<const NodeId*>> m_takers{};
};

}  // namespace

LookResult lookAtAll(const LookRequest& request) {
    return lookSafely([&] { return LookingAtAll(request).look(); });
}

}  // namespace rw
