// The Timeline: lanes of a run with their windows and watermarks, keys, hover texts, states in which there is
// nothing to show, and what is drawn.
#include <QtWidgets/QtWidgets>

#include "tests/support/scripted_source.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/inspector/metrics_page.h"
#include "widgets/session/shown/close_window.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_panel.h"
#include "widgets/timeline/timeline_view.h"
#include "widgets/timeline/timeline_words.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kLong = 60'000;

const char* const kRows = R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING"],
    "rows": [["2024-01-01 00:00:01", "graz"], ["2024-01-01 00:00:02", "graz"], ["2024-01-01 00:00:03", "wien"],
             ["2024-01-01 00:00:13", "graz"], ["2024-01-01 00:00:04", "graz"], ["2024-01-01 00:00:25", "wien"]],
    "event_time": "ts"})json";

struct TimelineFixture : SessionFixture {
    TimelinePanel panel{parts};
    NodeId orders, sums;

    explicit TimelineFixture(const char* window = "tumble") {
        panel.resize(1000, 400);
        panel.show();
        if (window == nullptr) return;
        orders = document.addNode(nodeOf("rows", QStringLiteral("Orders"), Json::parse(kRows)), {0, 0});
        Json params = {{"window", window}, {"keys", {"shop"}}, {"aggregates", {"COUNT(*) AS n"}}};
        if (QLatin1String(window) == QLatin1String("session")) {
            params["gap"] = "5s";
        } else {
            params["size"] = "10s";
        }
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"), params), {600, 0},
                                      {orders, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {900, 0},
                               {sums, "out"});
    }
    bool ran() {
        if (!validated() || !runToTheEnd()) return false;
        return QTest::qWaitFor([this] { return panel.model().rowCount() > 0; }, kLong);
    }
    QString words() const {
        const auto* empty = panel.findChild<EmptyState*>();
        return empty->isVisible() ? empty->accessibleName() : QString();
    }
    const TimelineLine& lane() const { return panel.model().lines().front(); }
    void key(Qt::Key key) { QTest::keyClick(&panel.view(), key); }
};

/// How many pixels of the picture have that colour.
int pixelsOf(const QImage& image, const QColor& color) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == color ? 1 : 0;
    }
    return found;
}

QImage barImage(BarLook look) {
    QImage image(120, 30, QImage::Format_RGB32);
    image.fill(Theme::of().tokens().panel);
    QPainter painter(&image);
    paintBar(painter, Theme::of(), {4, 1, 110, 28}, look, 60);
    return image;
}

}  // namespace

