#include "core/lineage/late_port.h"

#include <algorithm>

#include "core/stream/lineage/row_match.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {

/// Rows are judged by their event time, and by something besides that is not known.
bool leavesOpen(const RowPredicate* condition) {
    const auto* const match = dynamic_cast<const RowMatch*>(condition);
    return match && match->eventTime >= 0 && match->late == RowMatch::Late::Never;
}

}  // namespace

std::optional<WantedRows> atLatePort(const Upstream& upstream, const SoughtInput& input) {
    const PlannedNode& node = *upstream.find(input.to);
    if (!input.ways.empty() || node.kind->inputs.size() != 1 || !leavesOpen(input.exact.get()))
        return std::nullopt;
    // Else the port has other columns in front.
    const Schema& schema = *node.inputs.front().type.schema;
    for (const Field& field : schema.fields) {
        if (isLateColumn(field.name)) return std::nullopt;
    }
    const auto& ports = node.kind->outputs;
    const auto late = std::find_if(ports.begin(), ports.end(),
                                   [](const PortSpec& port) { return port.role == PortRole::Late; });
    if (late == ports.end()) return std::nullopt;
    WantedRows wanted{{input.to, late->name}, input.exact};
    wanted.order = [](const Batch& a, const Batch& b) { return lateByOf(a) <=> lateByOf(b); };
    return wanted;
}

Batch asItCame(const Batch& row, const SchemaRef& schema) {
    Batch own = row;
    own.columns.resize(std::min(own.columns.size(), schema->size()));
    own.schema = schema;
    return own;
}

Millis lateByOf(const Batch& row) {
    const auto by = row.schema->find("late_by");
    if (!by || row.column(*by).isNull(0)) return 0;
    return row.column(*by).at<std::int64_t>(0);
}

}  // namespace rw
