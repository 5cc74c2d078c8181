// union: the rows of several streams of one schema in one. Batches keep the number of their wire. Of streams
// that change it makes one whose rows no key names.
#include <algorithm>

#include "core/base/figures.h"
#include "core/nodes/pass_rows.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

std::string columnText(const Schema& schema, std::size_t column) {
    if (column >= schema.size()) return "–";
    return schema.fields[column].name + " " + toString(schema.fields[column].type);
}

void refuseOtherSchema(BindContext& context, std::size_t wire) {
    const Schema& first = *context.input().schema;
    const Schema& other = *context.wires()[wire].schema;
    std::size_t column = 0;
    while (column < first.size() && column < other.size() && first.fields[column] == other.fields[column]) {
        ++column;
    }
    Issue& issue = context.error(
        {},
        RW_TEXT("union",
                "The streams must have the same columns: column %1 of “%2” is “%3”, of “%4” it is “%5”.")
            .with(column + 1, context.producer(0, 0).title, columnText(first, column),
                  context.producer(0, wire).title, columnText(other, column)),
        RW_TEXT("union", "Bring them in line with a select before the union."));
    issue.port = context.portName(0);
}

/// Rows of equal keys from two wires are two rows: where any wire changes its rows, no key names them behind
/// the union.
void forgetKeys(const std::vector<StreamType>& wires, StreamType& stream) {
    const bool changing =
        std::any_of(wires.begin(), wires.end(), [](const StreamType& wire) { return wire.updating; });
    if (wires.size() == 1 || !changing) return;
    stream.updating = stream.multiset = true;
    stream.key.clear();
}

BoundNodeRef bindUnion(BindContext& context) {
    const auto& wires = context.wires();
    StreamType stream = wires.front();
    stream.sourceOrder = stream.sourceOrder && wires.size() == 1;
    forgetKeys(wires, stream);
    bool sameTime = true;
    for (std::size_t wire = 1; wire < wires.size(); ++wire) {
        if (*wires[wire].schema != *stream.schema) {
            refuseOtherSchema(context, wire);
            continue;
        }
        sameTime = sameTime && wires[wire].eventTime == stream.eventTime;
        stream.made = stream.made || wires[wire].made;
        stream.held = stream.held || wires[wire].held;
        stream.sharedPositions = stream.sharedPositions || wires[wire].sharedPositions;
        stream.rejected = stream.rejected || wires[wire].rejected;
        if (stream.leftBy == PortRole::Rows) stream.leftBy = wires[wire].leftBy;
        stream.windowed = stream.windowed && wires[wire].windowed;
    }
    if (context.failed()) return nullptr;
    if (!sameTime) stream.eventTime = -1;
    // Marking a column would gain nothing: nodes that go by event time refuse updating streams.
    if (!sameTime && !stream.updating) {
        context.issue(
            Severity::Warning, {},
            RW_TEXT("union",
                    "The streams do not have the same event-time column; behind the union there "
                    "is none."),
            RW_TEXT("union", "Mark the same column in each, or put an event_time node behind the union."));
    }
    auto bound = std::make_shared<BoundPass>();
    bound->outputs = {std::move(stream)};
    bound->summary =
        figures::counted(wires.size(), RW_TEXT("union", "1 stream"), RW_TEXT("union", "%1 streams"));
    return bound;
}

Result<Made> makeUnion(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<PassRows>());
}

}  // namespace

NodeKind unionKind() {
    NodeKind kind;
    kind.type = "union";
    kind.name = RW_TEXT("union", "Union");
    kind.palette = {{kind.name, RW_TEXT("union", "Merge streams, same columns"), "union"}};
    kind.inputs = {{"in", RW_TEXT("union", "streams"), PortRole::Rows, true}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    kind.bind = bindUnion;
    kind.make = makeUnion;
    return kind;
}

}  // namespace rw
