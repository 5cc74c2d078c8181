#include "core/stream/cell_compare.h"

#include <cmath>

namespace rw {

namespace {

bool sameCell(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB) {
    if (a.isNull(rowA) || b.isNull(rowB)) return a.isNull(rowA) && b.isNull(rowB);
    if (a.type().is(TypeId::String)) return a.string(rowA) == b.string(rowB);
    if (a.type().is(TypeId::Double) && a.at<double>(rowA) != a.at<double>(rowA)) {
        return b.at<double>(rowB) != b.at<double>(rowB);
    }
    const std::size_t width = widthOf(a.type().id);
    return std::memcmp(a.raw() + rowA * width, b.raw() + rowB * width, width) == 0;
}

template <class T>
std::strong_ordering compareAs(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB) {
    return a.at<T>(rowA) <=> b.at<T>(rowB);
}

std::strong_ordering compareDoubles(double a, double b) {
    if (a < b) return std::strong_ordering::less;
    if (a > b) return std::strong_ordering::greater;
    if (a == b) return std::signbit(b) <=> std::signbit(a);
    return std::isnan(a) <=> std::isnan(b);
}

std::strong_ordering compareCells(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB) {
    if (a.isNull(rowA) || b.isNull(rowB)) return b.isNull(rowB) <=> a.isNull(rowA);
    switch (a.type().id) {
        case TypeId::Int:
        case TypeId::Date:
            return compareAs<std::int32_t>(a, rowA, b, rowB);
        case TypeId::Double:
            return compareDoubles(a.at<double>(rowA), b.at<double>(rowB));
        case TypeId::Decimal:
            return compareAs<Int128>(a, rowA, b, rowB);
        case TypeId::String:
            return a.string(rowA) <=> b.string(rowB);
        case TypeId::Boolean:
        case TypeId::Null:
            return compareAs<std::uint8_t>(a, rowA, b, rowB);
        case TypeId::Bigint:
        case TypeId::Timestamp:
        case TypeId::IntervalDay:
        case TypeId::IntervalMonth:
            break;
    }
    return compareAs<std::int64_t>(a, rowA, b, rowB);
}

}  // namespace

bool sameRow(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b, std::size_t rowB) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!sameCell(*a[i], rowA, *b[i], rowB)) return false;
    }
    return true;
}

std::strong_ordering compareRows(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b,
                                 std::size_t rowB) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!a[i] || !b[i]) {
            if (const auto order = (a[i] && !a[i]->isNull(rowA)) <=> (b[i] && !b[i]->isNull(rowB)); order != 0)
                return order;
            continue;
        }
        if (const auto order = compareCells(*a[i], rowA, *b[i], rowB); order != 0) return order;
    }
    return std::strong_ordering::equal;
}

}  // namespace rw
