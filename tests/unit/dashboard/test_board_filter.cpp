// A value or a stretch of time that is chosen in one chart of the dashboard is kept in all of them.
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/views/bar_view.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/dashboard/card_grid.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/dashboard/filter_bar.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const char* const kRows = R"json({"columns": ["ts TIMESTAMP(3)", "channel STRING", "n INT"], "event_time": "ts",
    "rows": [["2024-03-01 12:00:00", "web", 1], ["2024-03-01 12:01:00", "app", 2],
             ["2024-03-01 12:02:00", null, 4], ["2024-03-01 12:03:00", "web", 3]]})json";

/// A dashboard over four rows, with one chart of each kind that is named.
struct Board {
    const Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    NodeId source;
    std::map<std::string, NodeId> charts;
    std::unique_ptr<RunSession> session;
    ChartScheduler scheduler;
    std::unique_ptr<Dashboard> dashboard;

    explicit Board(const char* rows = kRows) {
        source = document.addNode({"rows", Json::parse(rows)}, {});
        session = std::make_unique<RunSession>(document);
    }
    void add(const std::string& name, const char* kind, const char* params, NodeId from = {}) {
        const NodeId chart = document.addNode({kind, Json::parse(params)}, {});
        document.connectPorts({from.empty() ? source : from, "out"}, {chart, "in"});
        document.setTitle(chart, QString::fromStdString(name));
        charts[name] = chart;
    }
    void addAll() {
        add("bars", "bar_chart", R"({"category": "channel", "value": "n"})");
        add("others", "bar_chart", R"({"category": "channel", "value": "n"})");
        add("pie", "pie_chart", R"({"category": "channel", "value": "n"})");
        add("line", "line_chart", R"({"y": ["n"], "series": "channel", "span": "0s"})");
        add("heat", "heat_map", R"({"y": "channel", "value": "n", "span": "0s"})");
        add("points", "scatter_chart", R"({"x": "ts", "y": "n", "series": "channel"})");
        add("table", "table_view", "{}");
        add("number", "number_card", R"({"value": "n"})");
    }
    void show() {
        dashboard = std::make_unique<Dashboard>(PaneParts{document, *session, scheduler});
        dashboard->resize(1400, 2200);
        dashboard->show();
        QVERIFY(QTest::qWaitForWindowExposed(dashboard.get(), 30'000));
        session->start();
        QTRY_COMPARE(session->state(), RunSession::State::Finished);
        for (const auto& [name, node] : charts) QTRY_VERIFY(chart(name) && chart(name)->hasRows());
        QTRY_VERIFY(!anyStale());
    }
    ChartCard* card(const std::string& name) const {
        for (ChartCard* found : dashboard->findChildren<ChartCard*>())
            if (found->node() == charts.at(name)) return found;
        return nullptr;
    }
    ChartWidget* chart(const std::string& name) const { return card(name)->chart(); }
    CardGrid& grid() const { return *dashboard->findChild<CardGrid*>(); }
    SharedFilter& filter() const { return grid().filter(); }
    bool anyStale() const {
        return std::any_of(charts.begin(), charts.end(), [this](const auto& each) {
            return chart(each.first)->isVisible() && chart(each.first)->isStale();
        });
    }
    /// Rows of the chart's table, once it is drawn.
    int rows(const std::string& name) const {
        (void)QTest::qWaitFor([this] { return !anyStale(); }, 30'000);
        return static_cast<int>(chart(name)->table().rows.size());
    }
    /// The first chart of bars, clicked on in the middle of a bar that counts from the top.
    void clickBar(const std::string& name, int bar) const {
        auto* plot = chart(name)->findChild<Plot*>();
        const auto bars = static_cast<int>(dynamic_cast<const BarView&>(*chart(name)->view()).snapshot().bars.size());
        const QPointF at = plot->toScene(plot->horizontal().from, bars - 1 - bar) + QPointF(3, 0);
        QTest::mouseClick(plot->viewport(), Qt::LeftButton, {}, plot->mapFromScene(at));
    }
    QStringList chips() const {
        QStringList words;
        for (const Chip* chip : dashboard->findChild<FilterBar*>()->findChildren<Chip*>())
            if (chip->isVisible()) words << chip->text();
        return words;
    }
    QString titleRole(const std::string& name) const {
        return card(name)->findChild<ElidedLabel*>()->property("role").toString();
    }
    QString titleTip(const std::string& name) const { return card(name)->findChild<ElidedLabel*>()->toolTip(); }
};

}  // namespace

class TestBoardFilter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        new Theme(*qApp, ThemeSettings{ThemeMode::Dark});
    }

