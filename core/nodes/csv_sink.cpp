// csv_sink: rows into a CSV file or to standard output.
#include "core/connect/csv/writer.h"
#include "core/nodes/file_sink.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundCsvSink final : public BoundFileSink {
 public:
    bool header = true;
};

BoundNodeRef bindCsvSink(BindContext& context) {
    auto bound = std::make_shared<BoundCsvSink>();
    bindFileSink(context, *bound);
    bound->header = context.flag("header");
    return context.failed() ? nullptr : bound;
}

Result<Made> makeCsvSink(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundCsvSink&>(node);
    const CsvWriter writer(CsvFormat{}, bound.updating, CsvLimits{});
    RowsAsText rows;
    if (bound.header) writer.appendHeader(rows.head, *bound.schema);
    rows.append = [writer](std::string& out, const Batch& batch) { return writer.appendRows(out, batch); };
    return Made(makeFileSink(bound, context, std::move(rows)));
}

}  // namespace

NodeKind csv_sinkKind() {
    NodeKind kind;
    kind.type = "csv_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("csv_sink", "CSV file");
    kind.palette = {{kind.name, RW_TEXT("csv_sink", "Write rows to a file"), "csv_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = {outputPathParam(),
                   makeParam("header", ParamKind::Boolean, RW_TEXT("csv_sink", "Header"),
                             RW_TEXT("csv_sink", "Whether the first row contains the column names."), true)};
    kind.bind = bindCsvSink;
    kind.checkFiles = checkFileFolder;
    kind.make = makeCsvSink;
    return kind;
}

}  // namespace rw
