// Rows that left a node by its late port: of sessions only the node itself knows which come too late.
#pragma once
#include <optional>

#include "core/lineage/collector.h"
#include "core/lineage/sought_rows.h"
#include "core/lineage/upstream.h"

namespace rw {

/// What is wanted of the late port of the node that `input` leads to: the rows that are sought there, those
/// that came too late by most are kept. Nothing: the condition tells it, or the node has no late rows.
std::optional<WantedRows> atLatePort(const Upstream& upstream, const SoughtInput& input);

/// Of a row of that port: the row as it came to the node, with the columns of `schema`, and its lateness.
Batch asItCame(const Batch& row, const SchemaRef& schema);
Millis lateByOf(const Batch& row);

}  // namespace rw
