// The canvas on a real screen in every theme, idle and running. With RILLWRIGHT_SCREENSHOTS set to a folder
// the pictures are left there for looking at.
#include "core/connect/connections/connections.h"
#include "tests/unit/canvas/fixture.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasLook : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void cardsHaveTheMeasuresOfTheDesign();
    void showsARunningPipeline_data();
    void showsARunningPipeline();
    void showsTroubleOnCards();
    void anErrorRewritesNoOtherCard();
    void showsWhereAnOldWatermarkStands();
    void saysForWhomANodeWaits();
    void showsWhatANodeHasToSay();
    void staysCalmWhileNodesAreUnfinished();
    void staysCalmWhileAConnectionIsOffered();
    void showsTheLastRowsOfAShortRun();

 private:
    static void fill(CanvasFixture& fixture);
    Theme* m_theme = nullptr;
};

// This computer, as in the design's first picture.
void TestCanvasLook::fill(CanvasFixture& f) {
    const NodeId cpu =
        f.add("this_computer", "CPU per core", {16, 48}, R"({"table": "cpu", "every": "50ms"})");
    const NodeId processes =
        f.add("this_computer", "Processes", {16, 320}, R"({"table": "processes", "every": "1s"})");
    const NodeId busy = f.add("filter", "Busy samples", {272, 48}, R"({"condition": "load >= 0.0"})");
    const NodeId average = f.add(
        "window_aggregate", "Load per core", {520, 128},
        R"({"window": "tumble", "size": "1s", "keys": ["core"], "aggregates": ["AVG(load) AS avg_load"]})");
    const NodeId top = f.add(
        "window_aggregate", "CPU by process", {520, 440},
        R"({"window": "hop", "size": "4s", "slide": "1s", "keys": ["name"], "aggregates": ["SUM(cpu) AS cpu"]})");
    const NodeId histogram = f.add("histogram", "Load distribution", {824, 16}, R"({"value": "load"})");
    const NodeId line =
        f.add("line_chart", "Load over time", {824, 168}, R"({"y": ["avg_load"], "series": "core"})");
    const NodeId bars =
        f.add("bar_chart", "Top processes", {824, 472}, R"({"category": "name", "value": "cpu"})");
    const NodeId late = f.add("table_view", "Late rows", {824, 320});
    f.wire({cpu, "out"}, {busy, "in"});
    f.wire({busy, "out"}, {histogram, "in"});
    f.wire({busy, "out"}, {average, "in"});
    f.wire({average, "out"}, {line, "in"});
    f.wire({average, "late"}, {late, "in"});
    f.wire({processes, "out"}, {top, "in"});
    f.wire({top, "out"}, {bars, "in"});
    f.document.selection().set({average});
    f.waitForChecks();
}

void TestCanvasLook::cardsHaveTheMeasuresOfTheDesign() {
    CanvasFixture f;
    fill(f);
    const auto size = [&](const NodeId& id) {
        return f.canvas.view().canvas().node(id)->layout().card.size();
    };
    QCOMPARE(size("filter"), QSizeF(176, 158));  // one input, two outputs
    QCOMPARE(size("window_aggregate").width(), 224.0);
    QCOMPARE(size("line_chart"), QSizeF(192, 144));
    f.document.setCollapsed({"filter"}, true);
    QCOMPARE(size("filter"), QSizeF(176, 32));
}

void TestCanvasLook::showsARunningPipeline_data() {
    QTest::addColumn<ThemeMode>("mode");
    QTest::newRow("dark") << ThemeMode::Dark;
    QTest::newRow("light") << ThemeMode::Light;
}

