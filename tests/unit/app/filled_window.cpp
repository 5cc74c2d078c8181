#include "tests/unit/app/filled_window.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/cluster/deployment_store.h"
#include "widgets/clusters/compare_session.h"
#include "widgets/clusters/job_list.h"
#include "widgets/pane/pane.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

constexpr int kRunPatience = 120'000;

// Two late rows in eighty, and two that the filter can't read in a hundred.
constexpr const char* kShops = R"json({"rate": 20000, "event_time": "time_of_the_sale", "columns": [
    "time_of_the_sale TIMESTAMP(3) = TIMESTAMPADD(SECOND, i - 600 * (MOD(i, 40) / 39), TIMESTAMP '2024-03-01 12:00:00')",
    "name_of_the_shop STRING = CONCAT('San Cristóbal, Avenida de los Insurgentes ', CAST(MOD(i, 7) AS STRING))",
    "amount_in_cents BIGINT = 123456789012 + i * 1000003",
    "average_price_of_an_article DOUBLE = i * 12345.678 / 7",
    "count_as_text STRING = CASE WHEN MOD(i, 50) = 7 THEN 'not a number at all' ELSE CAST(i AS STRING) END"]})json";

constexpr const char* kPerMinute = R"json({"window": "tumble", "size": "1min", "keys": ["name_of_the_shop"],
    "aggregates": ["SUM(amount_in_cents) AS sum_of_all_amounts", "AVG(average_price_of_an_article) AS mean_price",
                   "MAX(average_price_of_an_article * 1000000) AS largest_price_in_millionths",
                   "PERCENTILE(average_price_of_an_article, 0.95) AS price_that_few_exceed",
                   "COUNT(*) AS sales"]})json";

/// Of every shop, from its first minute on.
constexpr const char* kHighPrices = R"json({"condition": "mean_price > 0", "keys": ["name_of_the_shop"],
    "value": "largest_price_in_millionths",
    "message": "The articles of {name_of_the_shop} are dear; sales in this minute: {sales}"})json";

/// For each kind of chart, what it needs of the rows of the windows.
constexpr const char* kCharts = R"json({
    "line_chart": {"y": ["mean_price", "largest_price_in_millionths"], "series": "name_of_the_shop", "span": "0s"},
    "bar_chart": {"category": "name_of_the_shop", "value": "sum_of_all_amounts"},
    "pie_chart": {"category": "name_of_the_shop", "value": "sum_of_all_amounts"},
    "histogram": {"value": "mean_price"},
    "scatter_chart": {"x": "mean_price", "y": "sum_of_all_amounts"},
    "heat_map": {"y": "name_of_the_shop", "value": "mean_price"},
    "gauge": {"value": "mean_price", "max": 10000000},
    "number_card": {"value": "sum_of_all_amounts", "aggregate": "sum", "unit": "cents"}})json";

}  // namespace

FilledWindow::FilledWindow(QSize size, int percent, const QString& chosenLanguage)
    : ClusterWindow({madeFlink("staging-of-the-sales-department"), madeSpark("grid-of-the-data-centre")}) {
    preferences.setLanguage(chosenLanguage);
    preferences.setLook({.mode = ThemeMode::Dark, .textZoomPercent = percent});
    window->resize(size);
    addShops();
    addSinks();
    runShops();
    addJobs();
    compareEngines();
    addProblems();
    document().selection().set({perMinute});
    settle();
}

FilledWindow::~FilledWindow() {
    m_comparison->held = false;
    document().startEmpty();
    preferences.setLook({.mode = ThemeMode::Dark});
    preferences.setLanguage(QStringLiteral("en"));
}

void FilledWindow::addShops() {
    const QString file = folder.filePath(QStringLiteral("sales of all the shops of the company.rill"));
    if (!document().saveAs(file).ok()) qFatal("not saved");
    Settings settings = document().pipeline().settings;
    settings.unknown["checkpoint_every"] = "100ms";
    document().setSettings(settings);
    source = document().addNode(
        {"generator", Json::parse(kShops), QStringLiteral("Sales of every shop in Central America")}, {0, 0});
    filter = document().addNodeBehind({"filter", Json{{"condition", "CAST(count_as_text AS BIGINT) >= 0"}},
                                       QStringLiteral("Sales with a count that can be read")},
                                      {300, 0}, {source, "out"});
    perMinute = document().addNodeBehind(
        {"window_aggregate", Json::parse(kPerMinute), QStringLiteral("Sums and means of each shop a minute")},
        {600, 0}, {filter, "out"});
}

