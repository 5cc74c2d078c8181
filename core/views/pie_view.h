// Data behind a pie chart: the largest categories with their shares of the whole, and the rest as one.
#pragma once
#include "core/views/category_view.h"

namespace rw {

struct PieInfo : CategoryInfo {
    std::size_t top = 8;
};

struct PieSlice : CategoryValue {
    double share = 0;  ///< of the whole, 0 to 1
    bool operator==(const PieSlice&) const = default;
};

struct PieSnapshot : CategoryShot {
    std::vector<PieSlice> slices{};  ///< at most `top`, the largest first
    PieSlice rest{};                 ///< the sum of all others, without a name
    std::size_t folded = 0;          ///< categories in it
    std::size_t negative = 0;  ///< categories below zero, which have no slice and are no part of the whole
};

class PieView final : public CategoryView {
 public:
    explicit PieView(PieInfo info) : CategoryView(info), m_info(std::move(info)) {}
    const PieInfo& info() const { return m_info; }

    PieSnapshot snapshot(const CategoryQuery& query = {}) const;

 private:
    const PieInfo m_info;
};

}  // namespace rw
