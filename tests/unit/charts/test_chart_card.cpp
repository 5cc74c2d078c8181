// A chart in its frame: by keyboard to its table, frozen and back, over a real run.
#include <QLayout>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/made_remote_run.h"
#include "widgets/charts/cards/row_count.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/lost_rows_chip.h"
#include "widgets/charts/stepped_chip.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestChartCard : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }
    void init();
    void cleanup();
    void showsItsValuesAsATable();
    void keepsTheChosenRowsWhileValuesChange();
    void freezesByKey();
    void theWordsOfALowNumberCardAreWhole();
    void saysHowMuchOfTheRunItShows_data();
    void saysHowMuchOfTheRunItShows();
    void aNumberOfAllRowsHasNoSpan();
    void theTitleOfASmallCardMattersMoreThanItsSpan();
    void saysWhyThereIsNothingToSee();
    void aTableIsLeftByAChartThatNoRunHas();
    void takesAnotherKindOfChartThatCameWhileItWasHidden();
    void saysSinceWhenARunElsewhereStandsStill();
    void saysWhichRowsItLacks();
    void saysWhatAStepHasBrought();
    void saysHowManyRowsHaveCome();

 private:
    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    std::unique_ptr<ChartScheduler> m_scheduler;
    std::unique_ptr<ChartCard> m_card;
    NodeId m_rows, m_bars;
};

void TestChartCard::init() {
    m_document = std::make_unique<PipelineDocument>(m_catalogue);
    m_session = std::make_unique<RunSession>(*m_document);
    m_scheduler = std::make_unique<ChartScheduler>();
    m_rows = m_document->addNode(
        {"rows", Json::parse(R"({"columns": ["name STRING", "n INT"], "rows": [["b", 2], ["a", 1]]})")}, {});
    m_bars = m_document->addNode({"bar_chart", Json::parse(R"({"category": "name", "value": "n"})")}, {});
    m_document->connectPorts({m_rows, "out"}, {m_bars, "in"});
    m_card = std::make_unique<ChartCard>(m_bars, *m_document, *m_session, *m_scheduler, true);
    m_card->resize(600, 400);
    m_card->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_card.get(), 30'000));
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_VERIFY(m_card->chart() != nullptr && m_card->chart()->isVisible());
}

void TestChartCard::cleanup() {
    m_card.reset();
    m_scheduler.reset();
    m_session.reset();
    m_document.reset();
}

void TestChartCard::showsItsValuesAsATable() {
    auto* table = m_card->findChild<DataTable*>();
    QVERIFY(!table->isVisible());
    QTest::keyClick(m_card->chart(), Qt::Key_T, Qt::AltModifier);
    QVERIFY(table->isVisible());
    QVERIFY(!m_card->chart()->isVisible());
    const auto cell = [&](int row, int column) {
        return table->model()->index(row, column).data().toString();
    };
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
    QCOMPARE(cell(0, 0), QStringLiteral("b"));  // the largest first
    QCOMPARE(cell(0, 1), QStringLiteral("2"));
    QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("value"));
    QTest::keyClick(table, Qt::Key_T, Qt::AltModifier);
    QVERIFY(m_card->chart()->isVisible());
}

/// In words for a screen reader, too, also on a card that has no room for the number.
void TestChartCard::saysHowManyRowsHaveCome() {
    auto* count = m_card->findChild<RowCount*>();
    QTRY_COMPARE(count->text(), QStringLiteral("2 rows"));
    QVERIFY(count->isVisible());
    QVERIFY(m_card->chart()->accessibleDescription().endsWith(QStringLiteral("· 2 rows")));
    m_document->setTitle(m_bars, QStringLiteral("A title that needs all of the room that there is"));
    m_card->resize(380, 300);
    QTRY_VERIFY(!count->isVisible());
    QVERIFY(m_card->chart()->accessibleDescription().endsWith(QStringLiteral("· 2 rows")));
    m_card->resize(700, 400);
    QTRY_VERIFY(count->isVisible());
    // Rows without a number to draw are told apart; those that are lost are told with them.
    m_document->setParam(m_rows, "rows", Json::parse(R"([["b", 2], ["a", null], ["c", null]])"));
    m_session->start();
    QTRY_COMPARE(count->text(), QStringLiteral("3 rows"));
    QTRY_VERIFY(count->toolTip().contains(QStringLiteral("2 have no value that can be drawn.")));
}

