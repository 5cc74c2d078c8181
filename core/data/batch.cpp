#include "core/data/batch.h"

namespace rw {

namespace {

template <class T>
using SharedVector = std::shared_ptr<const std::vector<T>>;

template <class T>
SharedVector<T> selected(const SharedVector<T>& values, std::span<const std::uint32_t> rows) {
    if (!values) return nullptr;
    std::vector<T> out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = (*values)[rows[i]];
    return std::make_shared<const std::vector<T>>(std::move(out));
}

template <class T>
SharedVector<T> sliced(const SharedVector<T>& values, std::size_t from, std::size_t count) {
    if (!values) return nullptr;
    const auto first = values->begin() + static_cast<std::ptrdiff_t>(from);
    return std::make_shared<const std::vector<T>>(first, first + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

std::string_view toString(RowKind kind) {
    switch (kind) {
        case RowKind::Insert:
            return "+I";
        case RowKind::UpdateBefore:
            return "-U";
        case RowKind::UpdateAfter:
            return "+U";
        case RowKind::Delete:
            return "-D";
    }
    return {};
}

Positions Positions::select(std::span<const std::uint32_t> rows) const {
    if (!known()) return {};
    if (offsets) return {first, selected(offsets, rows)};
    return {first, std::make_shared<const std::vector<std::uint32_t>>(rows.begin(), rows.end())};
}

Batch Batch::select(std::span<const std::uint32_t> chosen) const {
    Batch out = *this;
    for (ColumnRef& column : out.columns) {
        if (column) column = column->select(chosen);
    }
    out.rows = chosen.size();
    out.kinds = selected(kinds, chosen);
    out.stamps = selected(stamps, chosen);
    out.positions = positions.select(chosen);
    return out;
}

Batch Batch::slice(std::size_t from, std::size_t count) const {
    if (from == 0 && count == rows) return *this;
    Batch out = *this;
    for (ColumnRef& column : out.columns) {
        if (column) column = column->slice(from, count);
    }
    out.rows = count;
    out.kinds = sliced(kinds, from, count);
    out.stamps = sliced(stamps, from, count);
    if (positions.offsets) {
        out.positions.offsets = sliced(positions.offsets, from, count);
    } else if (positions.known()) {
        out.positions.first += static_cast<std::int64_t>(from);
    }
    return out;
}

Batch Batch::emptied() const {
    return slice(0, 0);
}

}  // namespace rw
