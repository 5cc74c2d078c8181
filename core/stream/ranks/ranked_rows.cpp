#include "core/stream/ranks/ranked_rows.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

/// The order of SQL: compareCells() tells two zeros apart.
template <class A, class B>
std::strong_ordering compareSorted(Type type, const A& a, const B& b) {
    const bool numbers = type.is(TypeId::Double) && !a.isNull() && !b.isNull();
    const bool equal = numbers && a.template value<double>() == b.template value<double>();
    return equal ? std::strong_ordering::equal : compareCells(type, a, b);
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
    return slot;
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

std::vector<Batch> RankedRows::batches() const {
    std::vector<RowSlot> slots;
    for (RowSlot slot = 0; slot < m_rows.slots(); ++slot) {
        if (m_rows.contains(slot)) slots.push_back(slot);
    }
    std::sort(slots.begin(), slots.end(), [this](RowSlot a, RowSlot b) {
        if (m_origins[a].wire != m_origins[b].wire) return m_origins[a].wire < m_origins[b].wire;
        return compareTied(Kept{*this, a}, Kept{*this, b}) < 0;
    });
    std::vector<Batch> all;
    for (std::size_t from = 0, end = 0; from < slots.size(); from = end) {
        const Origin first = m_origins[slots[from]];
        std::vector<std::uint32_t> offsets;
        for (; end < slots.size(); ++end) {
            const Origin& next = m_origins[slots[end]];
            const bool alike = next.wire == first.wire && (next.position < 0) == (first.position < 0);
            const std::int64_t ahead = next.position - first.position;
            if (!alike || ahead < 0 || ahead > std::numeric_limits<std::uint32_t>::max()) break;
            offsets.push_back(static_cast<std::uint32_t>(ahead));
        }
        Batch& batch = all.emplace_back(batchOf({slots.data() + from, end - from}));
        batch.wire = first.wire;
        batch.positions.first = first.position;
        if (batch.positions.known())
            batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(offsets));
    }
    return all;
}

}  // namespace rw
