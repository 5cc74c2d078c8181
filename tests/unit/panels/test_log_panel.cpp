// The Log panel: lines from any thread arrive, stay bounded, are filtered, followed and copied.
#include <spdlog/spdlog.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <memory>
#include <thread>

#include "tests/unit/panels/bench.h"
#include "widgets/panels/log_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

LogEntry entry(LogLevel level, const QString& node, const QString& words) {
    LogEntry result;
    result.time = QDateTime(QDate(2026, 11, 20), QTime(14, 33, 4, 50));
    result.level = level;
    result.node = node;
    result.title = node.toUpper();
    result.plain = words;
    return result;
}

struct PanelBench : Bench {
    LogPanel panel{parts};

    PanelBench() { panel.show(); }
};

}  // namespace

class TestLogPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void linesOfAllThreadsArrive();
    void looksForLinesOnlyWhenThereAreSome();
    void linesWaitWhileItIsHidden();
    void aFailureOpensIt();
    void sinkOutlivesThePanel();
    void mailboxDropsTheOldestAndSaysSo();
    void modelStaysBounded();
    void levelAndWordsFilter();
    void followsOnlyFromTheEnd();
    void copiesChosenLines();
    void activatesTheNode();
    void newestLineOfANodeIsShown();
    void saysWhyItIsEmpty();
    void looks();
};

void TestLogPanel::linesOfAllThreadsArrive() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    spdlog::logger logger("test", panel.sink());
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&logger, i] {
            for (int line = 0; line < 100; ++line) logger.warn("thread {} line {}", i, line);
        });
    for (std::thread& thread : threads) thread.join();
    QTRY_COMPARE(panel.model().rowCount(), 400);
    std::array<int, 4> next{};  // line of each thread: all of them, in its order
    for (int row = 0; row < 400; ++row) {
        const LogEntry& line = panel.model().entry(row);
        QCOMPARE(line.level, LogLevel::Warning);
        const auto thread = line.words().section(QLatin1Char(' '), 1, 1).toUInt();
        QVERIFY2(thread < next.size(), qPrintable(line.words()));
        QCOMPARE(line.words(), QStringLiteral("thread %1 line %2").arg(thread).arg(next[thread]++));
    }
}

void TestLogPanel::looksForLinesOnlyWhenThereAreSome() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    const auto* pace = panel.findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    spdlog::logger logger("test", panel.sink());
    for (int line = 1; line <= 2; ++line) {
        QCoreApplication::processEvents();
        QVERIFY(!pace->isActive());
        logger.info("line {}", line);
        QTRY_COMPARE(panel.model().rowCount(), line);
    }
    QVERIFY(!pace->isActive());
}

void TestLogPanel::linesWaitWhileItIsHidden() {
    PanelBench bench;
    bench.panel.hide();
    spdlog::logger logger("test", bench.panel.sink());
    logger.info("one");
    QTest::qWait(300);  // longer than the pace at which it looks
    QCOMPARE(bench.panel.model().rowCount(), 0);
    bench.panel.show();
    QCOMPARE(bench.panel.model().rowCount(), 1);
}

// With the line about it chosen, also when nobody was looking.
void TestLogPanel::aFailureOpensIt() {
    Bench bench;
    LogPanel panel(bench.parts);
    connect(&panel, &Pane::openWanted, &panel, &QWidget::show);
    const NodeId rows = bench.document.addNode(
        nodeOf("rows", {}, {{"columns", {"a INT"}}, {"rows", {{1}, {2}}}}), {0, 0});
    const NodeId sink = bench.document.addNodeBehind(
        nodeOf("csv_sink", QStringLiteral("File"), {{"path", "/dev/full"}}), {300, 0}, {rows, "out"});
    bench.session.start();
    QTRY_COMPARE(bench.session.state(), RunSession::State::Failed);
    QVERIFY(panel.isVisible());
    const QModelIndex chosen = panel.findChild<QTableView*>()->currentIndex();
    QVERIFY(chosen.isValid());
    QCOMPARE(panel.model().entry(panel.model().rowCount() - 1).node, QString::fromStdString(sink));
    QCOMPARE(chosen.siblingAtColumn(LogModel::Level).data().toString(), QStringLiteral("Error"));
}

void TestLogPanel::sinkOutlivesThePanel() {
    Bench bench;
    auto panel = std::make_unique<LogPanel>(bench.parts);
    panel->show();
    const std::shared_ptr<LogSink> sink = panel->sink();
    panel.reset();
    spdlog::logger("test", sink).info("too late");
    QCOMPARE(sink->take().entries.size(), std::size_t{1});
}

void TestLogPanel::mailboxDropsTheOldestAndSaysSo() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    spdlog::logger logger("test", panel.sink());
    for (std::size_t line = 0; line < LogSink::kCapacity + 7; ++line) logger.info("line {}", line);
    QTRY_VERIFY(panel.model().rowCount() > 0);
    QCOMPARE(panel.model().rowCount(), static_cast<int>(LogSink::kCapacity) + 1);
    QVERIFY(panel.model().entry(0).words().startsWith(QLatin1String("7 ")));
    QCOMPARE(panel.model().entry(1).words(), QStringLiteral("line 7"));
}

