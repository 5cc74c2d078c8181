// Windows of a lane, as they come of events: their states, rows over several tasks, sessions by their keys,
// rows that overlap, and bounds.
#include <QtTest/QtTest>

#include "widgets/timeline/lane_windows.h"
#include "widgets/timeline/timeline_words.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Kind = WindowEvent::Kind;
using State = LaneWindow::State;

WindowEvent told(Kind kind, Instant start, Instant end, std::int64_t rows = WindowEvent::kUnknown,
                 int task = 0) {
    static std::uint64_t number = 0;
    WindowEvent made;
    made.kind = kind;
    made.window = {end, start};
    made.rows = rows;
    made.results = rows > 0 ? 2 : 0;
    made.task = task;
    made.watermark = end - 1;
    made.at = 1'000;
    made.number = ++number;
    return made;
}

WindowEvent session(Kind kind, const char* key, std::uint32_t number, Instant start, Instant end,
                    std::int64_t rows = 0) {
    WindowEvent made = told(kind, start, end, rows);
    made.key = key;
    made.session = number;
    return made;
}

WindowLane tumble(Millis lateness = 0) {
    WindowLane lane;
    lane.node = "w";
    lane.size = lane.step = 10;
    lane.allowedLateness = lateness;
    return lane;
}

}  // namespace

