#include "core/stream/cell_compare.h"

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

}  // namespace

bool sameRow(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b, std::size_t rowB) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!sameCell(*a[i], rowA, *b[i], rowB)) return false;
    }
    return true;
}

}  // namespace rw
