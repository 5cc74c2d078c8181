// ndjson_sink: rows as JSON, an object a line, into a file or to standard output.
#include "core/connect/ndjson/writer.h"
#include "core/nodes/file_sink.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

BoundNodeRef bindNdjsonSink(BindContext& context) {
    auto bound = std::make_shared<BoundFileSink>();
    bindFileSink(context, *bound);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeNdjsonSink(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundFileSink&>(node);
    RowsAsText rows;
    rows.append = [writer = NdjsonWriter(*bound.schema, bound.updating)](
                      std::string& out, const Batch& batch) { return writer.appendRows(out, batch); };
    return Made(makeFileSink(bound, context, std::move(rows)));
}

}  // namespace

NodeKind ndjson_sinkKind() {
    NodeKind kind;
    kind.type = "ndjson_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("ndjson_sink", "JSON file");
    kind.palette = {{kind.name, RW_TEXT("ndjson_sink", "Write an object a line"), "ndjson_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = {outputPathParam()};
    kind.bind = bindNdjsonSink;
    kind.checkFiles = checkFileFolder;
    kind.make = makeNdjsonSink;
    return kind;
}

}  // namespace rw
