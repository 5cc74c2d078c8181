// The Log panel: lines from any thread arrive, stay bounded, are filtered, followed and copied.
#include <spdlog/spdlog.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <memory>
#include <thread>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/log/log_panel.h"
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

struct PanelFixture : SessionFixture {
    LogPanel panel{parts};

    PanelFixture() { panel.show(); }
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
    void aHiddenLogKeepsAsMuchAndAGapItsTime();
    void modelStaysBounded();
    void levelAndWordsFilter();
    void followsOnlyFromTheEnd();
    void theLastLineStaysInViewWhenItGetsLower();
    void aFailureIsInViewThoughItWasScrolledAway();
    void copiesChosenLines();
    void activatesTheNode();
    void newestLineOfANodeIsShown();
    void saysWhyItIsEmpty();
    void theKeyboardIsWithWhatIsShown();
    void looks();
};

void TestLogPanel::linesOfAllThreadsArrive() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
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
        const auto thread = line.fullText().section(QLatin1Char(' '), 1, 1).toUInt();
        QVERIFY2(thread < next.size(), qPrintable(line.fullText()));
        QCOMPARE(line.fullText(), QStringLiteral("thread %1 line %2").arg(thread).arg(next[thread]++));
    }
}

void TestLogPanel::looksForLinesOnlyWhenThereAreSome() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
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
    PanelFixture fixture;
    const auto* pace = fixture.panel.findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
    QCoreApplication::processEvents();
    spdlog::logger logger("test", fixture.panel.sink());
    logger.info("one");  // it is about to hear of this one
    fixture.panel.hide();
    logger.info("two");
    QCoreApplication::processEvents();
    QVERIFY(!pace->isActive());  // it does not look
    QCOMPARE(fixture.panel.model().rowCount(), 0);
    fixture.panel.show();
    QCOMPARE(fixture.panel.model().rowCount(), 2);
}

// With the line about it chosen, also when the panel was hidden.
void TestLogPanel::aFailureOpensIt() {
    SessionFixture fixture;
    LogPanel panel(fixture.parts);
    connect(&panel, &Pane::seeRequested, &panel, &QWidget::show);
    const QSignalSpy withTheKeyboard(&panel, &Pane::openRequested);
    const NodeId rows =
        fixture.document.addNode(nodeOf("rows", {}, {{"columns", {"a INT"}}, {"rows", {{1}, {2}}}}), {0, 0});
    const NodeId sink = fixture.document.addNodeBehind(
        nodeOf("csv_sink", QStringLiteral("File"), {{"path", "/dev/full"}}), {300, 0}, {rows, "out"});
    fixture.session.start();
    QTRY_COMPARE(fixture.session.state(), RunSession::State::Failed);
    QVERIFY(panel.isVisible());
    QCOMPARE(withTheKeyboard.count(), 0);
    const QModelIndex chosen = panel.findChild<QTableView*>()->currentIndex();
    QVERIFY(chosen.isValid());
    QCOMPARE(panel.model().entry(panel.model().rowCount() - 1).node, QString::fromStdString(sink));
    QCOMPARE(chosen.siblingAtColumn(LogModel::Level).data().toString(), QStringLiteral("Error"));
}

void TestLogPanel::sinkOutlivesThePanel() {
    SessionFixture fixture;
    auto panel = std::make_unique<LogPanel>(fixture.parts);
    panel->show();
    const std::shared_ptr<LogSink> sink = panel->sink();
    panel.reset();
    spdlog::logger("test", sink).info("too late");
    QCOMPARE(sink->drain().entries.size(), std::size_t{1});
}

void TestLogPanel::mailboxDropsTheOldestAndSaysSo() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
    spdlog::logger logger("test", panel.sink());
    for (std::size_t line = 0; line < LogSink::kCapacity + 7; ++line) logger.info("line {}", line);
    QTRY_VERIFY(panel.model().rowCount() > 0);
    QCOMPARE(panel.model().rowCount(), static_cast<int>(LogSink::kCapacity) + 1);
    QVERIFY(panel.model().entry(0).fullText().startsWith(QLatin1String("7 ")));
    QCOMPARE(panel.model().entry(1).fullText(), QStringLiteral("line 7"));
}

void TestLogPanel::aHiddenLogKeepsAsMuchAndAGapItsTime() {
    PanelFixture fixture;
    fixture.panel.hide();
    const QDateTime begin = entry(LogLevel::Info, {}, {}).time;
    for (int line = 0; line < LogModel::kCapacity + 2; ++line) {
        LogEntry written = entry(LogLevel::Info, {}, QStringLiteral("line %1").arg(line));
        written.time = begin.addSecs(line);
        fixture.panel.sink()->put(std::move(written));
    }
    fixture.panel.show();
    const LogModel& model = fixture.panel.model();
    QCOMPARE(model.rowCount(), LogModel::kCapacity);
    QVERIFY2(model.entry(0).fullText().startsWith(QLatin1String("3 ")),
             qPrintable(model.entry(0).fullText()));
    QCOMPARE(model.entry(0).time, begin.addSecs(2));  // of the last line that is gone
    QCOMPARE(model.entry(1).time, begin.addSecs(3));
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
    QCOMPARE(model.entry(model.rowCount() - 1).fullText(), QStringLiteral("20999"));
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
    filter.setSearchText(QStringLiteral("LATE"));
    QCOMPARE(filter.rowCount(), 2);  // in the message of one, in the node of the other
    filter.setSearchText(QStringLiteral("disk"));
    QCOMPARE(filter.rowCount(), 1);
    filter.setSearchText(QStringLiteral("opened"));
    QCOMPARE(filter.rowCount(), 0);
}

