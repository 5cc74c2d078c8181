#include "tests/support/collecting_sink.h"

#include <fstream>

#include "core/connect/csv/writer.h"
#include "core/data/state_reader.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw::test {

namespace {

class BoundCollector final : public BoundNode {
 public:
    std::string path{};
    SchemaRef schema{};
    bool updating = false;
};

class Collector final : public Sink {
 public:
    explicit Collector(const BoundCollector& bound) : m_bound(bound), m_writer(CsvFormat{}, bound.updating) {
        m_writer.appendHeader(m_text, *bound.schema);
    }
    Status onBatch(const Batch& batch) override {
        m_writer.appendRows(m_text, batch);
        return {};
    }
    Status onEnd() override {
        std::ofstream file(m_bound.path, std::ios::binary);
        file << m_text;
        return {};
    }
    Status snapshot(StateWriter& out) const override {
        out.bytes("text", m_text);
        return {};
    }
    Status restore(const StateReader& state) override {
        RW_TRY_ASSIGN(const std::string_view text, state.bytes("text"));
        m_text = text;
        return {};
    }

 private:
    const BoundCollector& m_bound;
    CsvWriter m_writer;
    std::string m_text;
};

BoundNodeRef bindCollector(BindContext& context) {
    auto bound = std::make_shared<BoundCollector>();
    bound->path = context.path("path");
    bound->schema = context.input().schema;
    bound->updating = context.input().updating;
    bound->distribution.kind = Distribution::Kind::Single;
    return bound;
}

Result<Made> makeCollector(const BoundNode& bound, const MakeContext&) {
    return Made(std::make_unique<Collector>(static_cast<const BoundCollector&>(bound)));
}

}  // namespace

Catalogue withCollectingSinks(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    for (NodeKind& kind : all) {
        if (kind.type != "csv_sink") continue;
        kind.bind = bindCollector;
        kind.make = makeCollector;
        kind.checkFiles = nullptr;  // of csv_sink's bound form
    }
    return Catalogue(std::move(all));
}

}  // namespace rw::test
