#include "widgets/document/result_databases.h"

#include <QDir>
#include <algorithm>

#include "core/base/ascii.h"
#include "core/connect/sqlite/values.h"
#include "core/data/text.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/variables.h"
#include "widgets/document/editing/node_appearance.h"

namespace rw::ui {
namespace {

QString textOf(const NodeKind& kind, const Node& node, const std::string& param, const Variables& variables) {
    const ParamSpec* spec = kind.param(param);
    if (spec == nullptr) return {};
    const Json& value = paramValue(*spec, node.params);
    return value.is_string() ? QString::fromStdString(substitute(value.get<std::string>(), variables))
                             : QString();
}

/// Of an updating stream its key; of windows their start and the columns by which they were made.
std::vector<std::string> keyOf(const StreamType& rows, const TypedNode* before) {
    std::vector<std::string> key;
    if (rows.updating) {
        for (const int column : rows.key)
            key.push_back(rows.schema->fields[static_cast<std::size_t>(column)].name);
        return key;
    }
    constexpr const char* kStart = "window_start";
    if (!rows.windowed || !rows.schema->find(kStart) || before == nullptr) return {};
    key.emplace_back(kStart);
    for (const std::string& each : before->keys) {
        if (!rows.schema->find(each)) return {};
        if (each != kStart && each != "window_end") key.push_back(each);
    }
    return key;
}

/// `pipeline`: that of the document, or as it runs, where `node` is in a subflow.
ResultTable tableOf(const PipelineDocument& document, const Pipeline& pipeline, const Node& node) {
    ResultTable table{titleOf(node)};
    const TypedNode* typed = document.typed(node.id);
    if (typed != nullptr && !typed->inputs.empty() && !typed->inputs.front().empty())
        table.rows = *typed->inputs.front().front().schema;
    const auto& wires = pipeline.wires;
    const auto comes = [&node](const Wire& wire) { return wire.to.node == node.id; };
    const auto into = std::find_if(wires.begin(), wires.end(), comes);
    if (std::count_if(wires.begin(), wires.end(), comes) == 1) table.from = into->from;
    if (!table.rows.fields.empty() && !table.from.node.empty())
        table.key = keyOf(typed->inputs.front().front(), document.typed(table.from.node));
    return table;
}

/// Null: the cell does not tell it.
ColumnRef valueOf(const SqliteCell& cell, Type type) {
    using Kind = SqliteCell::Kind;
    if (cell.kind == Kind::Null) return Column::nulls(type, 1);
    const std::optional<Value> value = cell.kind == Kind::Blob ? std::nullopt : parseValue(cell.text, type);
    if (!value) return nullptr;
    ColumnBuilder builder(type);
    appendValue(builder, *value);
    return builder.finish();
}

}  // namespace

std::vector<ResultDatabase> databasesOf(const PipelineDocument& document) {
    std::vector<Issue> ignored;  // wrong variables are told by the validation
    const QDir folder(QString::fromStdString(document.validateOptions().folder));
    std::vector<ResultDatabase> databases;
    const auto add = [&](const Pipeline& pipeline, const Variables& variables, const Node& node) {
        const NodeKind* kind = document.catalogue().of(node);
        if (kind == nullptr) return;
        for (const ParamSpec& spec : kind->params) {
            if (spec.kind != ParamKind::OutputPath || spec.part.empty()) continue;
            const QString name = textOf(*kind, node, spec.name, variables);
            if (name.isEmpty() || name == QLatin1String("-")) continue;
            const QString path = QDir::cleanPath(folder.absoluteFilePath(name));
            auto found = std::find_if(databases.begin(), databases.end(),
                                      [&](const ResultDatabase& each) { return each.path == path; });
            if (found == databases.end()) found = databases.insert(databases.end(), {path, {}});
            found->tables.insert(textOf(*kind, node, spec.part, variables),
                                 tableOf(document, pipeline, node));
        }
    };
    const Variables own = variablesOf(document.pipeline(), document.validateOptions(), ignored);
    for (const Node& node : document.pipeline().nodes) add(document.pipeline(), own, node);
    // Of subflows as they were read last; those that are gone since then write nothing.
    const std::shared_ptr<const Expanded> expanded = document.validated().expanded;
    if (!expanded) return databases;
    const Variables all = variablesOf(expanded->pipeline, document.validateOptions(), ignored);
    for (const Node& node : expanded->pipeline.nodes) {
        const NodeId outer = outermost(node.id);
        if (outer != node.id && !node.disabled && document.node(outer) != nullptr)
            add(expanded->pipeline, all, node);
    }
    return databases;
}

void refineTypes(SqliteEntry& entry, const ResultTable& written) {
    for (SqliteColumn& column : entry.columns) {
        for (const Field& field : written.rows.fields)
            if (sameAsciiWord(field.name, column.name)) refineType(column, field.type);
    }
}

std::optional<Batch> rowTaken(const ResultTable& written, const SqliteEntry& table, const SqliteRow& cells) {
    if (written.from.node.empty() || written.rows.fields.empty()) return std::nullopt;
    Batch row;
    row.schema = std::make_shared<Schema>(written.rows);
    row.rows = 1;
    for (const Field& field : written.rows.fields) {
        const auto column =
            std::find_if(table.columns.begin(), table.columns.end(),
                         [&field](const SqliteColumn& each) { return sameAsciiWord(field.name, each.name); });
        const auto place = static_cast<std::size_t>(column - table.columns.begin());
        row.columns.push_back(place < cells.size() ? valueOf(cells[place], field.type) : nullptr);
    }
    return row;
}

}  // namespace rw::ui
