// score: the predictions of a trained model, beside each row.
#include <unordered_set>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/score/bound_score.h"
#include "core/score/model_file.h"
#include "core/score/score_operator.h"
#include "core/sql/bind/bind.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

/// Binds the list to expressions of type DOUBLE; reports those that are no numbers, or have a name twice.
void bindFeatures(BindContext& context, score::ScorePlan& plan) {
    const auto texts = context.list("features");
    const SchemaRef& input = context.input().schema;
    const sql::Scope scope{.schema = input, .index = std::make_shared<const ColumnIndex>(*input)};
    std::unordered_set<std::string> names;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < texts.size() && wrong < mostWrongItems(texts.size()); ++i) {
        const int item = static_cast<int>(i);
        auto items = accept(context, "features", item, sql::bindSelectItem(texts[i], scope));
        wrong += !items;
        if (!items) continue;
        for (sql::BoundItem& one : *items) {
            Issue* issue = nullptr;
            if (!one.expr->type.isNumeric()) {
                issue =
                    &context.error("features", RW_TEXT("score", "“%1” is no number.").with(one.name),
                                   RW_TEXT("score", "Make one of it: CASE WHEN … THEN 1 ELSE 0 END AS %1.")
                                       .with(sql::quoteIdentifier(one.name)));
            } else if (!names.insert(one.name).second) {
                issue = &context.error("features",
                                       RW_TEXT("score", "There are two features “%1”.").with(one.name),
                                       RW_TEXT("score", "Give one of them another name, with AS."));
            } else {
                const Type number = Type::of(TypeId::Double);
                auto converted = accept(context, "features", item,
                                        sql::convert(std::move(one.expr), number, {0, texts[i].size()}));
                if (converted) plan.features.push_back(*std::move(converted));
                plan.names.push_back(one.name);
            }
            if (issue == nullptr) continue;
            issue->item = item;
            issue->length = texts[i].size();
        }
    }
    if (texts.empty()) {
        context.error(
            "features", RW_TEXT("score", "The model is given no features."),
            RW_TEXT("score", "Name the columns, or expressions of them, that it was trained with."));
    }
}

/// The columns of the input, then those that are declared.
void bindOutput(BindContext& context, const Schema& declared, score::ScorePlan& plan) {
    Schema all = *context.input().schema;
    plan.columns = declared;
    Schema added = declared;
    if (plan.explain) added.fields.push_back({score::kContributions, Type::of(TypeId::String)});
    for (std::size_t i = 0; i < added.size(); ++i) {
        const Field& column = added.fields[i];
        if (!all.find(column.name)) {
            all.fields.push_back(column);
            continue;
        }
        Issue& issue =
            context.error(i < declared.size() ? "columns" : "explain",
                          RW_TEXT("score", "The rows have a column “%1” already.").with(column.name),
                          RW_TEXT("score", "Rename the column of the rows by a Select before this node."));
        if (i < declared.size()) issue.item = static_cast<int>(i);
    }
    plan.schema = std::make_shared<const Schema>(std::move(all));
}

score::Impute imputeOf(const std::string& name) {
    if (name == "mean") return score::Impute::Mean;
    if (name == "zero") return score::Impute::Zero;
    return name == "missing" ? score::Impute::Missing : score::Impute::None;
}

BoundNodeRef bindScore(BindContext& context) {
    if (refuseUpdating(context, RW_TEXT("score", "Score the rows before they are aggregated.")))
        return nullptr;
    auto bound = std::make_shared<score::BoundScore>();
    score::ScorePlan& plan = bound->plan;
    plan.path = context.path("model");
    plan.options.runtime = context.path("runtime");
    plan.reload = context.text("reload") == "on_change";
    plan.by = lookupBy(context.input());
    plan.impute = imputeOf(context.text("impute"));
    plan.explain = context.flag("explain");
    bindFeatures(context, plan);
    const std::optional<Schema> declared = bindColumns(context);
    if (!declared) return nullptr;
    if (declared->fields.empty()) {
        context.error(
            "columns", RW_TEXT("score", "No output of the model is named."),
            RW_TEXT("score", "Read them from the file, or write a name and a type: probability DOUBLE."));
    }
    bindOutput(context, *declared, plan);
    if (context.failed()) return nullptr;
    StreamType scored = context.input();
    scored.schema = plan.schema;
    bound->outputs = {std::move(scored), rejectedStream()};
    bound->summary = RW_TEXT("score", "%1 · %2")
                         .with(plan.path.substr(plan.path.rfind('/') + 1), columnCount(declared->size()));
    return bound;
}

/// Whether the file that is there now fits the node.
void checkScore(const BoundNode& node, BindContext& context) {
    const score::ScorePlan& plan = static_cast<const score::BoundScore&>(node).plan;
    const auto files = systemFiles();
    if (!files->state(plan.path).ok()) return;  // that was said
    const Result<score::ModelHead> head = score::modelHead(*files, plan.path, plan.options);
    const Status status = head.ok() ? score::fitPlan(*head, plan) : head.status();
    if (status.ok()) return;
    const std::string& param = status.error().param;
    context.error(param.empty() ? "model" : param, status.error().message, status.error().fix);
}