void TestChartCard::keepsTheChosenRowsWhileValuesChange() {
    QTest::keyClick(m_card->chart(), Qt::Key_T, Qt::AltModifier);
    auto* table = m_card->findChild<DataTable*>();
    table->selectRow(1);
    ChartTable values = m_card->chart()->table();
    values.rows[0][1] = QStringLiteral("3");
    values.rows.push_back({QStringLiteral("c"), QStringLiteral("0")});
    table->set(values);
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("3"));
    QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table->selectionModel()->selectedRows().front().row(), 1);
    values.rows.resize(1);
    table->set(values);
    QCOMPARE(table->model()->rowCount(), 1);
}

/// As low as one row of the dashboard, where the words do not fit below the figure.
void TestChartCard::theWordsOfALowNumberCardAreWhole() {
    const NodeId number =
        m_document->addNodeBehind({"number_card", Json{{"value", "n"}}}, {}, {m_rows, "out"});
    ChartCard card(number, *m_document, *m_session, *m_scheduler, true);
    card.resize(600, 78);
    card.show();
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_VERIFY(card.chart() != nullptr && card.chart()->isVisible());
    QVERIFY(card.chart()->summary().contains(QStringLiteral("over the whole run")));
    const auto isClear = [&] {
        const QImage image = card.chart()->grab().toImage();
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, image.height() - 1) != image.pixel(0, image.height() - 1)) return false;
        return true;
    };
    QTRY_VERIFY(isClear());
}

void TestChartCard::freezesByKey() {
    QTest::keyClick(m_card->chart(), Qt::Key_F);
    QVERIFY(m_card->chart()->isFrozen());
    QTest::keyClick(m_card->chart(), Qt::Key_F);
    QVERIFY(!m_card->chart()->isFrozen());
}

void TestChartCard::saysHowMuchOfTheRunItShows_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("params");
    const auto row = [](const char* name, const char* type, const char* params) {
        QTest::newRow(name) << QString::fromLatin1(type) << QString::fromLatin1(params);
    };
    row("line chart", "line_chart", R"({"y": ["n"]})");
    row("histogram", "histogram", R"({"value": "n"})");
    row("heat map", "heat_map", R"({"y": "n", "value": "n"})");
    row("number card", "number_card", R"({"value": "n", "aggregate": "sum"})");
    row("number card above its threshold", "number_card",
        R"({"value": "n", "aggregate": "sum", "threshold": 1})");
}

void TestChartCard::saysHowMuchOfTheRunItShows() {
    QFETCH(QString, type);
    QFETCH(QString, params);
    const NodeId rows =
        m_document->addNode({"rows", Json::parse(R"({"columns": ["ts TIMESTAMP", "n INT"], "event_time": "ts",
            "rows": [["2024-01-01 00:00:00", 1], ["2024-01-01 12:00:00", 2]]})")},
                            {});
    const NodeId chart = m_document->addNode({type.toStdString(), Json::parse(params.toStdString())}, {});
    m_document->connectPorts({rows, "out"}, {chart, "in"});
    ChartCard card(chart, *m_document, *m_session, *m_scheduler, true);
    card.resize(600, 400);
    card.show();
    const auto chip = [&card] {
        const auto* found = card.findChild<Chip*>();
        return found->isVisible() ? found->text() : QString();
    };
    const auto run = [&] {
        m_session->start();
        QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
        QTRY_VERIFY(card.chart() && card.chart()->isVisible());
    };
    QCOMPARE(chip(), QString());
    run();
    QTRY_COMPARE(chip(), QStringLiteral("Whole run"));
    const QString ofBoth = card.chart()->csv();  // twelve hours apart
    m_document->setParam(chart, "span", "5min");
    run();
    QTRY_COMPARE(chip(), QStringLiteral("Last 5\u2009min"));
    QTRY_VERIFY(card.chart()->csv() != ofBoth);
}

