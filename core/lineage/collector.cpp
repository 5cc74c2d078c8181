#include "core/lineage/collector.h"

#include <algorithm>
#include <utility>

#include "core/stream/row_errors.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::size_t kMostWithdrawn = 100, kMostLate = 1'000;
constexpr std::size_t kMostGone = 1'000;  // empty places that do no harm
constexpr std::size_t kMostPassedBytes = std::size_t{128} << 20;

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

std::strong_ordering inOrder(const WantedRows& wanted, const StreamType& type, const GatheredRow& a,
                             const GatheredRow& b) {
    if (wanted.order) {
        if (const auto order = wanted.order(a.row, b.row); order != 0) return order;
    }
    if (type.eventTime >= 0) {
        const auto column = static_cast<std::size_t>(type.eventTime);
        const auto order =
            compareCells(a.row.schema->fields[column].type, ColumnCell{a.row.columns[column].get(), 0},
                         ColumnCell{b.row.columns[column].get(), 0});
        if (order != 0) return order;
    }
    if (a.row.wire != b.row.wire) return a.row.wire <=> b.row.wire;
    const std::int64_t placeA = positionOf(a.row), placeB = positionOf(b.row);
    if (placeA != placeB) return placeA <=> placeB;
    return compareRows(a.row.columns, 0, b.row.columns, 0);
}

}  // namespace

bool standsBefore(const WantedRows& wanted, const StreamType& type, const GatheredRow& a,
                  const GatheredRow& b) {
    return wanted.fromFirst ? inOrder(wanted, type, b, a) < 0 : inOrder(wanted, type, a, b) < 0;
}

RowCollector::RowCollector(WantedRows wanted, StreamType type) : m_wanted(std::move(wanted)) {
    m_found.type = std::move(type);
    // Those that are passed by are only known as such at the end.
    m_mostBytes = m_wanted.after > 0 ? std::max(m_wanted.bytes, kMostPassedBytes) : m_wanted.bytes;
}

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
    if (took && m_wanted.first && keptRows() >= m_wanted.rows) {
        m_found.cut = true;
        return;
    }
    GatheredRow kept{batch.slice(row, 1).compacted(), part};
    kept.row.wire = batch.wire;
    m_bytes += bytesOf(kept);
    rows.push_back(std::move(kept));
    if (m_found.late.size() >= 2 * kMostLate) dropLate(kMostLate);
    const std::size_t enough = 2 * std::max<std::size_t>(m_wanted.after + m_wanted.rows, 1);
    if (holdsTooMuch() || keptRows() >= enough) trim(false);
}

/// There may be a million rows, and as many that take one back: neither are they looked through, nor do those
/// behind it move each time.
void RowCollector::withdraw(const Batch& batch, std::size_t row) {
    if (m_found.count > 0) --m_found.count;
    std::vector<GatheredRow>& rows = m_found.rows;
    while (m_index.rows() < rows.size()) m_index.add(rows[m_index.rows()].row);
    const auto rowAt = [&rows](std::size_t place) -> const Batch& { return rows[place].row; };
    const std::optional<std::size_t> place = m_index.take(batch.slice(row, 1), rowAt);
    if (!place) return;
    GatheredRow& found = rows[*place];
    m_bytes -= std::min(m_bytes, bytesOf(found));
    if (m_found.withdrawn.size() == kMostWithdrawn) m_found.withdrawn.erase(m_found.withdrawn.begin());
    m_found.withdrawn.push_back(std::exchange(found, {}).row);
    ++m_gone;
    if (m_gone > kMostGone && m_gone > keptRows()) closeUp();
}

void RowCollector::closeUp() {
    m_index.clear();
    if (m_gone == 0) return;
    std::erase_if(m_found.rows, [](const GatheredRow& kept) { return kept.row.rows == 0; });
    m_gone = 0;
}

/// Of a million rows what holds the values takes more than they do; of the few that are kept otherwise it is
/// nothing.
std::size_t RowCollector::bytesOf(const GatheredRow& row) const {
    const std::size_t values = row.row.memoryBytes();
    if (m_wanted.after == 0) return values;
    return values + sizeof(GatheredRow) + row.row.columns.size() * (sizeof(ColumnRef) + sizeof(Column));
}

/// Many rows are ordered seldom: as many come between.
bool RowCollector::holdsTooMuch() const {
    return m_bytes > (m_wanted.after > 0 ? 2 * m_mostBytes : m_mostBytes);
}

void RowCollector::trim(bool all) {
    std::vector<GatheredRow>& rows = m_found.rows;
    if (!all && m_found.type.updating) {
        // Rows that are still to be taken back must be found.
        const std::size_t enough = 2 * m_wanted.after + 16 * std::max<std::size_t>(m_wanted.rows, 1);
        if (!holdsTooMuch() && keptRows() < enough) return;
    }
    closeUp();  // and their places change
    if (!m_wanted.first) {
        std::stable_sort(rows.begin(), rows.end(),
                         [this](const GatheredRow& a, const GatheredRow& b) { return before(a, b); });
    }
    const std::size_t wanted = m_wanted.after + m_wanted.rows;
    const std::size_t most = std::min(wanted, m_wanted.last.value_or(wanted));
    std::size_t drop = rows.size() > most ? rows.size() - most : 0;
    std::size_t kept = 0;
    for (std::size_t i = rows.size(); i > drop; --i) {
        kept += bytesOf(rows[i - 1]);
        if (kept > m_mostBytes && i < rows.size()) {
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
        for (const GatheredRow& row : *each) m_bytes += bytesOf(row);
    }
    if (m_bytes > m_mostBytes && !m_found.late.empty()) dropLate(m_found.late.size() / 2);
}

/// Leaves the last ones that came.
void RowCollector::dropLate(std::size_t most) {
    std::vector<GatheredRow>& late = m_found.late;
    if (late.size() <= most) return;
    const auto end = late.end() - static_cast<std::ptrdiff_t>(most);
    for (auto row = late.begin(); row != end; ++row) m_bytes -= std::min(m_bytes, bytesOf(*row));
    late.erase(late.begin(), end);
    m_found.cut = true;
}

/// Where all are kept there is nothing to go on to.
void RowCollector::passBy() {
    if (m_wanted.after == 0 || (m_found.count <= m_wanted.rows && m_bytes <= m_wanted.bytes)) return;
    m_found.passedBy = std::min<std::uint64_t>(m_wanted.after, m_found.count);
    std::vector<GatheredRow>& rows = m_found.rows;
    rows.erase(rows.end() - static_cast<std::ptrdiff_t>(std::min(rows.size(), m_wanted.after)), rows.end());
    m_mostBytes = m_wanted.bytes;
    trim(true);
}

GatheredRows RowCollector::finish() {
    trim(true);
    dropLate(kMostLate);
    std::stable_sort(m_found.late.begin(), m_found.late.end(),
                     [this](const GatheredRow& a, const GatheredRow& b) { return before(a, b); });
    if (m_wanted.last) m_found.count = std::min<std::uint64_t>(m_found.count, *m_wanted.last);
    passBy();
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
