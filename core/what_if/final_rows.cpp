#include "core/what_if/final_rows.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <type_traits>
#include <variant>

#include "core/data/hash.h"
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

std::uint64_t hashOf(const WhatIfRow& row) {
    std::uint64_t hash = row.size();
    for (const Value& value : row) {
        const std::uint64_t cell = std::visit(
            []<class T>(const T& each) -> std::uint64_t {
                if constexpr (std::is_same_v<T, std::monostate>) {
                    return kNullHash;
                } else if constexpr (std::is_same_v<T, bool>) {
                    return hashValue(static_cast<std::uint8_t>(each));
                } else if constexpr (std::is_same_v<T, std::string>) {
                    return XXH3_64bits(each.data(), each.size());
                } else if constexpr (std::is_same_v<T, double>) {
                    // Unlike keys: 0.0 and −0.0 are two values.
                    return hashValue(std::bit_cast<std::int64_t>(each == each ? each : keyDouble(each)));
                } else {
                    return hashValue(each);
                }
            },
            value);
        hash = hashWords(hash, cell);
    }
    return hash;
}

void FinalRows::add(const Batch& batch) {
    m_changes += batch.rows;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        if (m_cut && !m_hashed) {
            count(kind);
            continue;
        }
        WhatIfRow values;
        values.reserve(batch.columns.size());
        for (const ColumnRef& column : batch.columns)
            values.push_back(column ? valueAt(*column, row) : Value{});
        if (m_cut) {
            addHash(values);
        } else if (m_type.updating) {
            change(std::move(values), kind);
        } else {
            addRow(std::move(values));
        }
        cutWhereFull();
    }
}

/// Of rows that are not looked at any more.
void FinalRows::count(RowKind kind) {
    // An update takes a row back and brings one: both are told of, or the second alone.
    const bool both = m_type.multiset;
    if (kind == RowKind::Insert || (kind == RowKind::UpdateAfter && both)) ++m_count;
    if (kind == RowKind::Delete || (kind == RowKind::UpdateBefore && both)) --m_count;
}

void FinalRows::addHash(const WhatIfRow& row) {
    ++m_count;
    m_hashes.push_back(hashOf(row));
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
    if (!m_cut && (m_count > m_limits.rows || m_bytes > m_limits.bytes)) {
        m_cut = true;
        m_hashed = !m_type.updating;
        for (const WhatIfRow& row : m_rows) m_hashes.push_back(hashOf(row));
        m_rows = {};
        m_table = {};
    }
    if (m_hashes.size() <= m_limits.bytes / sizeof(std::uint64_t)) return;
    m_hashed = false;
    m_hashes = {};
}

std::vector<WhatIfRow> FinalRows::take() {
    for (auto& [key, kept] : m_table) m_rows.insert(m_rows.end(), kept.times, kept.row);
    m_table = {};
    std::sort(m_rows.begin(), m_rows.end(), RowBefore());
    return std::exchange(m_rows, {});
}

std::vector<std::uint64_t> FinalRows::takeHashes() {
    std::sort(m_hashes.begin(), m_hashes.end());
    return std::exchange(m_hashes, {});
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
