// What a score is made of, as the nodes that explain theirs say it: a JSON object with a number per feature.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/data/type.h"

namespace rw {

inline constexpr std::string_view kContributions = "contributions";  ///< the column that has them
/// Bytes of such a text that views keep.
inline constexpr std::size_t kLongestContributions = std::size_t{16} << 10;

struct Contribution {
    std::string feature{};
    double value = 0;
    bool operator==(const Contribution&) const = default;
};

struct Contributions {
    std::vector<Contribution> all{};  ///< the largest by absolute value first; equal ones as in the text
    bool cut = false;                 ///< the text is cut: there are more
};

/// Whether this column of rows has contributions: by its name and type.
bool isContributions(std::string_view column, Type type);

/// Of any text: without features where it is no JSON object. Members that are no finite numbers are left out.
/// Of a text that is cut the whole members count. Any thread.
Contributions contributionsIn(std::string_view text);

}  // namespace rw
