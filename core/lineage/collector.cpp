#include "core/lineage/collector.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/stream/row_errors.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::size_t kMostWithdrawn = 100, kMostLate = 1'000;

class CollectingSink final : public Sink {
 public:
    explicit CollectingSink(std::shared_ptr<std::unique_ptr<RowCollector>> slot) : m_slot(std::move(slot)) {}
    Status onBatch(const Batch& batch) override {
        if (*m_slot) (*m_slot)->add(batch);
        return {};
    }
    bool hasVisibleOutput() const override { return false; }

 private:
    const std::shared_ptr<std::unique_ptr<RowCollector>> m_slot;
};

BoundNodeRef bindCollector(BindContext& context) {
    auto bound = std::make_shared<BoundRowCollector>();
    bound->input = context.input();
    bound->distribution.kind = Distribution::Kind::Single;
    bound->readsStamps = true;
    return bound;
}

Result<Made> makeCollector(const BoundNode& bound, const MakeContext&) {
    return Made(std::make_unique<CollectingSink>(static_cast<const BoundRowCollector&>(bound).slot));
}

std::int64_t positionOf(const Batch& row) {
    return row.positions.known() ? row.positions.at(0) : -1;
}

}  // namespace

void RowCollector::add(const Batch& batch) {
    if (batch.rows == 0 || !m_wanted.condition) return;
    m_wanted.condition->each(batch, [&](std::size_t row, const RowPart& part) {
        if (withdraws(batch.kind(row))) {
            if (part.kind == RowPart::Kind::Took) withdraw(batch, row);
        } else {
            keep(batch, row, part);
        }
    });
}

void RowCollector::keep(const Batch& batch, std::size_t row, const RowPart& part) {
    const bool took = part.kind == RowPart::Kind::Took;
    ++(took ? m_found.count : m_found.lateCount);
    if (!took) m_found.lateBy = std::max(m_found.lateBy, part.lateBy);
    std::vector<GatheredRow>& rows = took ? m_found.rows : m_found.late;
    if (took && m_wanted.first && rows.size() >= m_wanted.rows) {
        m_found.cut = true;
        return;
    }
    GatheredRow kept{batch.slice(row, 1).compacted(), part};
    kept.row.wire = batch.wire;
    m_bytes += kept.row.memoryBytes();
    rows.push_back(std::move(kept));
    if (m_found.late.size() >= 2 * kMostLate) dropLate(kMostLate);
    if (m_bytes > m_wanted.bytes || m_found.rows.size() >= 2 * std::max<std::size_t>(m_wanted.rows, 1))
        trim(false);
}

void RowCollector::withdraw(const Batch& batch, std::size_t row) {
    if (m_found.count > 0) --m_found.count;
    const auto found = std::find_if(m_found.rows.rbegin(), m_found.rows.rend(), [&](const GatheredRow& kept) {
        return sameRow(kept.row.columns, 0, batch.columns, row);
    });
    if (found == m_found.rows.rend()) return;
    m_bytes -= std::min(m_bytes, found->row.memoryBytes());
    if (m_found.withdrawn.size() == kMostWithdrawn) m_found.withdrawn.erase(m_found.withdrawn.begin());
    m_found.withdrawn.push_back(found->row);
    m_found.rows.erase(std::next(found).base());
}

bool RowCollector::before(const GatheredRow& a, const GatheredRow& b) const {
    const int time = m_found.type.eventTime;
    if (time >= 0) {
        const auto column = static_cast<std::size_t>(time);
        const auto order =
            compareCells(a.row.schema->fields[column].type, ColumnCell{a.row.columns[column].get(), 0},
                         ColumnCell{b.row.columns[column].get(), 0});
        if (order != 0) return order < 0;
    }
    if (a.row.wire != b.row.wire) return a.row.wire < b.row.wire;
    const std::int64_t placeA = positionOf(a.row), placeB = positionOf(b.row);
    if (placeA != placeB) return placeA < placeB;
    return compareRows(a.row.columns, 0, b.row.columns, 0) < 0;
}

void RowCollector::trim(bool all) {
    std::vector<GatheredRow>& rows = m_found.rows;
    if (!m_wanted.first) {
        std::stable_sort(rows.begin(), rows.end(),
                         [this](const GatheredRow& a, const GatheredRow& b) { return before(a, b); });
    }
    if (!all && m_found.type.updating) {
        // Rows that are still to be taken back must be found.
        if (m_bytes <= m_wanted.bytes && rows.size() < 16 * std::max<std::size_t>(m_wanted.rows, 1)) return;
    }
    const std::size_t most = std::min(m_wanted.rows, m_wanted.last.value_or(m_wanted.rows));
    std::size_t drop = rows.size() > most ? rows.size() - most : 0;
    std::size_t kept = 0;
    for (std::size_t i = rows.size(); i > drop; --i) {
        kept += rows[i - 1].row.memoryBytes();
        if (kept > m_wanted.bytes && i < rows.size()) {
            drop = i;
            break;
        }
    }
    if (drop > 0) {
        if (!m_wanted.last) m_found.cut = true;
        rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(drop));
    }
    m_bytes = 0;
    for (const std::vector<GatheredRow>* each : {&m_found.rows, &m_found.late}) {
        for (const GatheredRow& row : *each) m_bytes += row.row.memoryBytes();
    }
    if (m_bytes > m_wanted.bytes && !m_found.late.empty()) dropLate(m_found.late.size() / 2);
}

/// Leaves the last ones that came.
void RowCollector::dropLate(std::size_t most) {
    std::vector<GatheredRow>& late = m_found.late;
    if (late.size() <= most) return;
    const auto end = late.end() - static_cast<std::ptrdiff_t>(most);
    for (auto row = late.begin(); row != end; ++row) m_bytes -= std::min(m_bytes, row->row.memoryBytes());
    late.erase(late.begin(), end);
    m_found.cut = true;
}

GatheredRows RowCollector::finish() {
    trim(true);
    dropLate(kMostLate);
    std::stable_sort(m_found.late.begin(), m_found.late.end(),
                     [this](const GatheredRow& a, const GatheredRow& b) { return before(a, b); });
    if (m_wanted.last) m_found.count = std::min<std::uint64_t>(m_found.count, *m_wanted.last);
    return std::move(m_found);
}

NodeKind rowCollectorKind() {
    NodeKind kind;
    kind.type = kRowCollectorType;
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("lineage", "Collector");
    kind.palette = {{kind.name, RW_TEXT("lineage", "Keeps rows that are asked about"), "table"}};
    kind.inputs = {{std::string(kDefaultInput), RW_TEXT("node", "rows")}};
    kind.bind = bindCollector;
    kind.make = makeCollector;
    return kind;
}

}  // namespace rw