class TestTimelinePanel : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    // What was asked for is in sight, however far the other rows have gone.
    void opensWhereTheSelectedNodeHasWindows() {
        TimelineFixture of;
        const NodeId later = of.document.addNode(
            nodeOf("rows", QStringLiteral("Later"),
                   Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING"], "event_time": "ts",
                       "rows": [["2024-01-09 00:00:01", "graz"], ["2024-01-09 00:00:25", "wien"]]})json")),
            {0, 300});
        const NodeId more = of.document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("More"),
                   Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
            {600, 300}, {later, "out"});
        of.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()), {900, 300},
                                  {more, "out"});
        of.document.selection().set({more});
        QVERIFY(of.ran());
        const Instant january9 = 1'704'758'400'000;
        QTRY_VERIFY(of.panel.model().timeSpan().to > january9);
        of.document.selection().set({of.sums});
        QVERIFY(of.panel.model().timeSpan().to < january9);
        QCOMPARE(of.panel.model().line(of.panel.view().currentIndex()).lane.node, of.sums);
        const Instant end = january9 - 8 * 86'400'000LL + 30'000;  // of its newest window
        QVERIFY(of.panel.model().timeSpan().from < end && of.panel.model().timeSpan().to >= end);
        of.document.selection().set({more});
        QVERIFY(of.panel.model().timeSpan().to > january9);
        // Where the user went stays until another node is selected.
        of.document.selection().set({of.sums});
        const TimelineSpan there = of.panel.model().timeSpan();
        of.panel.hide();
        of.panel.show();
        QCOMPARE(of.panel.model().timeSpan(), there);
    }

    void aMomentThatIsAskedForComesIntoTheMiddle() {
        TimelineFixture of;
        QVERIFY(of.ran());
        const Instant asked = of.panel.model().timeSpan().from - 3'600'000;
        const Millis length = of.panel.model().timeSpan().length();
        QSignalSpy opened(&of.panel, &Pane::openRequested);
        of.session.alerts().askMoment(asked);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(of.panel.model().timeSpan().from, asked - length / 2);
        QCOMPARE(of.panel.model().timeSpan().length(), length);
    }

    /// As those of charts.
    void timesAreInTheZoneOfThePipeline() {
        TimelineFixture of;
        Settings settings = of.document.pipeline().settings;
        settings.timeZone = "Europe/Vienna";
        of.document.setSettings(settings);
        QVERIFY(of.ran());
        QCOMPARE(of.panel.model().zone(), QTimeZone("Europe/Vienna"));
        QCOMPARE(of.panel.findChild<TimelineAxis*>()->toolTip(), QStringLiteral("Europe/Vienna, UTC+1"));
    }

    void saysWhatIsMissing() {
        {
            TimelineFixture of(nullptr);
            QCOMPARE(of.words(), QStringLiteral("No windowed node yet"));
            of.document.addNode(nodeOf("window_aggregate", QStringLiteral("Sums"), Json::object()), {0, 0});
            QCOMPARE(of.words(), QStringLiteral("Run, or open a tape"));
        }
        TimelineFixture of;
        QCOMPARE(of.words(), QStringLiteral("Run, or open a tape"));
        QVERIFY(of.ran());
        QCOMPARE(of.words(), QString());
    }

    /// A join by intervals has no windows, but rows can be too late for it.
    void aJoinWithoutWindowsHasItsWatermarks() {
        TimelineFixture of(nullptr);
        const NodeId left =
            of.document.addNode(nodeOf("rows", QStringLiteral("Orders"), Json::parse(kRows)), {0, 0});
        const NodeId right =
            of.document.addNode(nodeOf("rows", QStringLiteral("Payments"), Json::parse(kRows)), {0, 300});
        const NodeId join = of.document.addNode(
            nodeOf("interval_join", QStringLiteral("Paid"),
                   Json{{"on", "left.shop = right.shop"}, {"lower", "0s"}, {"upper", "5s"}}),
            {300, 0});
        of.document.connectPorts({left, "out"}, {join, "left"});
        of.document.connectPorts({right, "out"}, {join, "right"});
        of.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                                  {join, "out"});
        QCOMPARE(of.words(), QStringLiteral("Run, or open a tape"));
        QVERIFY(of.ran());
        QCOMPARE(of.words(), QString());
        for (const TimelineLine& line : of.panel.model().lines())
            QVERIFY(line.kind != TimelineLine::Kind::Lane);
        QStringList said;
        for (const QLabel* label : of.panel.findChildren<QLabel*>()) said << label->text();
        QVERIFY2(
            said.contains(QStringLiteral("“Paid” has no windows: it judges each row by these watermarks.")),
            qPrintable(said.join(u'\n')));
        QVERIFY2(!said.join(u'\n').contains(QLatin1String("No window or join judges these rows")),
                 qPrintable(said.join(u'\n')));
    }

    void aRunHasALaneWithItsWindows() {
        TimelineFixture of;
        QVERIFY(of.ran());
        QVERIFY(QTest::qWaitFor([&of] { return !of.lane().late.empty(); }, kLong));
        const TimelineLine& lane = of.lane();
        QCOMPARE(lane.title, QStringLiteral("Sums"));
        QCOMPARE(lane.strips.size(), std::size_t{1});
        const auto& windows = lane.strips.front().windows;
        QCOMPARE(windows.size(), std::size_t{3});
        QCOMPARE(windows[0].rows, std::int64_t{3});
        QCOMPARE(windows[0].results, std::uint64_t{2});
        QCOMPARE(windows[0].state, LaneWindow::State::Fired);
        QCOMPARE(windows[0].late, std::uint64_t{1});
        // The span shows the newest of them.
        QVERIFY(of.panel.model().timeSpan().to >= windows[2].window.start);
        const QString said = of.panel.model().index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.startsWith(QStringLiteral("Sums. Tumble 10")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("3 fired, 0 open, 1 late row")), qPrintable(said));
        keepPicture(of.panel, QStringLiteral("timeline"));
    }

    void aSourceWithoutWindowsDoesNotLeadTheAxisAway() {
        TimelineFixture of;
        const Json later = Json::parse(R"json({"columns": ["ts TIMESTAMP(3)"], "event_time": "ts",
            "rows": [["2024-01-01 05:00:00"], ["2024-01-01 05:00:10"]]})json");
        const NodeId other = of.document.addNode(nodeOf("rows", QStringLiteral("Later"), later), {0, 300});
        of.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()), {600, 300},
                                  {other, "out"});
        QVERIFY(of.ran());
        QVERIFY(QTest::qWaitFor([&of] { return !of.lane().strips.empty(); }, kLong));
        const Window last = of.lane().strips.front().windows.back().window;
        const auto isInSight = [&of, &last] {
            const TimelineSpan& span = of.panel.model().timeSpan();
            return span.from < last.start && span.to >= last.end;
        };
        QVERIFY(QTest::qWaitFor(isInSight, kLong));
    }

    void keysGoFromWindowToWindow() {
        TimelineFixture of;
        QVERIFY(of.ran());
        QVERIFY(of.panel.model().chosenWindow() == nullptr);
        of.key(Qt::Key_Home);
        QCOMPARE(of.panel.model().chosenWindow()->rows, std::int64_t{3});
        of.key(Qt::Key_Comma);  // there is none before
        QCOMPARE(of.panel.model().chosenWindow()->rows, std::int64_t{3});
        of.key(Qt::Key_Period);
        const Instant second = of.panel.model().chosenWindow()->window.start;
        of.key(Qt::Key_Period);
        of.key(Qt::Key_Period);
        QCOMPARE(of.panel.model().chosenWindow()->window.start, second + 10'000);
        of.key(Qt::Key_Comma);
        QCOMPARE(of.panel.model().chosenWindow()->window.start, second);
        const QString said = of.panel.model().index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.contains(QStringLiteral("00:00:10 – 00:00:20")), qPrintable(said));
        // Enter selects the node.
        of.document.selection().clear();
        of.key(Qt::Key_Return);
        QCOMPARE(of.document.selection().nodes(), std::vector<NodeId>{of.sums});
    }

    void theAxisMovesAndFollowsAgain() {
        TimelineFixture of;
        QVERIFY(of.ran());
        const TimelineSpan newest = of.panel.model().timeSpan();
        of.key(Qt::Key_Left);
        QVERIFY(of.panel.model().timeSpan().from < newest.from);
        QCOMPARE(of.panel.model().timeSpan().length(), newest.length());
        of.key(Qt::Key_Right);
        of.key(Qt::Key_Right);
        QCOMPARE(of.panel.model().timeSpan(), newest);
    }

    void sessionsHaveAStripForEachKey() {
        TimelineFixture of("session");
        QVERIFY(of.ran());
        QCOMPARE(of.lane().strips.size(), std::size_t{2});
        QCOMPARE(of.lane().strips[0].key, std::string("graz"));
        QVERIFY(of.lane().about.startsWith(QStringLiteral("Session, gap 5")));
    }

    /// Three keys have strips; how many others there are stands below them.
    void keysWithoutAStripAreCounted() {
        TimelineFixture of("session");
        Json rows = Json::array();
        for (const char* shop : {"graz", "wien", "linz", "enns", "wels"})
            rows.push_back(Json::array({"2024-01-01 00:00:01", shop}));
        of.document.setParam(of.orders, "rows", rows);
        QVERIFY(of.ran());
        QTRY_COMPARE_WITH_TIMEOUT(of.lane().strips.size(), std::size_t{3}, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(of.lane().otherKeys, std::uint64_t{2}, kLong);
    }

    /// Up and down go from lane to lane; the other keys are about the lane that one is at.
    void upAndDownGoFromLaneToLane() {
        TimelineFixture of;
        const NodeId more = of.document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("More"),
                   Json{{"window", "tumble"}, {"size", "5s"}, {"aggregates", {"COUNT(*) AS n"}}}),
            {600, 300}, {of.orders, "out"});
        of.document.addNodeBehind(nodeOf("table_view", QStringLiteral("All"), Json::object()), {900, 300},
                                  {more, "out"});
        QVERIFY(of.ran());
        const auto lanes = [&of] {
            std::vector<int> rows;
            for (int row = 0; row < of.panel.model().rowCount(); ++row) {
                const TimelineLine& line = of.panel.model().line(of.panel.model().index(row));
                if (line.kind == TimelineLine::Kind::Lane) rows.push_back(row);
            }
            return rows;
        };
        QTRY_COMPARE_WITH_TIMEOUT(lanes().size(), std::size_t{2}, kLong);
        TimelineView& view = of.panel.view();
        view.setCurrentIndex(of.panel.model().index(lanes().front()));
        of.key(Qt::Key_Home);
        QVERIFY(of.panel.model().chosen().has_value());
        const NodeId first = of.panel.model().chosen()->node;
        of.key(Qt::Key_Down);
        QCOMPARE(view.currentIndex().row(), lanes().back());
        of.key(Qt::Key_Home);
        const NodeId second = of.panel.model().chosen()->node;
        QVERIFY(first != second);
        of.document.selection().clear();
        of.key(Qt::Key_Return);
        QCOMPARE(of.document.selection().nodes(), std::vector<NodeId>{second});
        of.key(Qt::Key_Up);
        QCOMPARE(view.currentIndex().row(), lanes().front());
        of.key(Qt::Key_Home);
        QCOMPARE(of.panel.model().chosen()->node, first);
    }

    /// In the bar of a window that waits there is an hourglass, also where there is no room for words.
    void aWindowThatWaitsHasAnHourglass() {
        const TimelineModel model;
        const Theme& theme = Theme::of();
        const TimelinePainter painting(theme, model, TimeScale{{0, 1'000}, 200, 400});
        TimelineLine line;
        line.strips.emplace_back().windows.emplace_back();
        LaneWindow& window = line.strips.front().windows.front();
        window.window = {100, 0};
        // Pixels in the middle of the bar, which is 40 wide, that are not its ground.
        const auto drawn = [&](LaneWindow::State state) {
            window.state = state;
            const QRect room(0, 0, 600, TimelinePainter::heightOf(theme, line));
            QImage image(room.size(), QImage::Format_RGB32);
            image.fill(theme.tokens().panel);
            QPainter painter(&image);
            painting.paintLine(painter, room, line, theme.tokens().panel);
            painter.end();
            QRect sign(0, 0, 10, 10);
            sign.moveCenter(painting.barOf(room, line, 0, window).center());
            const QImage middle = image.copy(sign);
            return std::pair(pixelsOf(middle, theme.tokens().selected), middle);
        };
        const auto [ground, waits] = drawn(LaneWindow::State::Waits);
        QVERIFY2(ground > 10 && ground < 90, qPrintable(QString::number(ground)));
        QVERIFY(drawn(LaneWindow::State::Open).second != waits);
    }

    void aNewRunStartsOver() {
        TimelineFixture of;
        QVERIFY(of.ran());
        of.key(Qt::Key_Home);
        of.session.start();
        QVERIFY(QTest::qWaitFor([&of] { return of.session.state() == RunSession::State::Finished; }, kLong));
        QVERIFY(of.panel.model().chosenWindow() == nullptr);
        QVERIFY(QTest::qWaitFor([&of] { return of.lane().strips.front().windows.size() == 3; }, kLong));
    }

    /// By the menu of the window that was chosen by keys, after a question.
    void aWindowThatWaitsIsClosedByHand() {
        TimelineFixture of;
        of.document.setParam(of.orders, "every", "1h");
        QVERIFY(of.validated());
        of.session.start();
        const auto windows = [&of] {
            return of.panel.model().rowCount() > 0 && !of.lane().strips.empty()
                       ? of.lane().strips.front().windows
                       : std::vector<LaneWindow>();
        };
        QTRY_VERIFY_WITH_TIMEOUT(windows().size() == 1 && openWindow(of.session, of.sums), kLong);
        QVERIFY(!windows().front().hasFired());
        of.key(Qt::Key_End);
        QStringList said;
        QTimer answers;  // a question is not left before it is closed
        answers.callOnTimeout([&said] {
            if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
                QAction* const close = menu->actions().front();
                menu->close();
                if (close->isEnabled()) close->trigger();
            } else if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                if (said.contains(box->text())) return;
                said << box->text();
                for (QAbstractButton* button : box->buttons()) {
                    if (button->text() == QStringLiteral("Close window")) button->click();
                }
            }
        });
        answers.start(20);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5},
                                of.panel.view().mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(of.panel.view().viewport(), &event);
        QTRY_VERIFY_WITH_TIMEOUT(said.size() == 1, kLong);
        QVERIFY2(said.front().contains(QStringLiteral("2024-01-01 00:00:00 – 2024-01-01 00:00:10")),
                 qPrintable(said.front()));
        QTRY_VERIFY_WITH_TIMEOUT(windows().size() == 1 && windows().front().hasFired(), kLong);
        QVERIFY(!openWindow(of.session, of.sums));
        of.session.stop(StopMode::Discard);
    }

    void whileItIsOffNothingChanges() {
        TimelineFixture of;
        of.panel.hide();
        QVERIFY(of.validated() && of.runToTheEnd());
        QCOMPARE(of.panel.model().rowCount(), 0);
        // The run was looked at from its start all the same.
        of.panel.show();
        QCOMPARE(of.lane().strips.front().windows.size(), std::size_t{3});
        QCOMPARE(of.lane().strips.front().windows.front().rows, std::int64_t{3});
    }

    void barsLookLikeTheirStates() {
        const Tokens& t = Theme::of().tokens();
        QVERIFY(pixelsOf(barImage(BarLook::Fired), t.firedWindow) > 2'800);
        const int late = pixelsOf(barImage(BarLook::Lateness), t.firedWindow);
        QVERIFY(late > 2'000 && late < 2'700);
        QCOMPARE(pixelsOf(barImage(BarLook::Open), t.firedWindow), 0);
        QVERIFY(pixelsOf(barImage(BarLook::Open), t.op.tint) > 500);
        QCOMPARE(pixelsOf(barImage(BarLook::Open), t.accent), 0);
        // The base line, 6 high, up to 60.
        const int base = pixelsOf(barImage(BarLook::Early), t.accent);
        QVERIFY2(base >= 300 && base <= 360, qPrintable(QString::number(base)));
        const int dashes = pixelsOf(barImage(BarLook::Waits), t.accent);
        QVERIFY2(dashes > 60 && dashes < 270, qPrintable(QString::number(dashes)));
    }

    void lateRowsAreTriangles() {
        TimelineFixture of;
        QVERIFY(of.ran());
        QVERIFY(QTest::qWaitFor([&of] { return !of.lane().late.empty(); }, kLong));
        QCoreApplication::processEvents();
        const QImage drawn = of.panel.view().viewport()->grab().toImage();
        QVERIFY(pixelsOf(drawn, Theme::of().tokens().warn.line) > 10);
        QVERIFY(pixelsOf(drawn, Theme::of().tokens().firedWindow) > 1'000);
    }

    void aHoverTextTellsOfTheWindow() {
        LaneWindow window;
        window.window = {20'000, 10'000};
        window.rows = 12;
        window.results = 1;
        window.state = LaneWindow::State::Waits;
        const QString tip = TimelineWords::tipOf(window, QStringLiteral("graz"),
                                                 QStringLiteral("It waits for x."), QTimeZone::utc());
        QVERIFY(tip.contains(QStringLiteral("00:00:10 – 00:00:20")));
        QVERIFY(tip.contains(QStringLiteral("12 rows · 1 result")));
        QVERIFY(tip.contains(QStringLiteral("Key: graz")));
        QVERIFY(tip.endsWith(QStringLiteral("It waits for x.")));
        // In the zone of the axis.
        const QTimeZone vienna("Europe/Vienna");
        QVERIFY(TimelineWords::tipOf(window, {}, {}, vienna).contains(QStringLiteral("01:00:10 – 01:00:20")));
        QVERIFY(TimelineWords::lineOf(window, {}, vienna).startsWith(QStringLiteral("01:00:10 – 01:00:20")));
        QCOMPARE(TimelineWords::clock(10'000, vienna), QStringLiteral("01:00:10"));
        QCOMPARE(TimelineWords::insideOf(window, true), QStringLiteral("closes next"));
        QCOMPARE(TimelineWords::insideOf(window, false), QStringLiteral("waits"));
        window.state = LaneWindow::State::Early;
        QCOMPARE(TimelineWords::insideOf(window, false), QStringLiteral("≈ 12"));
    }
};

QTEST_MAIN(TestTimelinePanel)
#include "test_timeline_panel.moc"
