#include "core/views/bar_view.h"

#include <algorithm>

namespace rw {

BarSnapshot BarView::snapshot(const CategoryQuery& query) const {
    BarSnapshot result;
    result.bars = copyShown(result, query);
    result.categories = result.bars.size();
    const auto before = [order = m_info.order](const Bar& a, const Bar& b) {
        if (order == BarOrder::Largest) return largerFirst(a, b);
        if (order == BarOrder::Smallest && a.value != b.value) return a.value < b.value;
        return labelLess(a.category, b.category);
    };
    const auto end =
        result.bars.begin() + static_cast<std::ptrdiff_t>(std::min(m_info.top, result.bars.size()));
    std::partial_sort(result.bars.begin(), end, result.bars.end(), before);
    result.bars.erase(end, result.bars.end());
    return result;
}

}  // namespace rw
