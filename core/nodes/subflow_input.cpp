// subflow_input: where rows come into a subflow. In a file that is opened by itself, a source without rows.
#include <algorithm>

#include "core/nodes/column_defs.h"
#include "core/nodes/pass_rows.h"
#include "core/nodes/source_params.h"
#include "core/nodes/subflow_port.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class InputAlone final : public Source {
 public:
    Status open() override { return {}; }
    Result<Poll> poll(std::unique_ptr<Chunk>&) override { return Poll{Poll::Kind::End}; }
    Status parse(const Chunk&, ParsedChunk&) const override { return {}; }
    Status snapshot(StateWriter&) const override { return {}; }
    Status restore(const StateReader&) override { return {}; }
};

BoundNodeRef bindInputAlone(BindContext& context) {
    auto schema = bindColumns(context);
    if (!schema) return nullptr;
    auto bound = std::make_shared<BoundSource>();
    bound->summary = columnCount(schema->size());
    bindTiming(context, std::move(*schema), *bound);
    return context.failed() ? nullptr : bound;
}

std::string subflowColumn(const Schema& schema, std::size_t column) {
    return column < schema.size() ? writeColumnDef(schema.fields[column]) : "–";
}

void refuseOtherColumns(BindContext& context, const Schema& declared) {
    const Schema& given = *context.input().schema;
    const auto differ = std::mismatch(declared.fields.begin(), declared.fields.end(), given.fields.begin(),
                                      given.fields.end());
    const auto column = static_cast<std::size_t>(differ.first - declared.fields.begin());
    Issue& issue = context.error(
        {},
        RW_TEXT("subflow_input", "“%1” takes other columns: column %2 is “%3”, of “%4” it is “%5”.")
            .with(context.node().id, column + 1, subflowColumn(declared, column), context.producer().title,
                  subflowColumn(given, column)),
        RW_TEXT("subflow_input",
                "Bring them in line with a select before the subflow, or change the columns in its file."));
    issue.port = context.portName(0);
}

/// Windows inside go by it.
void refuseOtherTime(BindContext& context, const std::string& declared) {
    const StreamType& given = context.input();
    const auto column = static_cast<std::size_t>(std::max(given.eventTime, 0));
    if (given.eventTime >= 0 && given.schema->fields[column].name == declared) return;
    Issue& issue = context.error(
        {},
        RW_TEXT("subflow_input", "“%1” takes rows with the event time “%2”; for “%3” it is not that.")
            .with(context.node().id, declared, context.producer().title),
        RW_TEXT("subflow_input", "Mark it in the source, or put an event_time node before the subflow."));
    issue.port = context.portName(0);
}

BoundNodeRef bindInputInside(BindContext& context) {
    const auto declared = bindColumns(context);
    if (!declared) return nullptr;
    if (*context.input().schema != *declared) {
        refuseOtherColumns(context, *declared);
    } else if (const std::string time = context.text("event_time"); !time.empty()) {
        refuseOtherTime(context, time);
    }
    if (context.failed()) return nullptr;
    auto bound = std::make_shared<BoundPass>();
    bound->outputs = {context.input()};
    return bound;
}

Result<Made> makeInputAlone(const BoundNode& bound, const MakeContext&) {
    auto source = std::make_unique<InputAlone>();
    setTiming(*source, static_cast<const BoundSource&>(bound));
    return Made(std::move(source));
}

}  // namespace

NodeKind subflow_inputKind() {
    NodeKind kind;
    kind.type = "subflow_input";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("subflow_input", "Subflow input");
    kind.palette = {{kind.name, RW_TEXT("subflow_input", "Where rows come into a subflow"), "subflow_input"}};
    kind.subflow = SubflowRole::Input;
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    kind.params = {columnsParam(), timingParams().front()};
    kind.bind = bindInputAlone;
    kind.make = makeInputAlone;
    kind.inside = insideKind(kind, bindInputInside);
    return kind;
}

}  // namespace rw