void TestLogPanel::followsOnlyFromTheEnd() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
    panel.resize(700, 200);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel, 30'000));
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

void TestLogPanel::theLastLineStaysInViewWhenItGetsLower() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
    panel.resize(700, 400);
    QVERIFY(QTest::qWaitForWindowExposed(&panel, 30'000));
    panel.model().add(std::vector<LogEntry>(100, entry(LogLevel::Info, {}, QStringLiteral("line"))));
    QScrollBar* bar = panel.findChild<QTableView*>()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0 && bar->value() == bar->maximum());
    // A window manager that is late gives the window its first size once more: no event comes between.
    panel.resize(700, 400);
    const int before = bar->maximum();
    panel.resize(700, 200);
    QVERIFY(bar->maximum() > before);
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(5);  // by hand
    panel.resize(700, 180);
    QCoreApplication::processEvents();
    QCOMPARE(bar->value(), 5);
}

void TestLogPanel::aFailureIsInViewThoughItWasScrolledAway() {
    SessionFixture fixture;
    LogPanel panel(fixture.parts);
    panel.resize(700, 400);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel, 30'000));
    panel.model().add(std::vector<LogEntry>(100, entry(LogLevel::Info, {}, QStringLiteral("line"))));
    const auto* table = panel.findChild<QTableView*>();
    QTRY_VERIFY(table->verticalScrollBar()->maximum() > 0);
    table->verticalScrollBar()->setValue(0);
    const NodeId rows =
        fixture.document.addNode(nodeOf("rows", {}, {{"columns", {"a INT"}}, {"rows", {{1}}}}), {0, 0});
    fixture.document.addNodeBehind(nodeOf("table_view", {}, Json::object()), {300, 0}, {rows, "out"});
    fixture.session.setTape({.replay = QStringLiteral("/nowhere.tape")});
    fixture.session.start();
    QTRY_COMPARE(fixture.session.state(), RunSession::State::Failed);
    const QScrollBar* bar = table->verticalScrollBar();
    const int before = bar->maximum();
    // A window manager that is late may give the window its first size once more.
    const auto isLower = [&] {
        panel.resize(700, 200);
        return bar->maximum() > before;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isLower(), 30'000);
    QCOMPARE(bar->value(), bar->maximum());
}

void TestLogPanel::copiesChosenLines() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
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
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
    const QString node =
        QString::fromStdString(fixture.document.addNode(nodeOf("rows", {}, Json::object()), {0, 0}));
    QSignalSpy spy(&fixture.document.selection(), &Selection::revealed);
    panel.model().add({entry(LogLevel::Info, {}, QStringLiteral("one")),
                       entry(LogLevel::Error, node, QStringLiteral("two"))});
    auto* table = panel.findChild<QTableView*>();
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel, 30'000));
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(spy.size(), 0);
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{node.toStdString()});
}

void TestLogPanel::newestLineOfANodeIsShown() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
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
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
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

void TestLogPanel::theKeyboardIsWithWhatIsShown() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
    QVERIFY(QTest::qWaitForWindowActive(&panel, 30'000));
    auto* table = panel.findChild<QTableView*>();
    auto* empty = panel.findChild<EmptyState*>();
    auto* search = panel.findChild<SearchField*>();
    panel.setFocus();
    QCOMPARE(QApplication::focusWidget(), empty);
    panel.model().add({entry(LogLevel::Info, {}, QStringLiteral("one"))});
    QCOMPARE(QApplication::focusWidget(), table);
    search->setText(QStringLiteral("nowhere"));
    panel.setFocus();
    QCOMPARE(QApplication::focusWidget(), empty->findChild<QPushButton*>());  // “Show all lines”
    panel.model().clear();  // the way out goes, the words stay
    QCOMPARE(QApplication::focusWidget(), empty);
    search->clear();
    panel.model().add({entry(LogLevel::Info, {}, QStringLiteral("two"))});
    QCOMPARE(QApplication::focusWidget(), table);
}

void TestLogPanel::looks() {
    PanelFixture fixture;
    LogPanel& panel = fixture.panel;
    panel.resize(1032, 232);
    panel.model().add(
        {entry(LogLevel::Info, {}, QStringLiteral("Run started")),
         entry(LogLevel::Debug, {}, QStringLiteral("1 line of a library")),
         entry(LogLevel::Warning, QStringLiteral("sensor"), QStringLiteral("The file was replaced")),
         entry(LogLevel::Error, QStringLiteral("sqlite"), QStringLiteral("The disk is full"))});
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel, 30'000));
    QCOMPARE(panel.findChild<QTableView*>()->rowHeight(0), metrics::kTableRowHeight);
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(panel.grab().save(folder + QStringLiteral("/log-panel.png")));
}

QTEST_MAIN(TestLogPanel)
#include "test_log_panel.moc"