    void aBarKeepsItsValueInAllCharts() {
        Board board;
        board.addAll();
        board.show();
        auto* bar = board.dashboard->findChild<FilterBar*>();
        QVERIFY(!bar->isVisible());
        const auto counts = [&] {
            return std::vector{board.rows("bars"),  board.rows("others"), board.rows("pie"),
                               board.rows("line"), board.rows("heat"),   board.rows("points"), board.rows("table")};
        };
        const std::vector<int> all{3, 3, 3, 4, 4, 4, 4};
        QTRY_COMPARE(counts(), all);  // once all are laid out
        board.clickBar("bars", 1);  // NULL has 4, web 3, app 2
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = 'web'")});
        QVERIFY(bar->isVisible());
        // Where it was chosen the others stay, so that another can be chosen.
        QCOMPARE(counts(), (std::vector{3, 1, 1, 2, 2, 2, 2}));
        for (const QStringList& row : board.chart("table")->table().rows) QCOMPARE(row[1], QStringLiteral("web"));
        QCOMPARE(board.chart("others")->table().rows[0][0], QStringLiteral("web"));
        // A chart without the column says so, and goes on as it is.
        QCOMPARE(board.titleRole("number"), QStringLiteral("strong-dim"));
        QVERIFY(board.titleTip("number").contains(QStringLiteral("“channel”")));
        QCOMPARE(board.titleRole("table"), QStringLiteral("strong"));
        bool told = false;
        for (const QLabel* label : bar->findChildren<QLabel*>())
            told = told || label->text() == QStringLiteral("used by 7 of 8 charts");
        QVERIFY(told);
        board.clickBar("bars", 1);  // the same again lifts it
        QVERIFY(!bar->isVisible());
        QCOMPARE(counts(), all);
        QCOMPARE(board.titleRole("number"), QStringLiteral("strong"));
        QCOMPARE(board.titleTip("number"), QString());
    }

