// Columns to sort by, as parameters list them: “n DESC”.
#pragma once
#include <string_view>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/ranks/ranked_rows.h"

namespace rw {

/// The columns of `schema` that parameter `param` lists; those that are not there are reported.
std::vector<SortColumn> bindSortItems(BindContext& context, std::string_view param, const Schema& schema);

}  // namespace rw