void TestLogPanel::modelStaysBounded() {
    LogModel model;
    for (int block = 0; block < 30; ++block) {
        std::vector<LogEntry> entries;
        for (int i = 0; i < 700; ++i)
            entries.push_back(entry(LogLevel::Info, {}, QString::number(block * 700 + i)));
        model.add(std::move(entries));
        QVERIFY(model.rowCount() <= LogModel::kCapacity);
    }
    QCOMPARE(model.entry(model.rowCount() - 1).words(), QStringLiteral("20999"));
    QVERIFY(model.rowCount() > LogModel::kCapacity / 2);
}

void TestLogPanel::levelAndWordsFilter() {
    LogModel model;
    LogFilter filter;
    filter.setSourceModel(&model);
    model.add({entry(LogLevel::Debug, QStringLiteral("a"), QStringLiteral("opened")),
               entry(LogLevel::Warning, QStringLiteral("b"), QStringLiteral("late row")),
               entry(LogLevel::Error, QStringLiteral("late"), QStringLiteral("disk full"))});
    QCOMPARE(filter.rowCount(), 3);
    filter.setLevel(LogLevel::Warning);
    QCOMPARE(filter.rowCount(), 2);
    filter.setWords(QStringLiteral("LATE"));
    QCOMPARE(filter.rowCount(), 2);  // in the message of one, in the node of the other
    filter.setWords(QStringLiteral("disk"));
    QCOMPARE(filter.rowCount(), 1);
    filter.setWords(QStringLiteral("opened"));
    QCOMPARE(filter.rowCount(), 0);
}

void TestLogPanel::followsOnlyFromTheEnd() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    panel.resize(700, 200);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    std::vector<LogEntry> many(100, entry(LogLevel::Info, {}, QStringLiteral("line")));
    panel.model().add(many);
    QScrollBar* bar = panel.findChild<QTableView*>()->verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    bar->setValue(0);
    panel.model().add(many);
    QCoreApplication::processEvents();
    QCOMPARE(bar->value(), 0);
    bar->setValue(bar->maximum());
    panel.model().add(many);
    QTRY_COMPARE(bar->value(), bar->maximum());
}

void TestLogPanel::copiesChosenLines() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    panel.model().add({entry(LogLevel::Info, QStringLiteral("a"), QStringLiteral("one")),
                       entry(LogLevel::Error, QStringLiteral("b"), QStringLiteral("two"))});
    panel.copy();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 2);
    panel.findChild<QTableView*>()->selectRow(1);
    panel.copy();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.endsWith(QLatin1String("\tError\tB\ttwo\n")));
    QVERIFY(copied.startsWith(QLatin1String("2026-11-20T14:33:04.050")));
}

void TestLogPanel::activatesTheNode() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    const QString node =
        QString::fromStdString(bench.document.addNode(nodeOf("rows", {}, Json::object()), {0, 0}));
    QSignalSpy spy(&bench.document.selection(), &Selection::revealed);
    panel.model().add({entry(LogLevel::Info, {}, QStringLiteral("one")),
                       entry(LogLevel::Error, node, QStringLiteral("two"))});
    auto* table = panel.findChild<QTableView*>();
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(spy.size(), 0);
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(bench.document.selection().nodes(), std::vector<NodeId>{node.toStdString()});
}

void TestLogPanel::newestLineOfANodeIsShown() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    panel.model().add({entry(LogLevel::Info, QStringLiteral("a"), QStringLiteral("first")),
                       entry(LogLevel::Info, QStringLiteral("a"), QStringLiteral("second")),
                       entry(LogLevel::Info, QStringLiteral("b"), QStringLiteral("third"))});
    panel.findChild<SearchField*>()->setText(QStringLiteral("third"));
    auto* table = panel.findChild<QTableView*>();
    QCOMPARE(table->model()->rowCount(), 1);
    panel.showNewest(QStringLiteral("a"));
    QCOMPARE(table->currentIndex().siblingAtColumn(LogModel::Message).data().toString(),
             QStringLiteral("second"));
}

void TestLogPanel::saysWhyItIsEmpty() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    panel.show();
    auto* table = panel.findChild<QTableView*>();
    const auto* empty = panel.findChild<EmptyState*>();
    QVERIFY(!table->isVisible());
    QCOMPARE(empty->accessibleName(), QStringLiteral("Nothing logged yet"));
    panel.model().add({entry(LogLevel::Info, {}, QStringLiteral("one"))});
    QVERIFY(table->isVisible());
    panel.findChild<SearchField*>()->setText(QStringLiteral("nowhere"));
    QVERIFY(!table->isVisible());
    QCOMPARE(empty->accessibleName(), QStringLiteral("No line matches"));
    for (QPushButton* button : panel.findChildren<QPushButton*>())
        if (button->property("role") == QLatin1String("link") && button->isVisible()) button->click();
    QVERIFY(table->isVisible());
}

void TestLogPanel::looks() {
    PanelBench bench;
    LogPanel& panel = bench.panel;
    panel.resize(1032, 232);
    panel.model().add(
        {entry(LogLevel::Info, {}, QStringLiteral("Run started")),
         entry(LogLevel::Debug, {}, QStringLiteral("1 line of a library")),
         entry(LogLevel::Warning, QStringLiteral("sensor"), QStringLiteral("The file was replaced")),
         entry(LogLevel::Error, QStringLiteral("sqlite"), QStringLiteral("The disk is full"))});
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QCOMPARE(panel.findChild<QTableView*>()->rowHeight(0), metrics::kTableRowHeight);
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(panel.grab().save(folder + QStringLiteral("/log-panel.png")));
}

QTEST_MAIN(TestLogPanel)
#include "test_log_panel.moc"
