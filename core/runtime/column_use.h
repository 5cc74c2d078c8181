// Which columns are read: found from the sinks upwards, so that sources need not build the others.
#pragma once
#include <map>
#include <vector>

#include "core/pipeline/validate.h"

namespace rw {

/// Per node and output port: the columns that somebody below reads.
using WantedColumns = std::map<NodeId, std::vector<ColumnSet>>;

/// Event time, keys of updating streams and keys of exchanges count as read; so do all inputs of a node whose
/// rejected port is wired, for the rows that leave there are shown whole.
WantedColumns wantedColumns(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated);

}  // namespace rw
