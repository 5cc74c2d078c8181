#include "core/pipeline_tests/port_rows.h"

#include <numeric>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// One text for equal values, and for no others.
void appendIdentity(std::string& out, const Value& value, Type type) {
    if (isNull(value)) {
        out += "-";
        return;
    }
    const std::string text = toText(value, type);
    out += std::to_string(text.size()) + ":" + text;
}

class KeepingSink final : public Sink {
 public:
    KeepingSink(std::shared_ptr<PortKeeper> keeper, NodeId node)
        : m_keeper(std::move(keeper)), m_node(std::move(node)) {}

    Status onBatch(const Batch& batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            PortRow kept{batch.kind(row), {}};
            kept.values.reserve(batch.columns.size());
            for (const ColumnRef& column : batch.columns)
                kept.values.push_back(column ? valueAt(*column, row) : Value{});
            m_keeper->add(std::move(kept));
        }
        if (m_keeper->kept() <= kMostPortRows) return {};
        return Status(ErrorCode::Invalid,
                      RW_TEXT("pipeline_tests", "More than %1 rows came between two looks of the test.")
                          .with(figures::count(kMostPortRows)),
                      RW_TEXT("pipeline_tests", "Test with fewer rows."))
            .at(m_node);
    }
    bool hasVisibleOutput() const override { return false; }
    std::shared_ptr<LiveView> view() const override { return m_keeper; }

 private:
    const std::shared_ptr<PortKeeper> m_keeper;
    const NodeId m_node;
};

BoundNodeRef bindProbe(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    return context.failed() ? nullptr : bound;
}

template <class Keeper>
Result<Made> makeProbe(const BoundNode&, const MakeContext& context) {
    return Made(
        std::make_unique<KeepingSink>(std::make_shared<Keeper>(context.inputs.front().type), context.node));
}

NodeKind probeKind(const char* type, MakeFn make) {
    NodeKind kind;
    kind.type = type;
    kind.group = NodeGroup::Sink;
    kind.inputs = {{"in", RW_TEXT("node", "rows"), PortRole::Rows, true}};
    kind.bind = bindProbe;
    kind.make = make;
    kind.chart = true;  // RunOptions::onlyCharts stands in for all other sinks
    return kind;
}

}  // namespace

PortTable::PortTable(StreamType type) : PortKeeper(std::move(type)) {
    const StreamType& stream = this->type();
    if (stream.updating && !stream.multiset) m_key = stream.key;
}

void PortTable::setKey(std::vector<int> key) {
    if (!type().updating) m_key = std::move(key);
}

std::string PortTable::keyOf(const PortRow& row) const {
    std::string out;
    const auto add = [&](std::size_t column) {
        appendIdentity(out, row.values[column], type().schema->fields[column].type);
    };
    if (m_key) {
        for (const int column : *m_key) add(static_cast<std::size_t>(column));
    } else {
        for (std::size_t column = 0; column < row.values.size(); ++column) add(column);
    }
    return out;
}

void PortTable::add(PortRow row) {
    const std::string key = keyOf(row);
    const bool comes = row.kind == RowKind::Insert || row.kind == RowKind::UpdateAfter;
    row.kind = RowKind::Insert;
    if (m_key) {
        if (comes) {
            m_byKey.insert_or_assign(key, std::move(row));
        } else {
            m_byKey.erase(key);
        }
        return;
    }
    if (comes) {
        ++m_bag.try_emplace(key, std::move(row), 0).first->second.second;
        ++m_bagSize;
    } else if (const auto found = m_bag.find(key); found != m_bag.end()) {
        if (--found->second.second == 0) m_bag.erase(found);
        --m_bagSize;
    }
}

NodeKind rowsProbeKind() {
    return probeKind(kRowsProbe, makeProbe<PortRows>);
}

NodeKind tableProbeKind() {
    return probeKind(kTableProbe, makeProbe<PortTable>);
}

}  // namespace rw