void TestCanvasLook::showsARunningPipeline() {
    QFETCH(ThemeMode, mode);
    m_theme->apply({.mode = mode});
    CanvasFixture f;
    fill(f);
    f.show();
    leavePicture(f.canvas, QStringLiteral("canvas-idle-%1").arg(QTest::currentDataTag()));
    for (const Issue& issue : f.document.issues()) qInfo("%s", english(issue).c_str());
    f.session.start();
    QTRY_COMPARE(f.session.state(), RunSession::State::Running);
    const auto rows = [&](const NodeId& id) {
        const LiveNode* node = f.session.snapshot().node(id);
        return node != nullptr ? node->metrics.rowsIn : 0;
    };
    QTRY_VERIFY(rows("line_chart") > 0);
    if (qEnvironmentVariableIsSet("RILLWRIGHT_SCREENSHOTS")) QTest::qWait(6000);
    QTRY_COMPARE(f.canvas.view().canvas().node("filter")->card().dot, DotState::Running);
    QTRY_VERIFY(f.canvas.view().canvas().wires().front()->look().flowing);
    leavePicture(f.canvas, QStringLiteral("canvas-running-%1").arg(QTest::currentDataTag()));
    const Wire wire{{"this_computer_2", "out"}, {"window_aggregate_2", "in"}};
    Q_EMIT f.canvas.view().popoverRequested(wire, true);
    auto* popover = f.canvas.findChild<QWidget*>(QStringLiteral("wire_popover"));
    const auto tells = [&](const QString& words) {
        const auto labels = popover->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](QLabel* label) { return label->text().contains(words); });
    };
    QTRY_VERIFY(tells(QStringLiteral("behind")) && tells(QStringLiteral("pid")) &&
                !tells(QStringLiteral("BIGINT")));
    leavePicture(f.canvas, QStringLiteral("canvas-popover-%1").arg(QTest::currentDataTag()));
    f.session.stop();
    QTRY_VERIFY(!f.session.isActive());
}

void TestCanvasLook::showsTroubleOnCards() {
    m_theme->apply({.mode = ThemeMode::Dark});
    CanvasFixture f;
    fill(f);
    f.document.setParam("filter", "condition", "lod > 0.02");
    f.document.setDisabled({"window_aggregate_2"}, true);
    f.document.setCollapsed({"this_computer_2"}, true);
    f.document.addNote({"What runs on this machine", {0, 296}, {448, 112}});
    f.show();
    const auto card = [&](const NodeId& id) { return f.canvas.view().canvas().node(id)->card(); };
    QTRY_COMPARE(card("filter").stripKind, StripKind::Error);
    QCOMPARE(card("filter").dot, DotState::Failed);
    QVERIFY2(card("filter").strip.contains(QStringLiteral("No column “lod”")),
             qPrintable(card("filter").strip));
    QVERIFY(card("window_aggregate_2").disabled);
    leavePicture(f.canvas, QStringLiteral("canvas-trouble"));
}

// A mistake is reported where it is: cards behind it keep their words, which are their own
// parameters'.
void TestCanvasLook::anErrorRewritesNoOtherCard() {
    CanvasFixture f;
    fill(f);
    f.show();
    const auto card = [&](const NodeId& id) { return f.canvas.view().canvas().node(id)->card(); };
    const QString window = card("window_aggregate").summary, line = card("line_chart").summary;
    QVERIFY2(window.startsWith(QStringLiteral("TUMBLE")), qPrintable(window));
    f.document.setParam("filter", "condition", "lod > 0.02");
    f.waitForChecks();
    QCOMPARE(card("filter").stripKind, StripKind::Error);
    QCOMPARE(card("window_aggregate").summary, window);
    QCOMPARE(card("window_aggregate").stripKind, StripKind::None);
    QCOMPARE(card("line_chart").summary, line);
    leavePicture(f.canvas, QStringLiteral("canvas-upstream-error"));
    // Its own parameters are another matter.
    f.document.setParam("window_aggregate", "size", "3s");
    f.waitForChecks();
    QVERIFY2(card("window_aggregate").summary.contains(QStringLiteral("3s")),
             qPrintable(card("window_aggregate").summary));
    QCOMPARE(card("line_chart").summary, line);
    f.document.undoStack().undo();
    f.document.setParam("filter", "condition", "load > 0.02");
    f.waitForChecks();
    QCOMPARE(card("window_aggregate").summary, window);
}

void TestCanvasLook::showsWhereAnOldWatermarkStands() {
    CanvasFixture f;
    const NodeId rows = f.add("rows", "Readings", {16, 48}, R"json({"columns": ["ts TIMESTAMP(3)"],
        "event_time": "ts", "watermark_delay": "5s", "every": "1h",
        "rows": [["2024-03-01 12:00:16"], ["2024-03-01 12:00:21"], ["2024-03-01 12:00:27"]]})json");
    const NodeId window = f.add("window_aggregate", "Windows", {320, 48},
                                R"json({"size": "10s", "aggregates": ["COUNT(*) AS n"]})json");
    const NodeId table = f.add("table_view", "Rows", {640, 48});
    f.wire({rows, "out"}, {window, "in"});
    f.wire({window, "out"}, {table, "in"});
    f.show();
    f.session.start();
    const auto age = [&](const NodeId& id) { return f.canvas.view().canvas().node(id)->live().live().age; };
    QTRY_COMPARE(age(rows), QStringLiteral("12:00:11"));
    QTRY_COMPARE(age(window), QStringLiteral("12:00:11"));
    leavePicture(f.canvas, QStringLiteral("canvas-old-watermark"));
    f.session.stop();
    QTRY_VERIFY(!f.session.isActive());
}

