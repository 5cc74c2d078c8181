#include "tests/unit/lineage/given_rows.h"

#include <algorithm>
#include <utility>

#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw::test {

namespace {

constexpr int kTime = 2;

struct OneRow : Chunk {
    std::size_t row = 0;
};

class GivenRowsSource final : public Source {
 public:
    explicit GivenRowsSource(const GivenSource& given) : m_given(given) { replays = true; }

    Status open() override { return {}; }
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        if (m_next > 0) {
            const Instant time = m_given.rows.column(kTime).at<Instant>(m_next - 1);
            const Instant watermark = saturatingAdd(time, -m_given.delay);
            if (watermark > m_watermark) m_advances.push_back({{}, m_watermark = watermark});
        }
        if (m_next == m_given.rows.rows) return Poll{Poll::Kind::End};
        auto one = std::make_unique<OneRow>();
        one->row = m_next++;
        chunk = std::move(one);
        return Poll{};
    }
    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const std::size_t row = static_cast<const OneRow&>(chunk).row;
        out.rowsRead = 1;
        if (!m_given.left.contains(static_cast<std::int64_t>(row))) {
            out.reject(0, RW_TEXT("test", "left out"), "left out");
            return {};
        }
        Batch batch = m_given.rows.slice(row, 1);
        batch.positions = {};
        batch.positions.first = 0;
        out.batches.push_back(std::move(batch));
        return {};
    }
    Status snapshot(StateWriter& out) const override {
        out.u64("next", m_next);
        out.i64("watermark", m_watermark);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(const std::uint64_t next, state.u64("next"));
        m_next = static_cast<std::size_t>(next);
        RW_TRY_ASSIGN(m_watermark, state.i64("watermark"));
        return {};
    }
    std::vector<PartitionAdvance> takeAdvances() override { return std::exchange(m_advances, {}); }

 private:
    const GivenSource& m_given;
    std::size_t m_next = 0;
    Instant m_watermark = kMinTimestamp;
    std::vector<PartitionAdvance> m_advances{};
};

class AllRows final : public RowPredicate {
 public:
    RowPart of(const Batch&, std::size_t) const override { return {RowPart::Kind::Took}; }
};

const Catalogue& kindsWithCollector() {
    static const Catalogue kKinds = [] {
        std::vector<NodeKind> kinds = builtin().kinds();
        kinds.push_back(rowCollectorKind());
        return Catalogue(std::move(kinds));
    }();
    return kKinds;
}

}  // namespace

std::shared_ptr<const RowPredicate> allRows() {
    return std::make_shared<AllRows>();
}

Result<std::unique_ptr<Source>> GivenPlayer::source(const std::string&, const BoundNode& bound,
                                                    const MakeContext& context) const {
    auto source = std::make_unique<GivenRowsSource>(m_sources.at(context.node));
    source->eventTime = bound.outputs.front().eventTime;
    source->watermarkDelay = bound.watermarkDelay;
    return std::unique_ptr<Source>(std::move(source));
}

Result<GatheredRows> rowsOf(const Pipeline& pipeline, const PortRef& port,
                            std::map<NodeId, GivenSource> sources, const RunOptions& asked) {
    Pipeline cut = pipeline;
    Node collector;
    collector.id = "collector";
    collector.type = kRowCollectorType;
    cut.nodes.push_back(collector);
    cut.wires.push_back({port, {"collector", "in"}, Json::object()});
    PlanOptions options;
    options.validate.files = false;
    options.parallelism = 1;
    const Planned planned = makePlan(cut, kindsWithCollector(), options);
    if (!planned.plan)
        return Status(ErrorCode::Invalid, planned.issues.empty() ? Text{} : planned.issues.front().message);
    const BoundRowCollector* bound = nullptr;
    for (const Stage& stage : planned.plan->stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (node.node == "collector") bound = dynamic_cast<const BoundRowCollector*>(node.bound.get());
        }
    }
    WantedRows wanted{port, allRows()};
    wanted.rows = 1'000'000;
    wanted.bytes = std::size_t{1} << 30;
    *bound->slot = std::make_unique<RowCollector>(wanted, bound->input);
    RunOptions run = asked;
    run.executor = ExecutorKind::Seeded;
    run.replay = std::make_shared<GivenPlayer>(std::move(sources));
    RW_TRY_ASSIGN(const std::unique_ptr<Run> started, Run::start(planned.plan, std::move(run)));
    started->wait();
    RW_TRY(started->status());
    return (*bound->slot)->finish();
}

}  // namespace rw::test
