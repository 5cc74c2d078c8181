#include "core/compare/compare.h"

#include <algorithm>
#include <map>

#include "core/cluster/engine_backend.h"
#include "core/cluster/source_check.h"
#include "core/compare/cluster_side.h"
#include "core/compare/here_side.h"
#include "core/compare/own_folder.h"
#include "core/compare/staged_sources.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

/// A side with the results of the checks before anything runs.
struct PreparedSide {
    const CompareSide& side;
    std::string folder{};  ///< of the target, on this computer
    Translation translation{};
    Sources sources = Sources::AsTheyAre;
    std::map<NodeId, CsvSurvey> surveys{};  ///< of the files that it reads itself
};

/// One comparison; in the order in which its functions stand.
class Comparison {
 public:
    explicit Comparison(const CompareRequest& request)
        : m_request(request),
          m_catalogue(*request.catalogue),
          m_collecting(collectingCatalogue(m_catalogue)),
          m_validated(validate(request.pipeline, m_catalogue, request.validate)),
          m_runs(m_validated.expanded ? m_validated.expanded->pipeline : request.pipeline),
          m_a{request.a},
          m_b{request.b} {}

    Result<CompareReport> run() {
        RW_TRY(firstProblem());
        refuseSources();
        for (PreparedSide* side : {&m_a, &m_b}) prepare(*side);
        refuseNoSinks();
        if (!m_report.refusals.empty()) return std::move(m_report);
        RW_TRY_ASSIGN(const CollectedRows a, rowsOf(m_a));
        RW_TRY_ASSIGN(const CollectedRows b, rowsOf(m_b));
        if (!m_here) {
            tell(RW_TEXT("compare", "running it here, for its counters"));
            RW_TRY(runHereOnce().status());
        }
        RW_TRY(compareAll(a, b));
        return std::move(m_report);
    }

 private:
    Status firstProblem() const {
        for (const Issue& issue : m_validated.issues) {
            if (issue.severity == Severity::Error)
                return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
        }
        return {};
    }

    void refuse(const std::string& target, const Error& error) {
        m_report.refusals.push_back({target, error.node, error.param, error.message, error.fix, {}});
    }

    bool isOf(const Node& node, NodeGroup group) const {
        const NodeKind* const kind = m_catalogue.of(node);
        return !node.disabled && kind != nullptr && kind->group == group &&
               kind->subflow == SubflowRole::None;
    }

    void refuseSources() {
        for (const Node& node : m_runs.nodes) {
            const auto typed = m_validated.nodes.find(node.id);
            if (!isOf(node, NodeGroup::Source)) continue;
            if (typed == m_validated.nodes.end() || !typed->second.bound) continue;
            if (const Status may = stageable(node, *typed->second.bound); !may.ok()) refuse({}, may.error());
        }
    }

    /// Clusters run one task: two would not give the rows the order that the copies have.
    void prepare(PreparedSide& prepared) {
        const std::optional<Target>& target = prepared.side.target;
        if (!target) return;
        Result<std::string> folder = targetFolderHere(*target);
        if (!folder.ok()) return refuse(prepared.side.name, folder.error());
        prepared.folder = *folder;
        m_oneTask = m_request.pipeline;
        m_oneTask.settings.parallelism = 1;
        m_oneTaskValidated = validate(m_oneTask, m_catalogue, m_request.validate);
        const auto written = [&](Sources sources) {
            return translate(m_oneTask, m_catalogue, m_oneTaskValidated, target->engine,
                             comparedAs(m_request.validate, sources));
        };
        // A job reads the files themselves, and so does this, or it would not see the job's rows.
        prepared.translation = written(Sources::AsTheyAre);
        if (refusesSource(prepared.translation)) {
            prepared.sources = Sources::Staged;
            prepared.translation = written(Sources::Staged);
        } else {
            refuseMisread(prepared, backendOf(target->engine));
        }
        for (const NodeId& id : m_validated.order) {
            const auto verdict = prepared.translation.nodes.find(id);
            if (verdict == prepared.translation.nodes.end()) continue;
            for (const Remark& remark : verdict->second.findings) {
                if (remark.verdict == Verdict::Refused)
                    m_report.refusals.push_back(
                        {prepared.side.name, id, remark.param, remark.what, remark.fix, remark.quickFixes});
            }
        }
    }

    bool refusesSource(const Translation& translation) const {
        return std::any_of(m_runs.nodes.begin(), m_runs.nodes.end(), [&](const Node& node) {
            const auto verdict = translation.nodes.find(node.id);
            return isOf(node, NodeGroup::Source) && verdict != translation.nodes.end() &&
                   verdict->second.verdict() == Verdict::Refused;
        });
    }

    void refuseMisread(PreparedSide& prepared, const EngineBackend& backend) {
        tell(RW_TEXT("compare", "looking at the files of its sources"));
        const auto cancelled = [this] { return m_request.cancelled != nullptr && *m_request.cancelled; };
        SeenSources seen = backend.seenSources(
            m_request.pipeline, m_catalogue,
            {m_request.validate, prepared.side.target->folder, cancelled, m_request.files, {}});
        prepared.surveys = std::move(seen.surveys);
        for (const Issue& issue : seen.misread)
            m_report.refusals.push_back(
                {prepared.side.name, issue.node, issue.param, issue.message, issue.fix, issue.quickFixes});
    }