void FilledWindow::addSinks() {
    sink = document().addNodeBehind(
        {"sqlite_sink",
         Json{{"database", "results of all the shops.sqlite"}, {"table", "sums_of_every_shop_a_minute"}},
         QStringLiteral("Table of the sums for the accounting department")},
        {900, 0}, {perMinute, "out"});
    document().addNodeBehind(
        {"sqlite_sink", Json{{"database", "results of all the shops.sqlite"}, {"table", "late"}},
         QStringLiteral("Late rows")},
        {900, 150}, {perMinute, "late"});
    document().addNodeBehind({"alert", Json::parse(kHighPrices),
                              QStringLiteral("Prices that are higher than in any other country")},
                             {1200, 600}, {perMinute, "out"});
    const Json charts = Json::parse(kCharts);
    double below = 300;
    for (const NodeKind& kind : catalogue.kinds()) {
        if (!kind.chart) continue;
        const Json params = charts.contains(kind.type) ? charts[kind.type] : Json::object();
        document().addNodeBehind(
            {kind.type, params,
             QStringLiteral("Prices of the shops in a picture: ") + QString::fromStdString(kind.type)},
            {900, below}, {perMinute, "out"});
        below += 150;
    }
    if (!document().save().ok()) qFatal("not saved");
    if (!QTest::qWaitFor([this] { return document().isValidated(); }, kRunPatience)) qFatal("not validated");
}

void FilledWindow::runShops() const {
    session().start();
    const auto& metrics = session().snapshot().metrics;
    const bool ran = QTest::qWaitFor(
        [&] {
            return session().state() == RunSession::State::Running && metrics.checkpoints.taken > 2 &&
                   metrics.sourceRows > 12'000;
        },
        kRunPatience);
    if (!ran) qFatal("it does not run");
    session().stop(StopMode::Now);
    if (!QTest::qWaitFor([this] { return !session().isActive(); }, kRunPatience)) qFatal("it does not stop");
}

void FilledWindow::addJobs() const {
    constexpr Instant kBegan = 1'700'000'000'000;
    Deployment stopped = deployment("f3b1c2d4e5f60718293a4b5c6d7e8f90", "staging-of-the-sales-department");
    stopped.savepoints = {{"hdfs://storage.example.org:9000/savepoints/sales/savepoint-f3b1c2-0123456789ab",
                           kBegan + 3'600'000}};
    stopped.state = "CANCELED";
    stopped.ended = kBegan + 3'600'000;
    Deployment over = deployment("local-1700000000000-sales-of-all-the-shops", "grid-of-the-data-centre");
    over.engine = Engine::Spark;
    over.state = "FAILED";
    over.ended = kBegan + 86'400'000;
    over.savepoints = {{folder.filePath(QStringLiteral("checkpoint")).toStdString(), over.ended, true}};
    for (const Deployment& each : {stopped, over}) {
        if (!DeploymentStore().save(each).ok()) qFatal("no record");
    }
    auto* list = window->findChild<JobList*>();
    list->refresh();
    if (!QTest::qWaitFor([&] { return list->jobs().size() == 2; }, kRunPatience)) qFatal("no jobs");
}

void FilledWindow::compareEngines() const {
    CompareReport report = testing::madeReport(perMinute, sink);
    report.nodes[0].rowsA = 1'234'567;
    report.nodes[0].rowsB = 1'234'001;
    report.nodes[1].rowsA = report.nodes[1].rowsB = 1;
    m_comparison->report = std::move(report);
    m_comparison->held = false;
    auto* compared = window->findChild<CompareSession*>();
    compared->setComparing(testing::comparingBy(m_comparison));
    pane("compare")->opens()->trigger();
    pane("compare")->tools()->findChild<QPushButton*>(QStringLiteral("compareButton"))->click();
    const auto done = [&] { return compared->state() == CompareSession::State::Done; };
    if (!QTest::qWaitFor(done, kRunPatience)) qFatal("not compared");
}

void FilledWindow::addProblems() {
    const NodeId wrong = document().addNodeBehind(
        {"filter", Json{{"condition", "average_price_of_an_artikle > 100"}},
         QStringLiteral("Articles that cost more than others in this part of the country")},
        {1200, 0}, {filter, "out"});
    document().addNodeBehind({"csv_sink", Json{{"path", "/there/is/no/such/folder/on/this/machine/out.csv"}},
                              QStringLiteral("File for the accounting department")},
                             {1500, 0}, {wrong, "out"});
    document().addNode({"join"}, {1200, 300});
    if (!QTest::qWaitFor([this] { return document().isValidated(); }, kRunPatience)) qFatal("not validated");
}

}  // namespace rw::ui
