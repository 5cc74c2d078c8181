// Start values for a node that was just wired: for what it can't do without, guessed from its input.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

/// Values for required parameters of `node` that have none: of a chart the columns it draws, of a ranking
/// its sort column, of a lookup its condition, of a sink into a part of a file (a table of a database) both
/// names. A line chart of rows that windows or groups made has a line for each key, and a table that
/// changing rows are written to takes them by upsert. Nothing is guessed for the rest, nor where no column
/// fits. `inputs`: per port, per wire, as far as known. `producer`: the title of the node that sends the
/// rows; a table takes its name. `before`: earlier guesses, which stay where no column fits better. Looks at
/// no file.
Json prefill(const Pipeline& pipeline, const Node& node, const NodeKind& kind,
             const std::vector<std::vector<StreamType>>& inputs, const std::string& producer,
             const Json& before = Json::object());

/// The parameters of such a node whose values follow from the rows of its input: from their columns, or from
/// whether they change.
std::vector<std::string> inputParams(const NodeKind& kind);

/// The columns by which a window or a group makes its rows; none for other nodes.
std::vector<std::string> groupKeys(const Node& node);
/// Those of them that tell apart the rows of `stream`, which the node sends: its late rows are no results.
std::vector<std::string> rowKeys(const std::vector<std::string>& groupKeys, const StreamType& stream);

}  // namespace rw