/// Of changing rows without a time it is the number of all that there are; the span is that of its trend.
void TestChartCard::aNumberOfAllRowsHasNoSpan() {
    const NodeId groups = m_document->addNodeBehind(
        {"group_aggregate", Json::parse(R"({"keys": ["name"], "aggregates": ["SUM(n) AS total"]})")}, {},
        {m_rows, "out"});
    const NodeId number = m_document->addNodeBehind(
        {"number_card", Json::parse(R"({"value": "total", "aggregate": "sum", "span": "5min"})")}, {},
        {groups, "out"});
    ChartCard card(number, *m_document, *m_session, *m_scheduler, true);
    card.resize(600, 400);
    card.show();
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_VERIFY(card.chart() && card.chart()->isVisible());
    QCOMPARE(card.chart()->shownSpan(), QString());
}

void TestChartCard::theTitleOfASmallCardMattersMoreThanItsSpan() {
    const NodeId number =
        m_document->addNodeBehind({"number_card", Json{{"value", "n"}}}, {}, {m_rows, "out"});
    m_document->setTitle(number, "n");
    ChartCard card(number, *m_document, *m_session, *m_scheduler, false);
    card.layout()->setSizeConstraint(QLayout::SetNoConstraint);  // as in a grid, which gives what it has
    card.resize(250, 100);
    card.show();
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    const auto* chip = card.findChild<Chip*>();
    QTRY_VERIFY(chip->isVisible());
    QCOMPARE(chip->text(), QStringLiteral("Whole run"));
    m_document->setTitle(number, "The last number of the whole run");
    QTRY_VERIFY(!chip->isVisible());
    card.resize(600, 100);
    QTRY_VERIFY(chip->isVisible());
}

void TestChartCard::saysWhyThereIsNothingToSee() {
    const auto says = [&](const QString& words) {
        const auto labels = m_card->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->text() == words; });
    };
    QVERIFY(!says(QStringLiteral("No rows in the last run")));
    m_document->setParam(m_rows, "rows", Json::parse(R"([["a", "not a number"]])"));  // rejected
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_VERIFY(says(QStringLiteral("No rows in the last run")));
    QVERIFY(!m_card->chart()->isVisible());
}

void TestChartCard::aTableIsLeftByAChartThatNoRunHas() {
    QTest::keyClick(m_card->chart(), Qt::Key_T, Qt::AltModifier);
    m_document->setParam(m_rows, "every", "100ms");
    m_document->setDisabled({m_bars}, true);
    const QSignalSpy updates(m_session.get(), &RunSession::updated);
    m_session->start();
    constexpr int kBetweenTables = 5;  // pictures of a run
    QTRY_VERIFY(updates.count() > 2 * kBetweenTables || m_session->state() == RunSession::State::Finished);
    QVERIFY(m_card->chart() == nullptr);
}

// As when a file is changed outside while the Dashboard is not in front.
void TestChartCard::takesAnotherKindOfChartThatCameWhileItWasHidden() {
    m_card->hide();
    const std::string text = R"({"rill": 1, "nodes": [
        {"id": "rows", "type": "rows", "params": {"columns": ["n INT"], "rows": [[1], [2]]}},
        {"id": ")" + m_bars + R"(", "type": "histogram", "params": {"value": "n"}}],
        "wires": [{"from": "rows", "to": ")" +
                             m_bars + R"("}]})";
    QVERIFY(m_document->restore(text, {}, {}).ok());
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    m_card->show();
    QVERIFY(m_card->chart() != nullptr);
    QCOMPARE(m_card->chart()->metaObject()->className(), "rw::ui::HistogramChart");
}

/// Its query may be gone with the computer that it ran on: the picture alone would look as live as before.
void TestChartCard::saysSinceWhenARunElsewhereStandsStill() {
    MadeRemoteRun remote;
    remote.deployed = m_document->pipeline();
    remote.views[m_bars] = m_session->view(m_bars);
    remote.chartRows = QDateTime::currentDateTime();
    m_session->show(&remote);
    remote.turn(RunSession::State::Running);
    const auto* still = m_card->findChild<QLabel*>(QStringLiteral("standstill"));
    QVERIFY(still != nullptr);
    QTRY_VERIFY(m_card->chart() != nullptr && m_card->chart()->isVisible());
    remote.tell({});
    QVERIFY2(!still->isVisible(), qPrintable(still->text()));
    remote.chartRows = remote.chartRows.addSecs(-60);
    remote.tell({});
    const QString since = remote.chartRows.toString(QStringLiteral("HH:mm:ss"));
    QVERIFY(still->isVisible());
    QCOMPARE(still->text(), QStringLiteral("Last rows %1").arg(since));
    remote.trouble = QStringLiteral("The job that feeds the charts has failed");
    remote.tell({});
    QCOMPARE(still->text(), QStringLiteral("Stands still since %1").arg(since));
    QVERIFY(still->toolTip().contains(remote.trouble));
    remote.trouble.clear();
    remote.chartRows = QDateTime::currentDateTime();
    remote.tell({});
    QVERIFY(!still->isVisible());
    m_session->show(nullptr);
}

