// csv_source: rows of CSV files.
#include "core/connect/csv/infer.h"
#include "core/connect/csv/row_format.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundCsv final : public BoundFileSource {
 public:
    CsvFormat format{};
};

BoundNodeRef bindCsv(BindContext& context) {
    auto bound = std::make_shared<BoundCsv>();
    const std::optional<Schema> columns = bindColumns(context);
    bound->format = bindCsvFormat(context);
    bindFileSource(context, columns, *bound);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeCsv(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundCsv&>(node);
    CsvParserOptions options{decoderOptions(bound, context), bound.format};
    return makeFileSource(bound, context, std::make_unique<CsvRowFormat>(std::move(options)));
}

Result<std::vector<std::string>> inferCsv(const Json& params, const std::string& folder) {
    RW_TRY_ASSIGN(const Schema schema,
                  inferCsvSchema(inputPathOf(params, folder), csvFormatOf(params), declaredColumns(params)));
    return writeColumnDefs(schema);
}

std::vector<ParamSpec> csvSourceParams() {
    std::vector<ParamSpec> params{inputPathParam(), columnsParam()};
    for (std::vector<ParamSpec>& group : std::vector{csvParams(), timingParams(), paceParams()}) {
        for (ParamSpec& spec : group) params.push_back(std::move(spec));
    }
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind csv_sourceKind() {
    NodeKind kind;
    kind.type = "csv_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("csv_source", "CSV file");
    kind.palette = {{kind.name, RW_TEXT("csv_source", "Files, folders and growing files"), "csv"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = csvSourceParams();
    kind.bind = bindCsv;
    kind.make = makeCsv;
    kind.infer = inferCsv;
    for (const char* packed : {"", ".gz", ".zst"}) {
        kind.files.push_back({std::string(".csv") + packed});
        kind.files.push_back({std::string(".tsv") + packed, Json{{"delimiter", "\\t"}}});
    }
    return kind;
}

}  // namespace rw
