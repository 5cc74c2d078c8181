#include "tests/unit/app/marked_window.h"

#include <fmt/format.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <string>
#include <utility>
#include <vector>

#include "widgets/files/file_actions.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

constexpr int kRows = 60, kPatience = 120'000;

/// For each kind of chart, what it needs of the rows of the windows.
constexpr const char* kColumns = R"json({
    "line_chart": {"y": ["total"], "series": "city"},
    "bar_chart": {"category": "city", "value": "total"},
    "pie_chart": {"category": "city", "value": "total"},
    "histogram": {"value": "total", "series": "city"},
    "scatter_chart": {"x": "sales", "y": "total", "series": "city"},
    "heat_map": {"y": "city", "value": "total"},
    "gauge": {"value": "total", "max": 10000000},
    "number_card": {"value": "total", "aggregate": "sum"}})json";

/// A minute of sales every six rows; one amount is no number, one row comes after its window has closed.
std::string salesFile(const std::string& mark) {
    std::string text = "at,city,amount\n";
    for (int i = 0; i < kRows; ++i) {
        const int seconds = i == 50 ? 0 : i * 10;
        text += fmt::format("2024-03-01 12:{:02}:{:02},", seconds / 60, seconds % 60);
        // First, for the end of a long name is left out where it has no room.
        text += fmt::format("{}{},", mark, i % 3 == 0 ? "San Cristóbal de las Casas" : "Wien");
        text += i == 30 ? "n/a" + mark : fmt::format("{}", i * 12'345.678);
        text += '\n';
    }
    return text;
}

}  // namespace

MarkedWindow::MarkedWindow(const QString& chosenMark)
    : ClusterWindow({madeFlink("staging" + chosenMark.toStdString())}), mark(chosenMark) {
    if (!addSales()) qFatal("no pipeline");
}

void MarkedWindow::run() {
    const Json columns = Json::parse(kColumns);
    std::vector<std::pair<NodeId, std::string>> charts;
    for (const Node& node : document().pipeline().nodes) {
        if (columns.contains(node.type)) charts.emplace_back(node.id, node.type);
    }
    for (const auto& [node, type] : charts)
        document().setParams(node, columns[type], QStringLiteral("Columns"));
    if (!validated()) qFatal("not validated");
    session().start();
    const auto over = [this] { return session().state() == RunSession::State::Finished; };
    if (!QTest::qWaitFor(over, kPatience)) qFatal("it does not come to its end");
}

void MarkedWindow::addProblem() {
    const std::string wrong = "`no such city" + mark.toStdString() + "` = 'Wien'";
    document().addNodeBehind({"filter", Json{{"condition", wrong}}, QStringLiteral("Wrong") + mark},
                             {300, 150}, {source, "out"});
    if (!validated()) qFatal("not validated");
}

bool MarkedWindow::validated() const {
    return QTest::qWaitFor([this] { return document().isValidated(); }, kPatience);
}

bool MarkedWindow::addSales() {
    window->findChild<FileActions*>()->startEmpty();
    QFile data(folder.filePath(QStringLiteral("in.csv")));
    const QByteArray rows = QByteArray::fromStdString(salesFile(mark.toStdString()));
    if (!data.open(QIODevice::WriteOnly) || data.write(rows) != rows.size()) return false;
    data.close();
    if (!document().saveAs(folder.filePath(QStringLiteral("sales.rill"))).ok()) return false;
    source = document().addNode({"csv_source", Json::parse(R"json({"path": "in.csv", "event_time": "at",
            "columns": ["at TIMESTAMP(3)", "city STRING", "amount DOUBLE"]})json"),
                                 QStringLiteral("Sales of the shops") + mark},
                                {0, 0});
    perMinute = document().addNodeBehind(
        {"window_aggregate", Json::parse(R"json({"window": "tumble", "size": "1min", "keys": ["city"],
            "aggregates": ["COUNT(*) AS sales", "SUM(amount) AS total"]})json"),
         QStringLiteral("Sales a minute in each city") + mark},
        {300, 0}, {source, "out"});
    sink = document().addNodeBehind(
        {"sqlite_sink", Json{{"database", "out.sqlite"}, {"table", "sales"}}, QStringLiteral("Kept") + mark},
        {600, 0}, {perMinute, "out"});
    table = document().addNodeBehind({"table_view", Json::object(), QStringLiteral("Newest") + mark},
                                     {600, 150}, {perMinute, "out"});
    double below = 300;
    for (const NodeKind& kind : catalogue.kinds()) {
        if (!kind.chart || kind.type == "table_view") continue;
        document().addNodeBehind({kind.type, Json::object(), QString::fromStdString(kind.type) + mark},
                                 {600, below}, {perMinute, "out"});
        below += 150;
    }
    return document().save().ok() && validated();
}

}  // namespace rw::ui