Result<Made> makeScore(const BoundNode& node, const MakeContext& context) {
    const score::ScorePlan& plan = static_cast<const score::BoundScore&>(node).plan;
    const auto files = context.files ? context.files : systemFiles();
    RW_TRY_ASSIGN(auto made, score::makeScoreOperator(plan, context, files));
    return Made(std::move(made));
}

Result<std::vector<std::string>> inferScore(const Json& params, const std::string& folder) {
    const Json path = params.value("model", Json("")), runtime = params.value("runtime", Json(""));
    if (!path.is_string() || path.get<std::string>().empty())
        return Status(ErrorCode::Invalid, RW_TEXT("score", "The file of the model is not named yet."));
    const auto absolute = [&folder](const Json& name) {
        const std::string text = name.is_string() ? name.get<std::string>() : std::string();
        return text.empty() ? text : (std::filesystem::path(folder) / text).lexically_normal().native();
    };
    RW_TRY_ASSIGN(const score::ModelHead head,
                  score::modelHead(*systemFiles(), absolute(path), {absolute(runtime)}));
    std::vector<std::string> columns;
    for (const score::ModelOutput& output : head.outputs)
        columns.push_back(writeColumnDef({output.name, output.type}));
    return columns;
}

ParamSpec imputeParam() {
    ParamSpec impute = makeParam(
        "impute", ParamKind::Choice, RW_TEXT("score", "Missing features"),
        RW_TEXT(
            "score",
            "What is done with a row that has NULL or NaN as a feature. `none`: it is an error of the row. "
            "`mean`: the mean of the training takes its place, `zero`: 0 does. `missing`: the model "
            "decides, for trees that were trained with missing values."),
        "none");
    impute.choices = {{"none", RW_TEXT("score", "The row is an error")},
                      {"mean", RW_TEXT("score", "The mean of the training")},
                      {"zero", RW_TEXT("score", "0")},
                      {"missing", RW_TEXT("score", "The model decides")}};
    return impute;
}

ParamSpec reloadParam() {
    ParamSpec reload = makeParam(
        "reload", ParamKind::Choice, RW_TEXT("score", "Changed model"),
        RW_TEXT("score",
                "What is done when the file of the model changes during the run. `never`: the run keeps the "
                "model that it has. `on_change`: the new model is used for all rows after the next "
                "checkpoint, and a note tells it."),
        "never");
    reload.choices = {{"never", RW_TEXT("score", "The run keeps its model")},
                      {"on_change", RW_TEXT("score", "Use the new model after the next checkpoint")}};
    return reload;
}

std::vector<ParamSpec> scoreParams() {
    ParamSpec model =
        makeParam("model", ParamKind::InputPath, RW_TEXT("score", "Model"),
                  RW_TEXT("score",
                          "The file of the trained model: JSON as the script of the help writes "
                          "it, or `.onnx`."));
    model.required = true;
    ParamSpec features = makeParam(
        "features", ParamKind::SelectItems, RW_TEXT("score", "Features"),
        RW_TEXT("score",
                "Columns, or expressions with a name (`LN(price) AS log_price`), one for each input of "
                "the model. They are found by the names of the inputs; where no feature has the "
                "name of an input, they are taken in order."));
    features.required = true;
    features.columnTypes = "numeric";
    ParamSpec columns = makeParam(
        "columns", ParamKind::ColumnDefs, RW_TEXT("score", "Columns of the model"),
        RW_TEXT("score",
                "The outputs of the model that you need, by name and type: `probability DOUBLE`. They "
                "follow the row's own columns. “Read columns from the file” fills them in."));
    columns.required = true;
    ParamSpec explain = makeParam(
        "explain", ParamKind::Boolean, RW_TEXT("score", "Contributions"),
        RW_TEXT("score",
                "Adds the column `contributions`: how much each feature added to the score of the row, "
                "as JSON."),
        false);
    ParamSpec runtime =
        makeParam("runtime", ParamKind::InputPath, RW_TEXT("score", "ONNX Runtime"),
                  RW_TEXT("score",
                          "The library for `.onnx` models, `libonnxruntime.so`. Without it, the path in the "
                          "environment variable RILLWRIGHT_ONNXRUNTIME is used, then that of the system."));
    runtime.advanced = true;
    return {std::move(model),   std::move(features), std::move(columns), imputeParam(),
            std::move(explain), reloadParam(),       std::move(runtime), onErrorParam()};
}

}  // namespace

NodeKind scoreKind() {
    NodeKind kind;
    kind.type = "score";
    kind.name = RW_TEXT("score", "Score");
    kind.palette = {{kind.name, RW_TEXT("score", "Predictions of a trained model"), "score"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = scoreParams();
    kind.bind = bindScore;
    kind.checkFiles = checkScore;
    kind.make = makeScore;
    kind.infer = inferScore;
    return kind;
}

}  // namespace rw
