#include "core/python/join_rows.h"

#include <algorithm>
#include <vector>

namespace rw {

namespace {

/// Which rows of both, one behind the other, follow each other.
std::vector<std::uint32_t> mergedOrder(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const bool first = j == b.size() || (i < a.size() && a[i] <= b[j]);
        order.push_back(first ? i++ : static_cast<std::uint32_t>(a.size()) + j++);
    }
    return order;
}

std::int64_t positionOf(const Batch& batch, std::size_t row) {
    return batch.positions.at(row);
}

/// Calls body(batch, row) for each row in the order.
template <class Body>
void forEach(const Batch& a, const Batch& b, const std::vector<std::uint32_t>& order, Body body) {
    for (const std::uint32_t row : order) row < a.rows ? body(a, row) : body(b, row - a.rows);
}

Positions joinedPositions(const Batch& a, const Batch& b, const std::vector<std::uint32_t>& order) {
    Positions made;
    if (!b.positions.known() || order.empty()) return made;
    auto offsets = std::make_shared<std::vector<std::uint32_t>>();
    forEach(a, b, order, [&](const Batch& batch, std::size_t row) {
        const std::int64_t at = positionOf(batch, row);
        if (made.first < 0) made.first = at;
        offsets->push_back(static_cast<std::uint32_t>(at - made.first));
    });
    made.offsets = std::move(offsets);
    return made;
}

}  // namespace

Batch joinedInOrder(const Batch& a, std::span<const std::uint32_t> numbersOfA, const Batch& b,
                    std::span<const std::uint32_t> numbersOfB) {
    if (a.rows == 0) return b;
    const std::vector<std::uint32_t> order = mergedOrder(numbersOfA, numbersOfB);
    Batch made = b;
    made.rows = order.size();
    for (std::size_t i = 0; i < made.columns.size(); ++i) {
        ColumnBuilder column(b.columns[i]->type());
        forEach(a, b, order,
                [&](const Batch& batch, std::size_t row) { column.appendSharing(*batch.columns[i], row); });
        made.columns[i] = column.finish();
    }
    made.positions = joinedPositions(a, b, order);
    if (b.stamps) {
        auto stamps = std::make_shared<std::vector<Instant>>();
        forEach(a, b, order,
                [&](const Batch& batch, std::size_t row) { stamps->push_back((*batch.stamps)[row]); });
        made.stamps = std::move(stamps);
    }
    return made;
}

}  // namespace rw
