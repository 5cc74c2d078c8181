// ndjson_source: rows of files with a JSON object a line.
#include "core/connect/files/framed_format.h"
#include "core/connect/ndjson/decoder.h"
#include "core/connect/ndjson/infer.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/sources/file_source.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundNdjson final : public BoundFileSource {
 public:
    std::vector<sql::JsonPath> paths{};
};

BoundNodeRef bindNdjson(BindContext& context) {
    auto bound = std::make_shared<BoundNdjson>();
    std::optional<Schema> schema;
    if (auto columns = bindJsonColumns(context)) {
        schema = std::move(columns->schema);
        bound->paths = std::move(columns->paths);
    }
    bindFileSource(context, schema, *bound);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeNdjson(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundNdjson&>(node);
    JsonDecoderOptions options{decoderOptions(bound, context), bound.paths};
    return makeFileSource(bound, context, linesOf(std::make_unique<JsonDecoder>(std::move(options))));
}

Result<std::vector<std::string>> inferNdjson(const Json& params, const std::string& folder) {
    RW_TRY_ASSIGN(const Schema schema,
                  inferNdjsonSchema(inputPathOf(params, folder), declaredColumns(params)));
    return writeColumnDefs(schema);
}

std::vector<ParamSpec> ndjsonSourceParams() {
    std::vector<ParamSpec> params{inputPathParam(), jsonColumnsParam()};
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    for (ParamSpec& spec : paceParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind ndjson_sourceKind() {
    NodeKind kind;
    kind.type = "ndjson_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("ndjson_source", "JSON file");
    kind.palette = {
        {kind.name, RW_TEXT("ndjson_source", "An object a line, also of growing files"), "ndjson_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = ndjsonSourceParams();
    kind.bind = bindNdjson;
    kind.make = makeNdjson;
    kind.infer = inferNdjson;
    for (const char* packed : {"", ".gz", ".zst"}) {
        kind.files.push_back({std::string(".ndjson") + packed});
        kind.files.push_back({std::string(".jsonl") + packed});
    }
    return kind;
}

}  // namespace rw