// One of two inputs stands still at noon while the other has come to one o'clock.
void TestCanvasLook::saysForWhomANodeWaits() {
    CanvasFixture f;
    const char* const slow = R"json({"columns": ["ts TIMESTAMP(3)"], "event_time": "ts", "every": "1h",
        "rows": [["2024-03-01 12:00:00"], ["2024-03-01 12:00:01"], ["2024-03-01 12:00:02"]]})json";
    const char* const fast = R"json({"columns": ["ts TIMESTAMP(3)"], "event_time": "ts", "every": "20ms",
        "rows": [["2024-03-01 13:00:00"], ["2024-03-01 13:00:01"], ["2024-03-01 13:00:02"]]})json";
    const NodeId payments = f.add("rows", "Payments", {16, 48}, slow),
                 orders = f.add("rows", "Orders", {16, 260}, fast);
    const NodeId both = f.add("union", "Both", {320, 100}), table = f.add("table_view", "Rows", {600, 100});
    f.wire({payments, "out"}, {both, "in"});
    f.wire({orders, "out"}, {both, "in"});
    f.wire({both, "out"}, {table, "in"});
    f.show();
    f.session.start();
    const auto card = [&] { return f.canvas.view().canvas().node(both)->card(); };
    QTRY_COMPARE(card().stripKind, StripKind::Waiting);
    QVERIFY(card().strip.contains(QStringLiteral("Payments")));
    QCOMPARE(card().dot, DotState::Idle);
    leavePicture(f.canvas, QStringLiteral("canvas-waiting"));
    f.session.stop();
    QTRY_VERIFY(!f.session.isActive());
    QCOMPARE(card().stripKind, StripKind::None);
}

// A note stays on the card after the run, nothing about it is red, and the tooltip has all of them.
void TestCanvasLook::showsWhatANodeHasToSay() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.csv"));
    const auto write = [&path](const char* content) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    };
    write("id,v\n1,1.5\n2,2.5\n");
    CanvasFixture f;
    const QByteArray params =
        R"({"follow": true, "columns": ["id INT", "v DOUBLE"], "path": ")" + path.toUtf8() + "\"}";
    const NodeId bids = f.add("csv_source", "Bids", {16, 48}, params.constData());
    const NodeId table = f.add("table_view", "Rows", {320, 48});
    f.wire({bids, "out"}, {table, "in"});
    f.show();
    f.session.start();
    const auto item = [&] { return f.canvas.view().canvas().node(bids); };
    const auto rows = [&] {
        const LiveNode* live = f.session.snapshot().node(bids);
        return live != nullptr ? live->metrics.rowsOut : 0;
    };
    QTRY_COMPARE(rows(), std::uint64_t{2});
    QCOMPARE(item()->card().stripKind, StripKind::None);
    write("id,v\n3,1.5\n4,2.5\n");
    QTRY_COMPARE(item()->card().stripKind, StripKind::Note);
    QVERIFY(item()->card().strip.startsWith(QStringLiteral("“a.csv” was ")));
    QVERIFY(item()->card().strip.contains(QStringLiteral("is read from its new start")));
    QVERIFY(item()->toolTip().contains(path));
    QCOMPARE(item()->card().dot, DotState::Running);
    QTRY_COMPARE(rows(), std::uint64_t{4});
    write("id,v\n5,1.5\n");
    QTRY_VERIFY(item()->card().strip.startsWith(QStringLiteral("2 notes: ")));
    QCOMPARE(item()->card().notes.split(QLatin1Char('\n')).size(), 2);
    QVERIFY(item()->toolTip().endsWith(item()->card().notes));
    leavePicture(f.canvas, QStringLiteral("canvas-notes"));
    f.session.stop();
    QTRY_VERIFY(!f.session.isActive());
    QCOMPARE(item()->card().stripKind, StripKind::Note);
    f.session.start();
    QTRY_COMPARE(rows(), std::uint64_t{1});
    QCOMPARE(item()->card().stripKind, StripKind::None);
    f.session.stop();
    QTRY_VERIFY(!f.session.isActive());
}

