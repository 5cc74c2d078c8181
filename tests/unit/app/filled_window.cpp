#include "tests/unit/app/filled_window.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/files/file_actions.h"
#include "core/cluster/deployment_store.h"
#include "widgets/document/running/compare_session.h"
#include "widgets/document/running/job_list.h"
#include "widgets/pane/pane.h"
#include "widgets/panels/compare_panel.h"

namespace rw::ui {

namespace {

constexpr int kRows = 60, kPatience = 20'000;

/// A minute of sales every six rows; one amount is no number, one row comes after its window has closed.
std::string salesFile(const std::string& mark) {
    std::string text = "at,city,amount\n";
    for (int i = 0; i < kRows; ++i) {
        const int seconds = i == 50 ? 0 : i * 10;
        text += fmt::format("2024-03-01 12:{:02}:{:02},", seconds / 60, seconds % 60);
        text += fmt::format("{}{},", i % 3 == 0 ? "San Cristóbal de las Casas" : "Wien", mark);
        text += i == 30 ? "n/a" + mark : fmt::format("{}", i * 12'345.678);
        text += '\n';
    }
    return text;
}

}  // namespace

FilledWindow::FilledWindow(const QString& chosenMark)
    : ClusterWindow({madeFlink("staging" + chosenMark.toStdString())}), mark(chosenMark) {
    if (!addSales()) qFatal("no pipeline");
}

FilledWindow::~FilledWindow() {
    comparison->held = false;
    session().stop(StopMode::Discard);
    (void)QTest::qWaitFor([this] { return !session().isActive(); }, kPatience);
}

void FilledWindow::settle() {
    for (int i = 0; i < 8; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

bool FilledWindow::validated() const {
    return QTest::qWaitFor([this] { return document().isValidated(); }, kPatience);
}

bool FilledWindow::addSales() {
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

bool FilledWindow::runSales() {
    if (session().state() == RunSession::State::Finished) return true;
    session().start();
    return QTest::qWaitFor([this] { return session().state() == RunSession::State::Finished; }, kPatience);
}

bool FilledWindow::addProblems() {
    document().addNodeBehind(
        {"filter", Json{{"condition", "amont > 5"}}, QStringLiteral("Only the large ones of the day") + mark},
        {300, 300}, {source, "out"});
    document().addNode({"csv_sink", Json::object(), QStringLiteral("Nobody writes here") + mark}, {0, 600});
    return validated();
}

bool FilledWindow::rememberJobs() {
    const std::string end = mark.toStdString();
    auto* list = window->findChild<JobList*>();
    Deployment job = deployment("0123456789abcdef" + end, "staging" + end);
    job.ended = job.started + 61'000;
    job.state = "FINISHED";
    job.savepoints = {{"file:///savepoints/sales" + end, job.ended}};
    if (!DeploymentStore().save(job).ok()) return false;
    list->refresh();
    return QTest::qWaitFor([&] { return list->find(job.job) != nullptr; }, kPatience);
}

bool FilledWindow::compareEngines() {
    comparison->report = rw::testing::madeReport(sink, table);
    comparison->held = false;
    auto* compared = window->findChild<CompareSession*>();
    compared->setComparing(rw::testing::comparingBy(comparison));
    auto* panel = window->findChild<ComparePanel*>();
    panel->opens()->trigger();
    panel->tools()->findChild<QPushButton*>(QStringLiteral("compareButton"))->click();
    return QTest::qWaitFor([&] { return compared->state() == CompareSession::State::Done; }, kPatience);
}

/// Of a pipeline without an end: others take none.
bool FilledWindow::takeCheckpoints() {
    document().startEmpty();
    source =
        document().addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 0}, {"rate", 2000}},
                            QStringLiteral("Numbers without an end") + mark},
                           {0, 0});
    const NodeId counted =
        document().addNodeBehind({"group_aggregate", Json{{"keys", {"n"}}, {"aggregates", {"COUNT(*) AS c"}}},
                                  QStringLiteral("How often each number came") + mark},
                                 {300, 0}, {source, "out"});
    sink = document().addNodeBehind(
        {"sqlite_sink", Json{{"database", "kept.sqlite"}, {"table", "t"}, {"mode", "upsert"}},
         QStringLiteral("Kept in a table") + mark},
        {600, 0}, {counted, "out"});
    Settings settings = document().pipeline().settings;
    settings.unknown["checkpoint_every"] = "50ms";
    document().setSettings(settings);
    if (!document().saveAs(folder.filePath(QStringLiteral("endless.rill"))).ok() || !validated())
        return false;
    session().start();
    if (!QTest::qWaitFor([this] { return session().snapshot().metrics.checkpoints.taken > 1; }, kPatience))
        return false;
    session().stop();
    return QTest::qWaitFor([this] { return !session().isActive(); }, kPatience);
}

bool FilledWindow::chooseRows() {
    document().selection().set({perMinute});
    return runSales();
}

bool FilledWindow::chooseCluster() {
    choose(engines().last());
    return validated();
}

// A new pane adds a line.
const std::map<QString, FilledWindow::Filling>& FilledWindow::fillings() {
    static const std::map<QString, Filling> all{
        {QStringLiteral("pipeline"), {&FilledWindow::runSales, false}},
        {QStringLiteral("dashboard"), {&FilledWindow::runSales, false}},
        {QStringLiteral("results"), {&FilledWindow::runSales, true}},
        {QStringLiteral("problems"), {&FilledWindow::addProblems, true}},
        {QStringLiteral("data"), {&FilledWindow::chooseRows, true}},
        {QStringLiteral("late"), {&FilledWindow::runSales, true}},
        {QStringLiteral("log"), {&FilledWindow::runSales, true}},
        {QStringLiteral("portability"), {&FilledWindow::chooseCluster, true}},
        {QStringLiteral("jobs"), {&FilledWindow::rememberJobs, true}},
        {QStringLiteral("compare"), {&FilledWindow::compareEngines, true}},
        {QStringLiteral("checkpoints"), {&FilledWindow::takeCheckpoints, true}},
    };
    return all;
}

QString FilledWindow::fill(Pane& pane) {
    const auto filling = fillings().find(QLatin1String(pane.facts().id));
    if (filling == fillings().end()) return QStringLiteral("nobody has said in fillings() how it is filled");
    const auto& [make, lists] = filling->second;
    if (!(this->*make)()) return QStringLiteral("it can't be filled");
    pane.opens()->trigger();
    settle();
    const auto shows = [&pane] {
        for (const auto* view : pane.findChildren<QAbstractItemView*>()) {
            if (view->isVisible() && view->model() != nullptr && view->model()->rowCount() > 0) return true;
        }
        return false;
    };
    if (!pane.isOn()) return QStringLiteral("it does not open");
    if (lists && !QTest::qWaitFor(shows, kPatience)) return QStringLiteral("it has no rows");
    settle();
    return {};
}

}  // namespace rw::ui
