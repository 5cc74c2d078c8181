#include "core/stream/ranks/ranked_rows.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "core/data/hash.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/rows/changing_slots.h"
#include "core/stream/rows/rows_by_change.h"
#include "core/stream/rows/standing_rows.h"

namespace rw {

namespace {

constexpr std::size_t kRankedOfPiece = 8'192, kLeastRankedOfPiece = 64;
constexpr std::size_t kRankedBytesOfPiece = std::size_t{4} << 20;  // about; long rows go fewer at a time

/// The order of SQL: compareCells() tells two zeros apart.
template <class A, class B>
std::strong_ordering compareSorted(Type type, const A& a, const B& b) {
    const bool numbers = type.is(TypeId::Double) && !a.isNull() && !b.isNull();
    const bool equal = numbers && a.template value<double>() == b.template value<double>();
    return equal ? std::strong_ordering::equal : compareCells(type, a, b);
}

/// As hashKeys() has that of one column.
std::uint64_t hashOfCell(Type type, const KeptCell& cell) {
    if (cell.isNull()) return kNullHash;
    return visitType(type.id,
                     Overloaded{[&](OfMemory<StringRef>) { return hashValue(StringRef(cell.text())); },
                                [&]<class T>(OfMemory<T>) { return hashValue(cell.value<T>()); }});
}

}  // namespace

struct RankedRows::Kept {
    const RankedRows& all;
    RowSlot slot;

    KeptCell cell(int column) const { return {all.m_rows, column, slot}; }
    Origin origin() const { return all.m_origins[slot]; }
};

struct RankedRows::Given {
    const RankedRows& all;
    const Batch& batch;
    std::uint32_t row;

    ColumnCell cell(int column) const { return {batch.columns[static_cast<std::size_t>(column)].get(), row}; }
    Origin origin() const { return all.originOf(batch, row); }
};

/// What checkpoints by change ask. Rows that may be taken back go by their slots: these records have no
/// places, and such rows have none.
struct RankedRows::Changes final : private RowsBySlot {
    explicit Changes(const RankedRows& of) : m_all(of) {
        const RowsBySlot& self = *this;
        if (m_all.m_ties.places) {
            m_staying.emplace(m_all.m_rows);
        } else {
            m_changing.emplace(m_all.m_rows, self, kHeldVersion);
        }
    }
    void came(RowSlot slot) { m_changing ? m_changing->came(slot) : m_staying->added({&slot, 1}); }
    void willLeave(RowSlot slot) {
        if (m_changing) return m_changing->willLeave(slot);
        if (!m_staying->willChange({&slot, 1}).empty()) m_copied.push_back(m_all.m_origins[slot]);
    }
    void freeze(bool whole) { m_changing ? m_changing->freeze(whole) : m_staying->freeze(whole); }
    bool anyFrozen() const { return m_changing ? m_changing->anyFrozen() : m_staying->anyFrozen(); }
    void writePiece(StateWriter& out) {
        m_changing ? m_changing->writePiece(kHeldRecords, out) : writeStaying(out);
    }
    std::size_t memoryBytes() const {
        return sizeof *this + (m_changing ? m_changing->memoryBytes() : m_staying->memoryBytes()) +
               m_copied.capacity() * sizeof(Origin);
    }

 private:
    std::uint64_t hashOf(RowSlot slot) const override;
    std::int64_t numberOf(RowSlot) const override { return 0; }
    void writeRows(Batch rows, std::span<const std::int64_t>, StateWriter& record) const override {
        record.batch("rows", rows);
    }
    std::size_t rowsOfPiece() const;
    void writeStaying(StateWriter& out);

    const RankedRows& m_all;
    std::optional<RowsByChange> m_staying{};  ///< one of the two
    std::optional<ChangingSlots> m_changing{};
    std::vector<Origin> m_copied{};  ///< of the copies of `m_staying`, by number
};

std::uint64_t RankedRows::Changes::hashOf(RowSlot slot) const {
    std::uint64_t hash = kNullHash;
    bool first = true;
    for (const int key : m_all.m_shape.keys) {
        const std::uint64_t next = hashOfCell(m_all.typeOf(key), KeptCell{m_all.m_rows, key, slot});
        hash = std::exchange(first, false) ? next : hashWithNext(hash, next);
    }
    return hash;
}

std::size_t RankedRows::Changes::rowsOfPiece() const {
    const std::size_t bytes = m_all.m_rows.memoryBytes() / std::max(m_all.m_rows.slots(), std::size_t{1});
    return std::clamp(kRankedBytesOfPiece / std::max(bytes, std::size_t{1}), kLeastRankedOfPiece,
                      kRankedOfPiece);
}

void RankedRows::Changes::writeStaying(StateWriter& out) {
    const RowsByChange::Taken taken = m_staying->takeSome(rowsOfPiece());
    const auto originOf = [&](std::uint32_t i) {
        return taken.copied ? m_copied[taken.first + i] : m_all.m_origins[taken.slots[i]];
    };
    std::vector<std::uint32_t> order = everyRow(taken.rows.rows);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const Origin from = originOf(a), other = originOf(b);
        return std::tie(from.wire, from.position) < std::tie(other.wire, other.position);
    });
    std::vector<Origin> origins;
    for (const std::uint32_t i : order) origins.push_back(originOf(i));
    const auto rowsOf = [&](std::size_t from, std::size_t count) {
        return taken.rows.select(std::span(order).subspan(from, count));
    };
    writeHeld(placed(origins, rowsOf), m_all.m_shape, out);
    if (!m_staying->anyFrozen()) m_copied = {};  // releases its memory
}

