#include "core/compare/here_side.h"

#include <utility>

#include "core/base/figures.h"
#include "core/cluster/flink/flink_gateway.h"
#include "core/data/text.h"
#include "core/runtime/run.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr Millis kLookHereEvery = 50;

/// The rows of a sink that a run keeps: Run::view() hands them out.
class KeptChanges final : public LiveView {
 public:
    std::uint64_t version() const override { return m_rows; }
    std::uint64_t rows() const override { return m_rows; }

    void add(const Batch& batch) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            ChangeRow& change = m_changes.emplace_back();
            change.kind = batch.kind(row);
            change.cells.reserve(batch.columns.size());
            for (const ColumnRef& column : batch.columns) {
                TextCell& cell = change.cells.emplace_back();
                if (!column || column->isNull(row)) continue;
                cell.emplace();
                appendCell(*cell, *column, row);
            }
        }
        m_rows = m_changes.size();
    }
    /// Once the run is over.
    std::vector<ChangeRow> take() { return std::move(m_changes); }

 private:
    std::vector<ChangeRow> m_changes{};
    std::atomic<std::uint64_t> m_rows{0};
};

class CollectingNode final : public Sink {
 public:
    explicit CollectingNode(NodeId node) : m_node(std::move(node)) {}

    Status onBatch(const Batch& batch) override {
        m_kept->add(batch);
        if (m_kept->rows() <= kFlinkMostRows) return {};
        return Status(ErrorCode::Invalid,
                      RW_TEXT("compare", "More than %1 rows came: these are kept, to be compared.")
                          .with(figures::count(kFlinkMostRows)),
                      RW_TEXT("compare", "Compare with fewer rows: a part of the files shows as much."))
            .at(m_node);
    }
    std::shared_ptr<LiveView> view() const override { return m_kept; }

 private:
    const NodeId m_node;
    const std::shared_ptr<KeptChanges> m_kept = std::make_shared<KeptChanges>();
};

BoundNodeRef bindCollecting(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    return context.failed() ? nullptr : bound;
}

Result<Made> makeCollecting(const BoundNode&, const MakeContext& context) {
    return Made(std::make_unique<CollectingNode>(context.node));
}

Status firstErrorOf(const std::vector<Issue>& issues) {
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error)
            return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
    }
    return {ErrorCode::Invalid, RW_TEXT("run", "The pipeline has no node that could run."),
            RW_TEXT("run", "Add a source and something that takes its rows.")};
}

Status cancelledCompare() {
    return {ErrorCode::Cancelled, RW_TEXT("compare", "The comparison was ended before it was done.")};
}

}  // namespace

Catalogue collectingCatalogue(const Catalogue& catalogue) {
    std::vector<NodeKind> kinds = catalogue.kinds();
    for (NodeKind& kind : kinds) {
        if (kind.group != NodeGroup::Sink || kind.subflow != SubflowRole::None) continue;
        kind.outputs.clear();
        kind.bind = bindCollecting;
        kind.checkFiles = nullptr;
        kind.make = makeCollecting;
        kind.chart = false;
    }
    return Catalogue(std::move(kinds));
}

Result<HereRun> collectHere(const Pipeline& pipeline, const Catalogue& collecting,
                            const ValidateOptions& options, int parallelism,
                            const std::atomic<bool>* cancelled, std::shared_ptr<const Files> files) {
    PlanOptions planning;
    planning.validate = options;
    planning.parallelism = parallelism;
    const Planned planned = makePlan(pipeline, collecting, planning);
    if (!planned.plan) return firstErrorOf(planned.issues);
    RunOptions running;
    running.files = std::move(files);
    running.isCancelled = [cancelled] { return cancelled != nullptr && *cancelled; };
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(planned.plan, running));
    while (!run->waitFor(kLookHereEvery)) {
        if (running.isCancelled()) run->stop(StopMode::Discard);
    }
    if (running.isCancelled()) return cancelledCompare();
    RW_TRY(run->status());
    HereRun out;
    out.metrics = run->metrics();
    for (const Stage& stage : planned.plan->stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (const auto kept = std::dynamic_pointer_cast<KeptChanges>(run->view(node.node)))
                out.rows[node.node] = kept->take();
        }
    }
    return out;
}

}  // namespace rw