    void refuseNoSinks() {
        if (!sinks().empty()) return;
        m_report.refusals.push_back({{},
                                     {},
                                     {},
                                     RW_TEXT("compare", "No sink and no chart takes rows."),
                                     RW_TEXT("compare", "Add a table view behind the last node."),
                                     {}});
    }

    std::vector<NodeId> sinks() const {
        std::vector<NodeId> out;
        for (const Node& node : m_runs.nodes) {
            if (isOf(node, NodeGroup::Sink) && typeAt(node.id) != nullptr) out.push_back(node.id);
        }
        return out;
    }

    /// The stream that reaches a sink; null: none does.
    const StreamType* typeAt(const NodeId& sink) const {
        const auto typed = m_validated.nodes.find(sink);
        if (typed == m_validated.nodes.end() || !typed->second.bound || typed->second.inputs.empty() ||
            typed->second.inputs.front().empty())
            return nullptr;
        return &typed->second.inputs.front().front();
    }

    void tell(const Text& what) const {
        if (m_request.progress) m_request.progress(what);
    }

    Result<CollectedRows> runHereOnce() {
        RW_TRY_ASSIGN(HereRun ran, collectHere(m_request.pipeline, m_collecting, m_request.validate, 0,
                                               m_request.cancelled, m_request.files));
        m_here = std::move(ran.metrics);
        return std::move(ran.rows);
    }

    Result<CollectedRows> rowsOf(const PreparedSide& prepared) {
        const CompareSide& side = prepared.side;
        if (!side.target) {
            tell(RW_TEXT("compare", "running it here"));
            return runHereOnce();
        }
        OwnFolder folder;
        RW_TRY(folder.make(prepared.folder));
        std::string staged;
        if (prepared.sources == Sources::Staged) {
            staged = folder.path() + "/staged";
            tell(RW_TEXT("compare", "copying the rows of its sources"));
            RW_TRY(stageSources(m_request.pipeline, m_catalogue, m_request.validate, staged,
                                m_request.cancelled, m_request.files));
        }
        tell(RW_TEXT("compare", "running it on %1").with(side.name));
        const ClusterSide cluster{*side.target,       m_request.secrets,    m_oneTask,     m_request.validate,
                                  m_oneTaskValidated, prepared.translation, folder.path(), staged,
                                  m_request.cancelled};
        return rowsOnCluster(cluster);
    }

    Status compareAll(const CollectedRows& a, const CollectedRows& b) {
        const CompareEvidence evidence(m_runs, m_catalogue, m_validated, *m_here);
        std::vector<const Translation*> verdicts;
        for (const PreparedSide* side : {&m_a, &m_b}) {
            if (!side->side.target) continue;
            verdicts.push_back(&side->translation);
            const auto checked = evidence.conditions(side->side.name, side->translation, side->surveys);
            m_report.conditions.insert(m_report.conditions.end(), checked.begin(), checked.end());
        }
        for (const NodeId& sink : sinks()) {
            const StreamType& type = *typeAt(sink);
            RW_TRY_ASSIGN(const std::vector<CompareRow> inA, finalAt(a, sink, *type.schema));
            RW_TRY_ASSIGN(const std::vector<CompareRow> inB, finalAt(b, sink, *type.schema));
            ComparedNode& node = m_report.nodes.emplace_back();
            node.node = sink;
            node.schema = type.schema;
            node.rowsA = inA.size();
            node.rowsB = inB.size();
            node.difference = rowDifference(inA, inB, *type.schema, type.key);
            node.causes = causesOf(node.difference, inA, inB, *type.schema, evidence.ofSink(sink, verdicts));
        }
        return {};
    }

    static Result<std::vector<CompareRow>> finalAt(const CollectedRows& rows, const NodeId& sink,
                                                   const Schema& schema) {
        const auto found = rows.find(sink);
        if (found == rows.end()) return std::vector<CompareRow>();
        Result<std::vector<CompareRow>> last = finalRows(found->second, schema);
        if (!last.ok()) return last.status().at(sink);
        return last;
    }

    const CompareRequest& m_request;
    const Catalogue& m_catalogue;
    const Catalogue m_collecting;
    const Validated m_validated;
    const Pipeline& m_runs;  ///< with subflows put in
    PreparedSide m_a, m_b;
    Pipeline m_oneTask{};
    Validated m_oneTaskValidated{};
    std::optional<RunMetrics> m_here{};
    CompareReport m_report{};
};

}  // namespace

bool CompareReport::same() const {
    return refusals.empty() && std::all_of(nodes.begin(), nodes.end(),
                                           [](const ComparedNode& node) { return node.difference.same(); });
}

Result<CompareReport> comparePipeline(const CompareRequest& request) {
    return Comparison(request).run();
}

}  // namespace rw
