#include "core/what_if/final_rows.h"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <variant>

#include "core/stream/row_errors.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

std::size_t bytesOf(const WhatIfRow& row) {
    std::size_t bytes = sizeof(WhatIfRow) + row.size() * sizeof(Value);
    for (const Value& value : row) {
        if (const auto* const text = std::get_if<std::string>(&value)) bytes += text->capacity();
    }
    return bytes;
}

class FinalRowsSink final : public Sink {
 public:
    explicit FinalRowsSink(StreamType type) : m_rows(std::make_shared<FinalRows>(std::move(type))) {}
    Status onBatch(const Batch& batch) override {
        m_rows->add(batch);
        return {};
    }
    bool hasVisibleOutput() const override { return false; }
    std::shared_ptr<LiveView> view() const override { return m_rows; }

 private:
    const std::shared_ptr<FinalRows> m_rows;
};

BoundNodeRef bindFinalRows(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    return context.failed() ? nullptr : bound;
}

Result<Made> makeFinalRows(const BoundNode&, const MakeContext& context) {
    return Made(std::make_unique<FinalRowsSink>(context.inputs.front().type));
}

}  // namespace

std::strong_ordering orderOfCells(const Value& a, const Value& b) {
    if (a.index() != b.index()) return a.index() <=> b.index();
    return std::visit(
        [&b]<class T>(const T& value) -> std::strong_ordering {
            const T& other = std::get<T>(b);
            if constexpr (std::is_same_v<T, std::monostate>) {
                return std::strong_ordering::equal;
            } else if constexpr (std::is_same_v<T, double>) {
                return compareDoubles(value, other);
            } else {
                return value < other   ? std::strong_ordering::less
                       : other < value ? std::strong_ordering::greater
                                       : std::strong_ordering::equal;
            }
        },
        a);
}

bool RowBefore::operator()(const WhatIfRow& a, const WhatIfRow& b) const {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (const auto order = orderOfCells(a[i], b[i]); order != 0) return order < 0;
    }
    return a.size() < b.size();
}

void FinalRows::add(const Batch& batch) {
    m_changes += batch.rows;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        if (m_cut) {
            // An update takes a row back and brings one: both are told of, or the second alone.
            const bool comes = kind == RowKind::Insert || (kind == RowKind::UpdateAfter && m_type.multiset);
            if (comes) ++m_count;
            if (kind == RowKind::Delete || (kind == RowKind::UpdateBefore && m_type.multiset)) --m_count;
            continue;
        }
        WhatIfRow values;
        values.reserve(batch.columns.size());
        for (const ColumnRef& column : batch.columns)
            values.push_back(column ? valueAt(*column, row) : Value{});
        if (m_type.updating) {
            change(std::move(values), kind);
        } else {
            addRow(std::move(values));
        }
        cutWhereFull();
    }
}

void FinalRows::addRow(WhatIfRow row) {
    ++m_count;
    m_bytes += bytesOf(row);
    m_rows.push_back(std::move(row));
}

void FinalRows::change(WhatIfRow row, RowKind kind) {
    const auto found = m_table.find(keyOf(row));
    if (withdraws(kind)) {
        // Before its new values: the row is there with others in a moment.
        if (found == m_table.end()) return;
        --m_count;
        if (--found->second.times > 0) return;
        m_bytes -= std::min(m_bytes, 2 * bytesOf(found->second.row));
        m_table.erase(found);
        return;
    }
    if (found == m_table.end()) {
        ++m_count;
        m_bytes += 2 * bytesOf(row);
        WhatIfRow key = keyOf(row);
        m_table.emplace(std::move(key), Kept{std::move(row)});
    } else if (m_type.multiset) {
        ++m_count;
        ++found->second.times;
    } else {
        m_bytes -= std::min(m_bytes, 2 * bytesOf(found->second.row));
        m_bytes += 2 * bytesOf(row);
        found->second.row = std::move(row);
    }
}

WhatIfRow FinalRows::keyOf(const WhatIfRow& row) const {
    if (m_type.multiset) return row;
    WhatIfRow key;
    for (const int column : m_type.key) key.push_back(row[static_cast<std::size_t>(column)]);
    return key;
}

void FinalRows::cutWhereFull() {
    if (m_count <= m_limits.rows && m_bytes <= m_limits.bytes) return;
    m_cut = true;
    m_rows = {};
    m_table = {};
}

std::vector<WhatIfRow> FinalRows::take() {
    for (auto& [key, kept] : m_table) m_rows.insert(m_rows.end(), kept.times, kept.row);
    m_table = {};
    std::sort(m_rows.begin(), m_rows.end(), RowBefore());
    return std::exchange(m_rows, {});
}

NodeKind finalRowsKind() {
    NodeKind kind;
    kind.type = kFinalRowsType;
    kind.group = NodeGroup::Sink;
    kind.inputs = {{std::string(kDefaultInput), RW_TEXT("node", "rows"), PortRole::Rows, true}};
    kind.bind = bindFinalRows;
    kind.make = makeFinalRows;
    kind.chart = true;  // RunOptions::onlyCharts stands in for all other sinks
    return kind;
}

}  // namespace rw