/// The run is finished all the same, and nothing in the picture tells of them.
void TestChartCard::saysWhichRowsItLacks() {
    const NodeId times = m_document->addNode(
        {"rows",
         Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "name STRING", "n INT"], "event_time": "ts",
            "rows": [["2024-03-01 12:00:00", "a", 1], ["2024-03-01 12:01:00", "a", 2],
                     ["2024-03-01 12:00:03", "b", 3], ["no time", "b", 3]]})json")},
        {});
    const NodeId sort = m_document->addNode({"sort", Json::object()}, {});
    const NodeId bars =
        m_document->addNode({"bar_chart", Json::parse(R"({"category": "name", "value": "n"})")}, {});
    m_document->connectPorts({times, "out"}, {sort, "in"});
    m_document->connectPorts({sort, "out"}, {bars, "in"});
    m_document->setTitle(sort, "In order");
    ChartCard card(bars, *m_document, *m_session, *m_scheduler, true);
    card.resize(600, 400);
    card.show();
    const auto* chip = card.findChild<LostRowsChip*>();
    QVERIFY(!chip->isVisible());
    const auto run = [&] {
        m_session->start();
        QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    };
    run();
    QTRY_VERIFY(chip->isVisible());
    QTRY_COMPARE(chip->text(), QStringLiteral("1 late · 1 rejected"));
    QVERIFY(chip->toolTip().startsWith(QStringLiteral("Rows missing from this chart:\n")));
    QVERIFY2(chip->toolTip().contains(QStringLiteral("“In order”: 1 late")), qPrintable(chip->toolTip()));
    QVERIFY(!chip->toolTip().contains(u'<'));                   // tooltips read no markup
    QVERIFY(!m_card->findChild<LostRowsChip*>()->isVisible());  // a chart of other rows
    ChartCard small(bars, *m_document, *m_session, *m_scheduler, false);
    small.layout()->setSizeConstraint(QLayout::SetNoConstraint);  // as in a grid, which gives what it has
    small.resize(200, 100);
    small.show();
    QTRY_COMPARE(small.findChild<LostRowsChip*>()->text(), QStringLiteral("1 rejected"));
    const QSignalSpy asked(&card, &ChartCard::lostRowsRequested);
    QTest::mouseClick(card.findChild<LostRowsChip*>(), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    QVERIFY(asked.at(0).at(0).value<NodeId>().empty());  // two nodes

    const NodeId table = m_document->addNode({"table_view", Json::object()}, {});
    m_document->connectPorts({times, "rejected"}, {table, "in"});
    run();
    QTRY_COMPARE(chip->text(), QStringLiteral("1 late"));
    QTest::mouseClick(card.findChild<LostRowsChip*>(), Qt::LeftButton);
    QCOMPARE(asked.at(1).at(0).value<NodeId>(), sort);
    const NodeId late = m_document->addNode({"table_view", Json::object()}, {});
    m_document->connectPorts({sort, "late"}, {late, "in"});  // someone takes them: they are not lost
    QTRY_VERIFY(!chip->isVisible());
}

void TestChartCard::saysWhatAStepHasBrought() {
    const auto* chip = m_card->findChild<SteppedChip*>();
    QVERIFY(chip->isHidden());  // a run without steps
    QVERIFY(m_session->step(OneBatch{m_rows}).ok());
    QTRY_COMPARE(m_session->state(), RunSession::State::Paused);
    QTRY_VERIFY(chip->isVisible());
    QCOMPARE(chip->text(), QStringLiteral("+2"));
    QCOMPARE(chip->accessibleDescription(), QStringLiteral("The last step brought 2 rows."));
    m_session->resume();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_VERIFY(chip->isHidden());
}

QTEST_MAIN(TestChartCard)
#include "test_chart_card.moc"