class TestLaneWindows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsAreThoseOfAllTasks() {
        LaneWindows lane(tumble());
        lane.take({told(Kind::Opened, 0, 10), told(Kind::Opened, 0, 10, WindowEvent::kUnknown, 1),
                   told(Kind::Fired, 0, 10, 3), told(Kind::Fired, 0, 10, 4, 1)});
        const auto strips = lane.strips(9, 9);
        QCOMPARE(strips.size(), std::size_t{1});
        const LaneWindow& window = strips.front().windows.front();
        QCOMPARE(window.rows, std::int64_t{7});
        QCOMPARE(window.results, std::uint64_t{4});
        QCOMPARE(window.state, State::Fired);
        // Of one task nothing is known of the rows: then nothing is known of the window's.
        lane.take({told(Kind::Fired, 0, 10, WindowEvent::kUnknown, 2)});
        QCOMPARE(lane.strips(9, 9).front().windows.front().rows, WindowEvent::kUnknown);
    }

    void statesGoByTheWatermark() {
        LaneWindows lane(tumble(5));
        lane.take({told(Kind::Opened, 0, 10), told(Kind::Opened, 10, 20), told(Kind::Opened, 20, 30)});
        const auto states = [&lane](Instant watermark, Instant ahead) {
            std::vector<State> found;
            const auto strips = lane.strips(watermark, ahead);
            for (const LaneWindow& window : strips.front().windows) found.push_back(window.state);
            return found;
        };
        QCOMPARE(states(5, 5), (std::vector{State::Open, State::Open, State::Open}));
        // Others are past the ends of two.
        QCOMPARE(states(5, 19), (std::vector{State::Waits, State::Waits, State::Open}));
        QCOMPARE(states(5, 18), (std::vector{State::Waits, State::Open, State::Open}));
        lane.take({told(Kind::Fired, 0, 10, 1), told(Kind::Early, 10, 20, 2)});
        QCOMPARE(states(9, 9), (std::vector{State::Lateness, State::Early, State::Open}));
        QCOMPARE(states(14, 14), (std::vector{State::Fired, State::Early, State::Open}));
        // An event that the ring has lost: a watermark past the lateness closes a window all the same.
        QCOMPARE(states(34, 34), (std::vector{State::Fired, State::Fired, State::Fired}));
        QCOMPARE(lane.strips(34, 34).front().windows.back().firedAt, Instant{0});
    }

    void lateRowsAreThoseOfTheWindowThatTheyMissed() {
        LaneWindows lane(tumble());
        WindowEvent late = told(Kind::Late, 0, 10, 3);
        late.window.start = kMinTimestamp;
        lane.take({told(Kind::Fired, 0, 10, 1), late, late});
        QCOMPARE(lane.strips(9, 9).front().windows.front().late, std::uint64_t{6});
        // Also where nothing else was told of it.
        late.window.end = 990;
        lane.take({late});
        QCOMPARE(lane.late().at(990), std::uint64_t{3});
        QCOMPARE(lane.strips(9, 9).front().windows.size(), std::size_t{1});
    }

    void aWindowMayFireAgain() {
        LaneWindows lane(tumble(5));
        lane.take({told(Kind::Fired, 0, 10, 1), told(Kind::FiredAgain, 0, 10, 2),
                   told(Kind::FiredAgain, 0, 10, 3)});
        const LaneWindow window = lane.strips(9, 9).front().windows.front();
        QCOMPARE(window.again, std::uint64_t{2});
        QCOMPARE(window.rows, std::int64_t{3});
        // After a restart it opens and fires anew: it is one window.
        lane.take({told(Kind::Opened, 0, 10), told(Kind::Fired, 0, 10, 3)});
        QCOMPARE(lane.strips(9, 9).front().windows.size(), std::size_t{1});
    }

    void windowsThatOverlapLieBelowEachOther() {
        std::vector<LaneWindow> windows(7);
        for (std::size_t i = 0; i < windows.size(); ++i) {
            windows[i].window.start = static_cast<Instant>(10 * i);
            windows[i].window.end = windows[i].window.start + 30;
        }
        stackWindows(windows, 4);
        std::vector<int> rows;
        for (const LaneWindow& window : windows) rows.push_back(window.row);
        QCOMPARE(rows, (std::vector{0, 1, 2, 0, 1, 2, 0}));
        stackWindows(windows, 2);  // too few: they share
        for (const LaneWindow& window : windows) QVERIFY(window.row < 2);
    }

    void sessionsAreThoseOfTheFullestKeys() {
        WindowLane of = tumble();
        of.kind = WindowKind::Session;
        of.gap = 10;
        LaneWindows lane(of);
        lane.take({session(Kind::Opened, "a", 1, 0, 10), session(Kind::Opened, "b", 2, 0, 10),
                   session(Kind::Opened, "c", 3, 0, 10), session(Kind::Opened, "d", 4, 0, 10)});
        lane.take({session(Kind::Fired, "a", 1, 0, 15, 5), session(Kind::Fired, "b", 2, 0, 12, 9),
                   session(Kind::Fired, "d", 4, 0, 11, 7)});
        const auto strips = lane.strips(14, 14);
        QCOMPARE(strips.size(), LaneWindows::kKeysShown);
        QCOMPARE(strips[0].key, std::string("b"));
        QCOMPARE(strips[1].key, std::string("d"));
        QCOMPARE(strips[2].key, std::string("a"));
        QCOMPARE(strips[2].windows.front().window.end, Instant{15});
        QCOMPARE(lane.keys(), std::size_t{4});
        // Its number is used again for another session of the key.
        lane.take({session(Kind::Opened, "a", 1, 50, 60), session(Kind::Fired, "a", 1, 50, 61, 90)});
        const auto more = lane.strips(70, 70);
        QCOMPARE(more.front().key, std::string("a"));
        QCOMPARE(more.front().windows.size(), std::size_t{2});
    }

    void keysWithoutAStripHaveWords() {
        QCOMPARE(TimelineWords::otherKeys(211), QStringLiteral("+ 211 keys"));
        QCOMPARE(TimelineWords::otherKeys(1), QStringLiteral("+ 1 key"));
    }

    /// A window of windows has no rows of its own: its bar says its results.
    void barsOfWindowsOfWindowsSayTheirResults() {
        LaneWindow window;
        window.window = {10, 0};
        window.state = State::Fired;
        window.rows = 3'810;
        window.results = 8;
        QVERIFY(!TimelineWords::insideOf(window, false).contains(QStringLiteral("results")));
        QVERIFY(TimelineWords::lineOf(window, {}, QTimeZone::utc()).contains(QStringLiteral("rows")));
        window.rows = WindowEvent::kUnknown;
        QVERIFY2(TimelineWords::insideOf(window, false).contains(QStringLiteral("8 results")),
                 qPrintable(TimelineWords::insideOf(window, false)));
        QVERIFY2(TimelineWords::lineOf(window, {}, QTimeZone::utc()).contains(QStringLiteral("8 results")),
                 qPrintable(TimelineWords::lineOf(window, {}, QTimeZone::utc())));
        QVERIFY(!TimelineWords::lineOf(window, {}, QTimeZone::utc()).contains(QStringLiteral("rows")));
    }

    void aSessionThatBecamePartOfAnotherIsGone() {
        WindowLane of = tumble();
        of.kind = WindowKind::Session;
        LaneWindows lane(of);
        lane.take({session(Kind::Opened, "a", 1, 0, 10), session(Kind::Opened, "a", 2, 20, 30),
                   session(Kind::Merged, "", 2, 20, 30), session(Kind::Opened, "a", 1, 0, 30)});
        const auto strips = lane.strips(0, 0);
        QCOMPARE(strips.front().windows.size(), std::size_t{1});
        QCOMPARE(strips.front().windows.front().window.start, Instant{0});
        QCOMPARE(strips.front().windows.front().window.end, Instant{30});
    }

    void isBounded() {
        LaneWindows lane(tumble());
        std::vector<WindowEvent> many;
        for (Instant i = 0; i < 5'000; ++i) {
            many.push_back(told(Kind::Fired, 10 * i, 10 * i + 10, 1));
            many.push_back(told(Kind::Late, 10 * i, 10 * i + 10, 1));
        }
        lane.take(many);
        QCOMPARE(lane.newest(), many.back().number);
        const auto strips = lane.strips(50'000, 50'000);
        QCOMPARE(strips.front().windows.size(), LaneWindows::kMost);
        QCOMPARE(strips.front().windows.back().window.end, Instant{50'000});
        QCOMPARE(lane.late().size(), LaneWindows::kMost);
        WindowLane of = tumble();
        of.kind = WindowKind::Session;
        LaneWindows sessions(of);
        many.clear();
        for (std::uint32_t i = 0; i < 1'000; ++i)
            many.push_back(session(Kind::Fired, std::to_string(i).c_str(), i, 0, 10, 1));
        sessions.take(many);
        QCOMPARE(sessions.keys(), LaneWindows::kMostKeys);
    }
};

QTEST_APPLESS_MAIN(TestLaneWindows)
#include "test_lane_windows.moc"