// A missing part is shown at once, but is red only after a run was asked for; an error always is.
void TestCanvasLook::staysCalmWhileNodesAreUnfinished() {
    CanvasFixture f;
    const NodeId filter = f.add("filter", "Busy", {16, 48});
    const NodeId cpu = f.add("this_computer", "CPU", {16, 260}, R"({"table": "cpu"})");
    f.show();
    f.waitForChecks();
    const auto card = [&] { return f.canvas.view().canvas().node(filter)->card(); };
    QCOMPARE(card().stripKind, StripKind::ToDo);
    QCOMPARE(card().strip, QStringLiteral("Connect an input"));
    QCOMPARE(card().dot, DotState::Idle);
    QVERIFY(hasErrors(f.document.issues()));  // the Problems panel says it
    leavePicture(f.canvas, QStringLiteral("canvas-unfinished"));
    f.session.reportStartBlocked();
    QCOMPARE(card().stripKind, StripKind::Error);
    QCOMPARE(card().dot, DotState::Failed);
    f.wire({cpu, "out"}, {filter, "in"});
    f.document.setParam(filter, "condition", "load > 0.5");
    f.waitForChecks();
    QVERIFY(!f.session.wasRefused());
    QCOMPARE(card().stripKind == StripKind::Error, false);
    f.document.setParam(filter, "condition", "");
    f.waitForChecks();
    QCOMPARE(card().strip, QStringLiteral("Fill in “Condition”"));
    f.document.setParam(filter, "condition", "lod > 0.5");
    f.waitForChecks();
    QCOMPARE(card().stripKind, StripKind::Error);
}

// Nobody has done anything wrong, not even who has pressed Run.
void TestCanvasLook::staysCalmWhileAConnectionIsOffered() {
    CanvasFixture f;
    f.document.setConnections(
        std::make_shared<const Connections>(std::vector<Connection>(), environmentSecret));
    f.document.setOffers({{"local_kafka", {RW_TEXT("test", "Waits for the server")}}});
    const NodeId source =
        f.add("kafka_source", "Orders", {16, 48},
              R"({"connection": "local_kafka", "topic": "orders", "columns": ["n BIGINT"]})");
    const NodeId table = f.add("table_view", "Shown", {320, 48});
    f.wire({source, "out"}, {table, "in"});
    f.show();
    f.waitForChecks();
    const auto card = [&] { return f.canvas.view().canvas().node(source)->card(); };
    QCOMPARE(card().strip, QStringLiteral("Waits for the server"));
    QCOMPARE(card().stripKind, StripKind::ToDo);
    f.session.reportStartBlocked();
    QCOMPARE(card().stripKind, StripKind::ToDo);
    QCOMPARE(card().dot, DotState::Idle);
    f.document.setOffers({});
    QTRY_COMPARE(card().stripKind, StripKind::Error);
}

void TestCanvasLook::showsTheLastRowsOfAShortRun() {
    CanvasFixture f;
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("out.csv")).toStdString();
    const NodeId rows =
        f.add("rows", "Rows", {16, 48}, R"json({"columns": ["n INT"], "rows": [[1], [2], [3], [4]]})json");
    const NodeId file = f.add("csv_sink", "File", {320, 48}, ("{\"path\": \"" + path + "\"}").c_str());
    f.wire({rows, "out"}, {file, "in"});
    f.show();
    f.session.start();
    QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
    const LiveItem& live = f.canvas.view().canvas().node(file)->live();
    const auto last = [&] { return live.rows().rows.empty() ? QString() : live.rows().rows.back().front(); };
    QTRY_COMPARE(last(), QStringLiteral("4"));
    QCOMPARE(live.rows().rows.size(), std::size_t{3});
    QTRY_COMPARE(live.live().in, QStringLiteral("4 rows"));
    QVERIFY(live.live().lastRun);
    leavePicture(f.canvas, QStringLiteral("canvas-last-run"));
    // The next run leaves other rows behind, even if they are as many.
    f.document.setParam(rows, "rows", Json::parse("[[5], [6], [7], [8]]"));
    f.waitForChecks();
    f.session.start();
    QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
    QTRY_COMPARE(last(), QStringLiteral("8"));
}

QTEST_MAIN(TestCanvasLook)
#include "test_canvas_look.moc"
