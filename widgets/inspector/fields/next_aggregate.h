// The aggregate that a table of them offers next.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/data/schema.h"

namespace rw::ui {

/// Columns to compute with, as SQL, those that are no integers first, which often only number things; without
/// `keys`.
std::vector<std::string> numbersOf(const Schema& columns, const std::vector<std::string>& keys);

/// An aggregate that is not among `present`, with a name that none of them and no key has: a count, the means
/// of all numbers, their extremes, how many values the other columns have.
std::string nextAggregate(const std::vector<std::string>& present, const Schema& columns,
                          const std::vector<std::string>& keys);

}  // namespace rw::ui
