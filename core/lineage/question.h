// What is asked, as the plan knows it.
#pragma once
#include <string>
#include <vector>

#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/sql/bound.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// A port and the rows of it that are asked about.
struct Asked {
    NodeId node{};
    int port = 0;
    std::string portName{};
    StreamType type{};
    sql::BoundRef where{};        ///< null: it was asked by values
    Batch values{};               ///< those: one row by the port's columns
    RowPredicateRef condition{};  ///< of either

    PortRef from() const { return {node, portName}; }
};

/// Of a sink: the port whose rows it takes. An error where there is no such node or port, or the condition is
/// wrong.
Result<Asked> askedPort(const LineageQuestion& question, const Upstream& upstream,
                        const sql::EvalContext& eval);

/// The condition or the values that were asked about, for people.
std::string askedText(const LineageQuestion& question);

/// A row of an output port of a node, to be asked about; `row` has one.
AskedRow askedRow(const PlannedNode& node, int port, const Batch& row, const sql::EvalContext& eval);

/// An output port as wires name it.
PortRef portOf(const Upstream& upstream, const UpstreamPort& from);

}  // namespace rw