    void aCellOfATableFiltersTheOthers() {
        Board board;
        board.addAll();
        board.show();
        auto* table = board.chart("table")->findChild<QTableView*>();
        const int all = board.rows("table"), bars = board.rows("bars");
        int row = 0;
        while (table->model()->index(row, 1).data().toString() != QStringLiteral("web")) ++row;
        const QModelIndex web = table->model()->index(row, 1);
        const QPoint cell = table->visualRect(web).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell);
        QCOMPARE(board.chips(), QStringList());  // it chooses the row
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, cell);
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = 'web'")});
        QVERIFY(board.rows("bars") < bars);
        // Where it was chosen the others are pale.
        QCOMPARE(board.rows("table"), all);
        for (int each = 0; each < all; ++each) {
            const QModelIndex channel = table->model()->index(each, 1);
            const bool chosen = channel.data().toString() == QStringLiteral("web");
            const QVariant color = channel.data(Qt::ForegroundRole);
            QCOMPARE(color.isValid() && color.value<QColor>() == Theme::of().tokens().dim, !chosen);
        }
        // By keyboard, and once more lifts it.
        QVERIFY(table->currentIndex() == web);
        const QSignalSpy enlarged(board.card("table"), &ChartCard::enlargeRequested);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(board.chips(), QStringList());
        QVERIFY(enlarged.isEmpty());
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = 'web'")});
        QMenu menu;
        board.chart("bars")->fillMenu(menu);
        board.chart("table")->fillMenu(menu);
        const auto filters = [](const QAction* action) {
            return action->text().startsWith(QStringLiteral("Filter by channel"));
        };
        const QList<QAction*> entries = menu.actions();
        QVERIFY(std::any_of(entries.begin(), entries.end(), filters));
    }

    void nullIsAValueToo() {
        Board board;
        board.addAll();
        board.show();
        board.clickBar("bars", 0);
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = NULL")});
        QCOMPARE(board.rows("table"), 1);
        QCOMPARE(board.rows("line"), 1);
        QCOMPARE(board.rows("heat"), 1);
        board.clickBar("bars", 2);  // in its place
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = 'app'")});
        QCOMPARE(board.rows("table"), 1);
        QCOMPARE(board.chart("table")->table().rows.front()[1], QStringLiteral("app"));
    }

    void keysChooseAndLift() {
        Board board;
        board.addAll();
        board.show();
        ChartWidget* bars = board.chart("bars");
        QSignalSpy large(&board.grid(), &CardGrid::enlargeRequested);
        QTest::keyClick(bars, Qt::Key_Down);
        QTest::keyClick(bars, Qt::Key_Down);
        QTest::keyClick(bars, Qt::Key_Return);
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = 'web'")});
        QCOMPARE(large.count(), 0);
        QTest::keyClick(bars, Qt::Key_Escape);  // first the bar is left
        QCOMPARE(board.chips().size(), 1);
        QTest::keyClick(bars, Qt::Key_Escape);
        QCOMPARE(board.chips().size(), 0);
        QTest::keyClick(bars, Qt::Key_Return);  // nothing is pointed at
        QCOMPARE(large.count(), 1);
    }

    void aStretchOfALineIsKeptInAllChartsOverTime() {
        Board board;
        board.addAll();
        board.show();
        auto* plot = board.chart("line")->findChild<Plot*>();
        const auto at = [&](const char* time) {
            const QDateTime moment = QDateTime::fromString(QLatin1String(time), Qt::ISODate);
            return plot->toScene(static_cast<double>(moment.toMSecsSinceEpoch()), plot->vertical().from)
                       .toPoint() -
                   QPoint(0, 10);
        };
        const QPoint from = at("2024-03-01T12:00:30Z"), to = at("2024-03-01T12:02:30Z");
        QTest::mousePress(plot->viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
        QMouseEvent move(QEvent::MouseMove, to, plot->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         Qt::ShiftModifier);
        QApplication::sendEvent(plot->viewport(), &move);
        QTest::mouseRelease(plot->viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
        QCOMPARE(board.chips().size(), 1);
        QVERIFY2(board.chips()[0].startsWith(QStringLiteral("12:00:3")) ||
                     board.chips()[0].startsWith(QStringLiteral("12:00:2")),
                 qPrintable(board.chips()[0]));
        QCOMPARE(board.rows("line"), 2);
        QCOMPARE(board.rows("table"), 2);
        QCOMPARE(board.rows("points"), 2);
        QVERIFY(board.rows("heat") >= 2 && board.rows("heat") < 4);
        QCOMPARE(board.titleRole("bars"), QStringLiteral("strong-dim"));
        QVERIFY(board.grid().times().held().has_value());
        auto* chip = board.dashboard->findChild<FilterBar*>()->findChild<Chip*>();
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Delete);
        QVERIFY(!board.filter().any());
        QVERIFY(!board.grid().times().held().has_value());  // the newest rows again
        QCOMPARE(board.rows("line"), 4);
        QCOMPARE(board.rows("table"), 4);
    }

    void keysKeepAStretch() {
        Board board;
        board.add("line", "line_chart", R"({"y": ["n"], "span": "0s"})");
        board.show();
        ChartWidget* line = board.chart("line");
        QTest::keyClick(line, Qt::Key_Left);  // the last point
        QTest::keyClick(line, Qt::Key_B);
        QVERIFY(!board.filter().any());
        QTest::keyClick(line, Qt::Key_Left);  // the one before: a step is less far
        QTest::keyClick(line, Qt::Key_Left);
        QTest::keyClick(line, Qt::Key_B);
        QVERIFY(board.filter().times().has_value());
        QCOMPARE(board.filter().times()->length(), 120'000.0);
        QCOMPARE(board.rows("line"), 3);
        QTest::keyClick(line, Qt::Key_Escape);
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(!board.filter().any());
    }

    /// “7” is a number in one chart and a text in the other: they are not the same column.
    void aColumnOfAnotherTypeIsAnother() {
        Board board;
        const NodeId numbers = board.document.addNode(
            {"rows", Json::parse(R"({"columns": ["channel INT", "n INT"], "rows": [[7, 1], [8, 2]]})")}, {});
        board.add("texts", "bar_chart", R"({"category": "channel", "value": "n"})");
        board.add("numbers", "bar_chart", R"({"category": "channel", "value": "n"})", numbers);
        board.add("rows", "table_view", "{}", numbers);
        board.show();
        board.clickBar("numbers", 0);
        QCOMPARE(board.chips(), QStringList{QStringLiteral("channel = 8")});
        QCOMPARE(board.rows("texts"), 3);
        QCOMPARE(board.rows("rows"), 1);
        QCOMPARE(board.titleRole("texts"), QStringLiteral("strong-dim"));
        QVERIFY2(board.titleTip("texts").contains(QStringLiteral("STRING")) &&
                     board.titleTip("texts").contains(QStringLiteral("INT")),
                 qPrintable(board.titleTip("texts")));
    }

    void aChartThatIsEmptiedSaysWhy() {
        Board board;
        const NodeId other = board.document.addNode(
            {"rows", Json::parse(R"({"columns": ["channel STRING", "n INT"], "rows": [["fax", 1], ["post", 2]]})")},
            {});
        board.add("bars", "bar_chart", R"({"category": "channel", "value": "n"})");
        board.add("fax", "bar_chart", R"({"category": "channel", "value": "n"})", other);
        board.show();
        board.clickBar("bars", 1);
        auto* words = board.card("fax")->findChild<EmptyState*>();
        QTRY_VERIFY(words->isVisible());
        QVERIFY(!board.chart("fax")->isVisible());
        bool told = false;
        for (const QLabel* label : words->findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("filter keeps none"));
        QVERIFY(told);
        board.filter().clear();
        QTRY_VERIFY(board.chart("fax")->isVisible());
        QCOMPARE(board.rows("fax"), 2);
    }

    void theChartWhereItWasChosenMayGo() {
        Board board;
        board.addAll();
        board.show();
        board.clickBar("bars", 1);
        board.document.remove({board.charts.at("bars")});
        board.charts.erase("bars");
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(board.chips().size(), 1);
        QCOMPARE(board.filter().conditions().front().chosenIn, nullptr);
        QCOMPARE(board.rows("table"), 2);
        auto* chip = board.dashboard->findChild<FilterBar*>()->findChild<Chip*>();
        for (auto* cross : chip->findChildren<IconButton*>()) cross->click();
        QCOMPARE(board.rows("table"), 4);
    }

    void nothingIsWrittenIntoTheDocument() {
        Board board;
        board.addAll();
        board.show();
        const int steps = board.document.undoStack().count();
        board.clickBar("bars", 1);
        QCOMPARE(board.document.undoStack().count(), steps);
        QVERIFY(!board.session->hasUnappliedChanges());
        board.document.undoStack().undo();  // and a run again keeps what is chosen
        board.session->start();
        QTRY_COMPARE(board.session->state(), RunSession::State::Finished);
        QCOMPARE(board.chips().size(), 1);
    }

    void aHeldPictureSaysThatItIsNotFiltered() {
        Board board;
        board.addAll();
        board.show();
        board.card("table")->setFrozen(true);
        board.clickBar("bars", 1);
        QCOMPARE(board.rows("table"), 4);
        QCOMPARE(board.titleRole("table"), QStringLiteral("strong-dim"));
        board.card("table")->setFrozen(false);
        QCOMPARE(board.rows("table"), 2);
        QCOMPARE(board.titleRole("table"), QStringLiteral("strong"));
    }

    /// As many bars as a chart may have are clicked on, and lifted again, at once.
    void manyBars() {
        Json rows = Json::parse(R"({"columns": ["channel STRING", "n INT"]})");
        rows["rows"] = Json::array();
        for (int i = 0; i < 10'000; ++i) rows["rows"].push_back({"name " + std::to_string(i), i});
        Board board(rows.dump().c_str());
        board.add("bars", "bar_chart", R"({"category": "channel", "value": "n", "top": 100})");
        board.add("others", "bar_chart", R"({"category": "channel", "value": "n", "top": 100})");
        board.show();
        board.filter().choose({{{0, "channel", Type::of(TypeId::String)}, "name 17"}}, nullptr);
        QCOMPARE(board.rows("others"), 1);  // although it is not among the first hundred
        QCOMPARE(board.chart("others")->table().rows[0][1], QStringLiteral("17"));
        board.filter().clear();
        QCOMPARE(board.rows("others"), 100);
    }

    /// Windows that give early results: one for all charts, kept in the settings, and only offered then.
    void earlyResultsAreShownDimmedOrHidden() {
        Board plain;
        plain.addAll();
        plain.show();
        QVERIFY(!plain.dashboard->findChild<QPushButton*>(QStringLiteral("provisional"))->isVisible());
        Board board(kRows);
        const NodeId windows = board.document.addNode(
            {"window_aggregate", Json::parse(R"({"size": "1min", "keys": ["channel"], "aggregates": ["SUM(n) AS n"],
                                                 "allowed_lateness": "1h"})")},
            {});
        board.document.connectPorts({board.source, "out"}, {windows, "in"});
        board.add("bars", "bar_chart", R"({"category": "channel", "value": "n"})", windows);
        board.add("table", "table_view", "{}", windows);
        board.show();
        auto* choice = board.dashboard->findChild<QPushButton*>(QStringLiteral("provisional"));
        QVERIFY(choice->isVisible());
        QCOMPARE(choice->text(), QStringLiteral("Provisional: dimmed"));
        Q_EMIT choice->menu()->aboutToShow();
        choice->menu()->actions().at(2)->trigger();
        QCOMPARE(choice->text(), QStringLiteral("Provisional: hidden"));
        QCOMPARE(board.rows("table"), 4);  // the input has ended: all is final
        QCOMPARE(QSettings().value(QStringLiteral("dashboard/provisional")).toString(), QStringLiteral("hidden"));
        Board again;
        again.addAll();
        again.show();
        QCOMPARE(again.dashboard->findChild<QPushButton*>(QStringLiteral("provisional"))->text(),
                 QStringLiteral("Provisional: hidden"));
        QSettings().remove(QStringLiteral("dashboard/provisional"));
    }

 private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestBoardFilter)
#include "test_board_filter.moc"
