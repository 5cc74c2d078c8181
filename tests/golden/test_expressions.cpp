// The expressions of the golden cases without the engine around them: every case that is a line of
// csv_source, filters, selects and csv_sink is computed as one batch and compared with Flink's answer.
#include <date/tz.h>

#include <QtTest/QtTest>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/data/text.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"
#include "tests/golden/cases.h"
#include "tests/golden/compare.h"

using namespace rw;

namespace {

std::string contentsOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

/// The nodes of a pipeline that is one line of them, from the source on; empty when it is something else.
std::vector<nlohmann::json> line(const nlohmann::json& pipeline) {
    std::map<std::string, nlohmann::json> nodes;
    std::map<std::string, std::string> next;
    for (const auto& node : pipeline["nodes"]) nodes[node["id"]] = node;
    for (const auto& wire : pipeline["wires"]) next[wire["from"]] = wire["to"];
    std::vector<nlohmann::json> result;
    for (const auto& [id, node] : nodes) {
        if (node["type"] == "csv_source") result.push_back(node);
    }
    while (result.size() == 1 || (!result.empty() && next.contains(result.back()["id"]))) {
        const auto to = next.find(result.back()["id"]);
        if (to == next.end() || !nodes.contains(to->second)) return {};
        const nlohmann::json& node = nodes[to->second];
        result.push_back(node);
        if (node["type"] == "csv_sink")
            return result.size() == nodes.size() ? result : std::vector<nlohmann::json>();
        if (node["type"] != "select" && node["type"] != "filter") return {};
    }
    return {};
}

Batch readSource(const std::filesystem::path& folder, const nlohmann::json& params) {
    std::vector<golden::Row> rows = golden::parseCsv(contentsOf(folder / params["path"].get<std::string>()));
    auto schema = std::make_shared<Schema>();
    Batch batch;
    batch.rows = rows.size() - 1;
    for (const std::string declared : params["columns"]) {
        const std::size_t blank = declared.find(' ');
        const Field field{declared.substr(0, blank), parseType(declared.substr(blank + 1)).value()};
        const auto place =
            std::find(rows[0].begin(), rows[0].end(), golden::Cell(field.name)) - rows[0].begin();
        ColumnBuilder builder(field.type);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const golden::Cell& cell = rows[i][static_cast<std::size_t>(place)];
            appendValue(builder, cell ? parseValue(*cell, field.type).value() : Value());
        }
        schema->fields.push_back(field);
        batch.columns.push_back(builder.finish());
    }
    batch.schema = std::move(schema);
    return batch;
}

std::string english(const sql::SqlError& error) {
    return rw::english(error.message) + " " + rw::english(error.fix);
}

sql::EvalContext contextOf(const nlohmann::json& pipeline) {
    sql::EvalContext context;
    context.zone = date::locate_zone(pipeline["settings"]["time_zone"].get<std::string>());
    return context;
}

/// Applies a filter or select; empty, or the error.
std::string apply(const nlohmann::json& node, const sql::EvalContext& context, Batch& batch) {
    const sql::Scope scope{batch.schema, {}, false};
    const auto& params = node["params"];
    if (node["type"] == "filter") {
        const auto bound = sql::bindCondition(params["condition"].get<std::string>(), scope);
        if (const auto* const error = std::get_if<sql::SqlError>(&bound)) return english(*error);
        std::vector<std::uint32_t> selected;
        sql::RowErrors errors;
        sql::filterRows(*std::get<sql::BoundRef>(bound), batch, context, selected, errors);
        batch = batch.select(selected);
        return errors.empty() ? std::string() : rw::english(errors[0].reason);
    }
    Batch out;
    out.rows = batch.rows;
    auto schema = std::make_shared<Schema>();
    for (const std::string text : params["columns"]) {
        const auto items = sql::bindSelectItem(text, scope);
        if (const auto* const error = std::get_if<sql::SqlError>(&items))
            return text + ": " + english(*error);
        for (const sql::BoundItem& item : std::get<0>(items)) {
            const sql::Vector vector = sql::evaluate(*item.expr, batch, context);
            if (vector.errors) return text + ": " + rw::english(vector.errors->front().reason);
            schema->fields.push_back({item.name, item.expr->type});
            out.columns.push_back(vector.flat(batch.rows));
        }
    }
    out.schema = std::move(schema);
    batch = std::move(out);
    return {};
}

golden::Table tableOf(const Batch& batch) {
    golden::Table table;
    for (const Field& field : batch.schema->fields) table.header.emplace_back(field.name);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        golden::Row cells;
        for (const ColumnRef& column : batch.columns) {
            std::string text;
            appendCell(text, *column, row);
            cells.push_back(column->isNull(row) ? golden::Cell() : golden::Cell(text));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> parts;
    std::istringstream in(line);
    for (std::string part; std::getline(in, part, '|');) parts.push_back(part);
    return parts;
}

}  // namespace

class TestExpressions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void agreesWithFlink_data() {
        QTest::addColumn<QString>("folder");
        int found = 0;
        for (const auto& folder : golden::casesIn(RILLWRIGHT_GOLDEN_CASES)) {
            const auto pipeline = nlohmann::json::parse(contentsOf(folder / "pipeline.rill"));
            if (line(pipeline).empty()) continue;
            QTest::newRow(folder.filename().c_str()) << QString::fromStdString(folder.string());
            ++found;
        }
        QVERIFY2(found >= 40, qPrintable(QString::number(found)));
    }

    void agreesWithFlink() {
        QFETCH(QString, folder);
        const std::filesystem::path path = folder.toStdString();
        const auto pipeline = nlohmann::json::parse(contentsOf(path / "pipeline.rill"));
        const auto nodes = line(pipeline);
        const sql::EvalContext context = contextOf(pipeline);
        Batch batch = readSource(path, nodes.front()["params"]);
        for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
            const std::string problem = apply(nodes[i], context, batch);
            QVERIFY2(problem.empty(), problem.c_str());
        }
        std::vector<golden::Row> rows = golden::parseCsv(contentsOf(path / "expected.csv"));
        const golden::Table expected{rows.front(), {rows.begin() + 1, rows.end()}};
        const std::string types = contentsOf(path / "expected.types");
        const std::string firstLine = types.substr(0, types.find('\n'));
        std::string actual;
        for (const Field& field : batch.schema->fields)
            actual += (actual.empty() ? "" : "|") + toString(field.type);
        QCOMPARE(QString::fromStdString(actual), QString::fromStdString(firstLine));
        const std::string difference =
            golden::compare(expected, tableOf(batch), split(firstLine), false, golden::Columns::Same);
        QVERIFY2(difference.empty(), difference.c_str());
    }
};

QTEST_APPLESS_MAIN(TestExpressions)
#include "test_expressions.moc"
