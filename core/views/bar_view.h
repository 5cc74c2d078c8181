// Data behind a bar chart: the first categories in the order asked for.
#pragma once
#include "core/views/category_view.h"

namespace rw {

enum class BarOrder { Largest, Smallest, Name };

struct BarInfo : CategoryInfo {
    std::size_t top = 10;
    BarOrder order = BarOrder::Largest;
};

using Bar = CategoryValue;

struct BarSnapshot : CategoryShot {
    std::vector<Bar> bars{};     ///< at most `top`, in the order asked for
    std::size_t categories = 0;  ///< all that there are; more than bars: the rest is not shown
};

class BarView final : public CategoryView {
 public:
    explicit BarView(BarInfo info) : CategoryView(info), m_info(std::move(info)) {}
    const BarInfo& info() const { return m_info; }

    BarSnapshot snapshot(const CategoryQuery& query = {}) const;

 private:
    const BarInfo m_info;
};

}  // namespace rw
