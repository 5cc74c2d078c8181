#include "core/look/collector.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/look/look_player.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr std::size_t kRowsAtOnce = 256;

class CollectingSink final : public Sink {
 public:
    explicit CollectingSink(Collector& collector) : m_collector(collector) {}
    Status onBatch(const Batch& batch) override {
        m_collector.add(batch);
        return {};
    }
    bool hasVisibleOutput() const override { return false; }

 private:
    Collector& m_collector;
};

BoundNodeRef bindCollector(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    bound->readsStamps = context.flag(kWithStamps);
    return bound;
}

Result<Made> makeCollector(const BoundNode&, const MakeContext& context) {
    // Only look() makes nodes of this type, and gives their run its player.
    Collector& collector = static_cast<const LookPlayer&>(*context.replay).collector(context.node);
    collector.setWays(context.inputs.front().wires);
    return Made(std::make_unique<CollectingSink>(collector));
}

}  // namespace

void Collector::add(const Batch& batch) {
    m_count += batch.rows;
    for (std::size_t from = 0; from < batch.rows && !m_full; from += kRowsAtOnce) {
        const std::size_t rows = std::min({kRowsAtOnce, batch.rows - from, m_limits.rows - m_rows});
        const KeepLimits texts{rows, std::numeric_limits<std::size_t>::max(), kLongestText};
        Batch kept = batch.slice(from, rows).newest(texts);
        kept.wire = batch.wire;
        m_bytes += kept.memoryBytes();
        m_rows += rows;
        m_full = m_rows >= m_limits.rows || m_bytes >= m_limits.bytes;
        m_batches.push_back(std::move(kept));
    }
}

NodeKind collectorKind() {
    NodeKind kind;
    kind.type = kCollectorType;
    kind.group = NodeGroup::Sink;
    kind.inputs = {{std::string(kDefaultInput), RW_TEXT("node", "rows")}};
    ParamSpec stamps;
    stamps.name = kWithStamps;
    stamps.kind = ParamKind::Boolean;
    stamps.defaultValue = false;
    kind.params.push_back(std::move(stamps));
    kind.bind = bindCollector;
    kind.make = makeCollector;
    return kind;
}

}  // namespace rw
