#include "core/views/pie_view.h"

#include <algorithm>
#include <limits>

namespace rw {

PieSnapshot PieView::snapshot(const CategoryQuery& query) const {
    PieSnapshot result;
    std::vector<CategoryValue> values = copyShown(result, query);
    result.negative = std::erase_if(values, [](const CategoryValue& each) { return each.value < 0; });
    const std::size_t top = std::min(m_info.top, values.size());
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(top);
    std::partial_sort(values.begin(), first, values.end(), largerFirst);
    // As parts of the largest, for the whole may pass all DOUBLEs; and exact, for the values come in no
    // order.
    const double largest = values.empty() ? 0 : values.front().value;
    const auto part = [largest](double value) { return largest > 0 ? value / largest : 0; };
    sql::ExactSum whole, others, partOfOthers;
    for (std::size_t i = 0; i < values.size(); ++i) {
        whole.add(part(values[i].value));
        if (i < top) continue;
        others.add(values[i].value);
        partOfOthers.add(part(values[i].value));
    }
    const auto share = [all = whole.value()](double of) { return all > 0 ? of / all : 0; };
    for (std::size_t i = 0; i < top; ++i) {
        const double of = share(part(values[i].value));
        result.slices.push_back({std::move(values[i]), of});
    }
    result.folded = values.size() - top;
    result.rest.value = std::min(others.value(), std::numeric_limits<double>::max());
    result.rest.share = share(partOfOthers.value());
    return result;
}

}  // namespace rw