RankedRows::RankedRows(HeldShape shape, TieBreak ties, std::vector<SortColumn> by)
    : m_shape(std::move(shape)), m_ties(ties), m_by(std::move(by)), m_rows(m_shape.schema) {}
RankedRows::~RankedRows() = default;

RankedRows::Origin RankedRows::originOf(const Batch& batch, std::uint32_t row) const {
    if (!m_ties.places) return {};
    return {batch.wire, batch.positions.known() ? batch.positions.at(row) : -1};
}

template <class A, class B>
std::strong_ordering RankedRows::compare(const A& a, const B& b) const {
    for (const SortColumn& by : m_by) {
        const auto order = compareSorted(typeOf(by.column), a.cell(by.column), b.cell(by.column));
        if (order != 0) return by.descending ? 0 <=> order : order;
    }
    return compareTied(a, b);
}

template <class A, class B>
std::strong_ordering RankedRows::compareTied(const A& a, const B& b) const {
    if (m_ties.eventTime >= 0) {
        const int time = m_ties.eventTime;
        const auto times = compareCells(typeOf(time), a.cell(time), b.cell(time));
        if (times != 0) return times;
    }
    const Origin from = a.origin(), other = b.origin();
    const auto origins = std::tie(from.wire, from.position) <=> std::tie(other.wire, other.position);
    return origins != 0 ? origins : compareColumns(a, b);
}

template <class A, class B>
std::strong_ordering RankedRows::compareColumns(const A& a, const B& b) const {
    for (int column = 0; column < static_cast<int>(m_rows.schema()->size()); ++column) {
        const auto order = compareCells(typeOf(column), a.cell(column), b.cell(column));
        if (order != 0) return order;
    }
    return std::strong_ordering::equal;
}

RowSlot RankedRows::add(const Batch& batch, std::uint32_t row) {
    const RowSlot slot = m_rows.add(batch, row);
    if (m_origins.size() <= slot) m_origins.resize(slot + std::size_t{1});
    m_origins[slot] = originOf(batch, row);
    if (m_changes) m_changes->came(slot);
    return slot;
}

void RankedRows::remove(RowSlot slot) {
    if (m_changes) m_changes->willLeave(slot);
    m_rows.remove(slot);
}

bool RankedRows::before(RowSlot a, RowSlot b) const {
    return compare(Kept{*this, a}, Kept{*this, b}) < 0;
}

bool RankedRows::before(const Batch& batch, std::uint32_t row, RowSlot slot) const {
    return compare(Given{*this, batch, row}, Kept{*this, slot}) < 0;
}

bool RankedRows::precedes(RowSlot a, RowSlot b) const {
    const auto order = compare(Kept{*this, a}, Kept{*this, b});
    return order != 0 ? order < 0 : a < b;
}

bool RankedRows::same(RowSlot a, RowSlot b) const {
    return compareColumns(Kept{*this, a}, Kept{*this, b}) == 0;
}

bool RankedRows::same(const Batch& batch, std::uint32_t row, RowSlot slot) const {
    return compareColumns(Given{*this, batch, row}, Kept{*this, slot}) == 0;
}

std::size_t RankedRows::memoryBytes() const {
    return m_rows.memoryBytes() + m_origins.capacity() * sizeof(Origin) +
           (m_changes ? m_changes->memoryBytes() : 0);
}

template <class RowsOf>
std::vector<Batch> RankedRows::placed(std::span<const Origin> origins, RowsOf rowsOf) {
    std::vector<Batch> all;
    for (std::size_t from = 0, end = 0; from < origins.size(); from = end) {
        const Origin first = origins[from];
        std::vector<std::uint32_t> offsets;
        for (; end < origins.size(); ++end) {
            const Origin& next = origins[end];
            const bool alike = next.wire == first.wire && (next.position < 0) == (first.position < 0);
            const std::int64_t ahead = next.position - first.position;
            if (!alike || ahead < 0 || ahead > std::numeric_limits<std::uint32_t>::max()) break;
            offsets.push_back(static_cast<std::uint32_t>(ahead));
        }
        Batch& batch = all.emplace_back(rowsOf(from, end - from));
        batch.wire = first.wire;
        batch.positions.first = first.position;
        if (batch.positions.known())
            batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(offsets));
    }
    return all;
}

void RankedRows::write(StateWriter& out) const {
    std::vector<RowSlot> slots = keptSlots(m_rows);
    std::sort(slots.begin(), slots.end(), [this](RowSlot a, RowSlot b) {
        if (m_origins[a].wire != m_origins[b].wire) return m_origins[a].wire < m_origins[b].wire;
        return compareTied(Kept{*this, a}, Kept{*this, b}) < 0;
    });
    std::vector<Origin> origins;
    origins.reserve(slots.size());
    for (const RowSlot slot : slots) origins.push_back(m_origins[slot]);
    const auto rowsOf = [&](std::size_t from, std::size_t count) {
        return batchOf(std::span(slots).subspan(from, count));
    };
    writeHeld(placed(origins, rowsOf), m_shape, out);
}

void RankedRows::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<Changes>(*this);
    m_changes->freeze(whole);
}

bool RankedRows::anyFrozen() const {
    return m_changes && m_changes->anyFrozen();
}

void RankedRows::writePiece(StateWriter& out) {
    m_changes->writePiece(out);
}

Result<std::vector<Batch>> RankedRows::read(const StateReader& state, const KeyGroups& own) const {
    return readStanding(state, kHeldRecords, m_shape, own);
}

}  // namespace rw
