#include "core/stream/rows/cell_compare.h"

#include <cmath>

namespace rw {

namespace {

bool sameCell(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB) {
    if (a.isNull(rowA) || b.isNull(rowB)) return a.isNull(rowA) && b.isNull(rowB);
    if (isReference(a.type().id)) return a.string(rowA) == b.string(rowB);
    if (a.type().is(TypeId::Double) && a.at<double>(rowA) != a.at<double>(rowA)) {
        return b.at<double>(rowB) != b.at<double>(rowB);
    }
    const std::size_t width = widthOf(a.type().id);
    return std::memcmp(a.raw() + rowA * width, b.raw() + rowB * width, width) == 0;
}

}  // namespace

bool sameRow(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b, std::size_t rowB) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!sameCell(*a[i], rowA, *b[i], rowB)) return false;
    }
    return true;
}

std::strong_ordering compareDoubles(double a, double b) {
    if (a < b) return std::strong_ordering::less;
    if (a > b) return std::strong_ordering::greater;
    if (a == b) return std::signbit(b) <=> std::signbit(a);
    return std::isnan(a) <=> std::isnan(b);
}

std::strong_ordering compareRows(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b,
                                 std::size_t rowB) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        const Type type = a[i] ? a[i]->type() : Type{};
        const auto order = compareCells(type, ColumnCell{a[i].get(), rowA}, ColumnCell{b[i].get(), rowB});
        if (order != 0) return order;
    }
    return std::strong_ordering::equal;
}

}  // namespace rw
