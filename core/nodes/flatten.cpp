// flatten: a row for each element of a JSON array that stands in a column.
#include "core/stream/flatten.h"

#include "core/nodes/column_defs.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/sql/bind/bind.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

constexpr const char* kIndexColumn = "index";

class BoundFlatten final : public BoundNode, public TellsContributors {
 public:
    FlattenPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override {
        ColumnSet read(inputs.front().schema->size());
        for (std::size_t i = 0; i < read.size(); ++i) read[i] = wanted.front()[i];
        read[static_cast<std::size_t>(plan->column)] = true;
        return {std::move(read)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
};

/// The column with the JSON text; -1 after it was reported that there is none.
int requireText(BindContext& context) {
    const Schema& schema = *context.input().schema;
    const std::string name = context.text("column");
    const int column = requireColumn(context, "column", schema, name);
    if (column < 0) return column;
    const Type type = schema.fields[static_cast<std::size_t>(column)].type;
    if (type.is(TypeId::String)) return column;
    Issue& issue = context.error(
        "column", RW_TEXT("flatten", "“%1” is %2; JSON is a STRING.").with(name, toString(type)),
        RW_TEXT("flatten", "Choose a STRING column that holds JSON texts."));
    for (const Field& field : schema.fields) {
        if (field.type.is(TypeId::String))
            issue.quickFixes.push_back(replaceParam(context, "column", -1, field.name));
    }
    return -1;
}

/// The value of the text in column `number` of the texts.
sql::BoundRef valueOf(std::size_t number, Type type) {
    if (type.is(TypeId::Bytes)) {  // they stand in JSON as Base64
        Schema texts;
        texts.fields.resize(number + 1);
        texts.fields.back() = {"text", Type::of(TypeId::String)};
        auto bytes = sql::bindText("CAST(FROM_BASE64(`text`) AS BYTES)",
                                   {std::make_shared<const Schema>(std::move(texts))});
        return std::get<sql::BoundRef>(std::move(bytes));
    }
    auto text = std::make_shared<sql::BoundExpr>();
    text->kind = sql::BoundExpr::Kind::Column;
    text->type = Type::of(TypeId::String);
    text->column = static_cast<int>(number);
    // Of a STRING every other type can be made.
    return std::get<sql::BoundRef>(sql::convert(std::move(text), type, {}));
}

FlattenedColumn flattened(const JsonColumns& declared, std::size_t number) {
    FlattenedColumn column;
    column.path = declared.paths[number];
    if (!declared.named[number]) column.bare = sql::JsonPath();
    column.value = valueOf(number, declared.schema.fields[number].type);
    return column;
}

/// Adds the columns of an element behind those of the input; names that are taken are reported.
void bindFlattened(BindContext& context, const JsonColumns& declared, FlattenPlan& plan) {
    Schema schema = *context.input().schema, texts;
    if (schema.find(kIndexColumn)) {
        context.error({},
                      RW_TEXT("flatten",
                              "The rows have a column “%1” already; here it would be the number of the "
                              "element.")
                          .with(kIndexColumn),
                      RW_TEXT("flatten", "Let a select before this node give it another name."));
    }
    schema.fields.push_back({kIndexColumn, Type::of(TypeId::Int)});
    for (std::size_t i = 0; i < declared.paths.size(); ++i) {
        const Field& field = declared.schema.fields[i];
        if (schema.find(field.name)) {
            wrongColumn(context, i, 0, field.name.size(),
                        RW_TEXT("flatten", "The rows have a column “%1” already.").with(field.name),
                        RW_TEXT("flatten", "Choose another name, and say where it stands: FROM '$.name'."));
        }
        schema.fields.push_back(field);
        texts.fields.push_back({field.name, Type::of(TypeId::String)});
        plan.columns.push_back(flattened(declared, i));
    }
    plan.output = std::make_shared<const Schema>(std::move(schema));
    plan.texts = std::make_shared<const Schema>(std::move(texts));
}

BoundNodeRef bindFlatten(BindContext& context) {
    auto plan = std::make_shared<FlattenPlan>();
    plan->column = requireText(context);
    plan->keepsEmpty = context.flag("keep_empty");
    const auto declared = bindJsonColumns(context);
    if (declared) bindFlattened(context, *declared, *plan);
    if (context.failed()) return nullptr;
    StreamType stream = context.input();
    // Changes of a row are changes of each of its elements. The number alone names none.
    if (stream.updating && !stream.multiset) stream.key.push_back(static_cast<int>(stream.schema->size()));
    stream.schema = plan->output;
    stream.sharedPositions = true;
    auto bound = std::make_shared<BoundFlatten>();
    bound->outputs = {std::move(stream), rejectedStream()};
    bound->summary =
        RW_TEXT("flatten", "%1 → %2")
            .with(context.text("column"), fmt::format("{}", fmt::join(context.list("columns"), ", ")));
    bound->plan = std::move(plan);
    return bound;
}

Result<Made> makeFlatten(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Flatten>(static_cast<const BoundFlatten&>(bound).plan, context));
}

std::vector<ParamSpec> flattenParams() {
    ParamSpec column = makeParam(
        "column", ParamKind::ColumnName, RW_TEXT("flatten", "JSON column"),
        RW_TEXT("flatten",
                "The STRING column that contains the JSON array. An object counts as an array of one."));
    column.required = true;
    column.columnTypes = "text";
    column.section = RW_TEXT("flatten", "Elements");
    ParamSpec columns =
        makeParam("columns", ParamKind::ColumnDefs, RW_TEXT("flatten", "Columns of an element"),
                  RW_TEXT("flatten",
                          "Name and type of each column that is extracted from an element, and its path "
                          "there: `city STRING FROM '$.address.city'`. Without `FROM` it is the element "
                          "itself or, if that is an object, the field of that name."));
    columns.required = true;
    ParamSpec keepEmpty =
        makeParam("keep_empty", ParamKind::Boolean, RW_TEXT("flatten", "Keep rows without elements"),
                  RW_TEXT("flatten",
                          "A row whose array is empty, or NULL, is emitted once, with NULL as `index` and in "
                          "the new columns. Otherwise it is dropped."),
                  false);
    return {std::move(column), std::move(columns), std::move(keepEmpty), onErrorParam()};
}

}  // namespace

NodeKind flattenKind() {
    NodeKind kind;
    kind.type = "flatten";
    kind.name = RW_TEXT("flatten", "Flatten");
    kind.palette = {{kind.name, RW_TEXT("flatten", "A row for each array element"), "flatten"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = flattenParams();
    kind.bind = bindFlatten;
    kind.make = makeFlatten;
    return kind;
}

}  // namespace rw
