// The state of an alert rule for one key, against a model that goes through event time one millisecond after
// the other; and by examples.
#include <fmt/format.h>

#include <QtTest>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/stream/alerts/alert_machine.h"
#include "core/stream/alerts/provisional_state.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
using Kind = AlertStep::Kind;

struct Row {
    Instant at = 0;
    AlertVerdict verdict = AlertVerdict::None;
    int value = 0;
};

std::string nameOf(Kind kind) {
    switch (kind) {
        case Kind::Began:
            return "began";
        case Kind::Raised:
            return "raised";
        case Kind::Spared:
            return "spared";
        case Kind::Cleared:
            return "cleared";
        case Kind::Tell:
            return "tell";
        case Kind::Quiet:
            return "quiet";
        case Kind::Back:
            return "back";
    }
    return {};
}

std::string line(Instant at, const std::string& what, Instant start, bool tell) {
    return fmt::format("{} {} since {}{}", at, what, start, tell ? ", told" : "");
}

/// The words of the help, in numbers: what holds at each millisecond, looked up among all rows up to it.
class Model {
 public:
    Model(AlertTimes times, std::vector<Row> rows) : m_times(times), m_rows(std::move(rows)) {}

    Lines until(Instant end) {
        for (m_now = 0; m_now <= end; ++m_now) {
            for (const Row& row : m_rows) {
                if (row.at == m_now) take(row);
            }
            pass();
        }
        return m_lines;
    }
    bool open() const { return m_open; }
    bool quiet() const { return m_quiet; }
    int peak() const { return m_peak; }

 private:
    void say(const char* what, Instant start, bool tell) {
        m_lines.push_back(line(m_now, what, start, tell));
    }
    bool mayTell(const std::optional<Instant>& last) const {
        return !last || m_now >= *last + m_times.oncePer;
    }

    void take(const Row& row) {
        m_lastRow = m_now;
        m_missed = false;
        if (m_quiet) {
            say("back", m_quietStart, m_quietTold);
            m_quiet = false;
        }
        if (row.verdict == AlertVerdict::None) return;
        const bool holds = row.verdict == AlertVerdict::Raise, clears = row.verdict == AlertVerdict::Clear;
        if (m_open) {
            if (holds || (!clears && m_times.clearHold > 0)) m_clearSince.reset();
            if (clears && !m_clearSince) m_clearSince = m_now;
            m_peak = std::max(m_peak, row.value);
            // An alert that began at this time is over when all rows of the time say so.
            if (m_clearSince && m_times.clearHold == 0 && *m_since != m_now) over();
        } else if (holds) {
            m_peak = m_since ? std::max(m_peak, row.value) : row.value;
            if (!m_since && m_times.hold > 0) say("began", m_now, false);
            if (!m_since) m_since = m_now;
            if (m_times.hold == 0) raise();
        } else if (m_since) {
            say("spared", *m_since, false);
            m_since.reset();
        }
    }
    void pass() {
        if (!m_open && m_since && m_now >= *m_since + m_times.hold) raise();
        if (m_open && m_clearSince && m_now >= *m_clearSince + m_times.clearHold) over();
        if (m_times.noData > 0 && m_lastRow && !m_missed && m_now >= *m_lastRow + m_times.noData) {
            m_missed = true;
            if (!m_open && m_since) {
                say("spared", *m_since, false);
                m_since.reset();
            }
            m_clearSince.reset();
            m_quiet = true;
            m_quietStart = *m_lastRow;
            m_quietTold = mayTell(m_lastQuiet);
            if (m_quietTold) m_lastQuiet = m_now;
            say("quiet", m_quietStart, m_quietTold);
        }
        if (m_open && !m_told && mayTell(m_last)) {
            m_told = true;
            m_last = m_now;
            say("tell", *m_since, true);
        }
        if (m_quiet && !m_quietTold && mayTell(m_lastQuiet)) {
            m_quietTold = true;
            m_lastQuiet = m_now;
            say("tell", m_quietStart, true);
        }
    }
    void raise() {
        m_open = true;
        m_told = mayTell(m_last);
        if (m_told) m_last = m_now;
        say("raised", *m_since, m_told);
    }
    void over() {
        say("cleared", *m_since, m_told);
        m_open = false;
        m_since.reset();
        m_clearSince.reset();
    }

    const AlertTimes m_times;
    const std::vector<Row> m_rows;
    Lines m_lines;
    Instant m_now = 0, m_quietStart = 0;
    std::optional<Instant> m_since, m_clearSince, m_lastRow, m_last, m_lastQuiet;
    bool m_open = false, m_told = false, m_missed = false, m_quiet = false, m_quietTold = false;
    int m_peak = 0;
};

constexpr Instant kEnd = 60;

/// The difference from the model; empty: none. Time passes in other steps than the rows' now and then.
std::string fault(unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&random](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    const AlertTimes times{pick(0, 2) * pick(0, 6), pick(0, 2) * pick(0, 5), pick(0, 1) * pick(1, 9),
                           pick(0, 2) * pick(0, 12), false};
    std::vector<Row> rows;
    for (Instant at = pick(0, 5); at < kEnd; at += pick(0, 3) == 0 ? pick(4, 15) : pick(0, 4))
        rows.push_back({at, static_cast<AlertVerdict>(pick(0, 3)), pick(0, 9)});

    const AlertMachine machine(times);
    AlertState state;
    Lines found;
    const auto steps = [&found](const AlertStep& step) {
        found.push_back(line(step.at, nameOf(step.kind), step.start, step.tell));
    };
    Instant passed = 0;
    for (const Row& row : rows) {
        if (pick(0, 2) == 0 && row.at > passed) {
            passed = pick(static_cast<int>(passed), static_cast<int>(row.at) - 1);
            machine.advance(state, passed, steps);
        }
        machine.row(state, row.at, row.verdict, static_cast<double>(row.value), steps);
        passed = row.at;
    }
    machine.advance(state, kEnd, steps);
    if (machine.due(state) <= kEnd) return "something is due still";

    Model model(times, rows);
    const Lines expected = model.until(kEnd);
    if (found != expected)
        return fmt::format("expected\n  {}\nfound\n  {}\n", fmt::join(expected, "\n  "),
                           fmt::join(found, "\n  "));
    const bool open = state.phase == AlertPhase::Raised || state.phase == AlertPhase::Clearing;
    if (open != model.open() || state.quiet != model.quiet()) return "another state than the model's";
    if (open && state.peak != static_cast<double>(model.peak())) return "another peak than the model's";
    return {};
}

/// The steps of rows that come at these times, until event time is `end`.
Lines stepsOf(const AlertTimes& times, const std::vector<Row>& rows, Instant end) {
    const AlertMachine machine(times);
    AlertState state;
    Lines found;
    const auto steps = [&found](const AlertStep& step) {
        found.push_back(line(step.at, nameOf(step.kind), step.start, step.tell));
    };
    for (const Row& row : rows) machine.row(state, row.at, row.verdict, std::nullopt, steps);
    machine.advance(state, end, steps);
    return found;
}

}  // namespace

class TestAlertMachine : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void doesWhatTheModelDoes() {
        for (const std::uint32_t seed : seedsOf(suites::AlertMachines)) {
            const std::string wrong = fault(seed);
            QVERIFY2(wrong.empty(), fmt::format("case {}: {}", seed, wrong).c_str());
        }
    }

    void aRowAtTheEndOfTheTimeCounts() {
        const AlertTimes times{20, 0, 0, 0, false};
        const Lines spared{"0 began since 0", "20 spared since 0"};
        QCOMPARE(stepsOf(times, {{0, AlertVerdict::Raise}, {20, AlertVerdict::Clear}}, 50), spared);
        const Lines raised{"0 began since 0", "20 raised since 0, told", "21 cleared since 0, told"};
        QCOMPARE(stepsOf(times, {{0, AlertVerdict::Raise}, {21, AlertVerdict::Clear}}, 50), raised);
    }

    /// They would be two alerts of one name, and of the second nobody would hear.
    void rowsOfOneTimeRaiseItOnce() {
        using enum AlertVerdict;
        const AlertTimes times{0, 0, 0, 0, false};
        const Lines goesOn{"1 raised since 1, told", "5 cleared since 1, told"};
        QCOMPARE(stepsOf(times, {{1, Raise}, {1, Clear}, {1, Raise}, {5, Clear}}, 50), goesOn);
        const Lines over{"1 raised since 1, told", "1 cleared since 1, told"};
        QCOMPARE(stepsOf(times, {{1, Raise}, {1, Clear}, {1, Raise}, {1, Clear}}, 50), over);
        QCOMPARE(stepsOf(times, {{1, Raise}, {1, Clear}, {1, Between}, {1, None}}, 50), over);
        QCOMPARE(stepsOf(times, {{1, Raise}, {1, Between}, {1, Clear}}, 50), over);
    }

    void betweenTheTwoValuesAnAlertGoesOn() {
        const AlertTimes times{0, 0, 0, 0, false};
        const Lines steps{"1 raised since 1, told", "5 cleared since 1, told"};
        QCOMPARE(stepsOf(times,
                         {{1, AlertVerdict::Raise},
                          {2, AlertVerdict::Between},
                          {3, AlertVerdict::None},
                          {5, AlertVerdict::Clear},
                          {6, AlertVerdict::Between}},
                         50),
                 steps);
    }

    void whatIsTooSoonIsToldLaterIfItLasts() {
        const AlertTimes times{0, 0, 0, 10, false};
        const Lines steps{"0 raised since 0, told", "1 cleared since 0, told", "2 raised since 2",
                          "3 cleared since 2",      "4 raised since 4",        "10 tell since 4, told"};
        QCOMPARE(stepsOf(times,
                         {{0, AlertVerdict::Raise},
                          {1, AlertVerdict::Clear},
                          {2, AlertVerdict::Raise},
                          {3, AlertVerdict::Clear},
                          {4, AlertVerdict::Raise}},
                         50),
                 steps);
    }

    /// Rows that were there before it was found that none come, and are judged later, do not end it.
    void aStallIsEndedByANewRow() {
        const AlertMachine machine(AlertTimes{0, 0, 30, 0, false});
        AlertState state;
        Lines found;
        const auto steps = [&found](const AlertStep& step) {
            found.push_back(line(step.at, nameOf(step.kind), step.start, step.tell));
        };
        machine.row(state, 95, AlertVerdict::Clear, std::nullopt, steps);
        machine.stall(state, 100, 130, steps);
        machine.row(state, 100, AlertVerdict::Clear, std::nullopt, steps);
        QVERIFY(state.quiet);
        machine.row(state, 101, AlertVerdict::Raise, std::nullopt, steps);
        const Lines steps101{"130 quiet since 100, told", "130 back since 100, told",
                             "101 raised since 101, told"};
        QCOMPARE(found, steps101);
    }

    /// Wall time that stood for event time, where there was none, does not count for what comes.
    void aStallBeforeTheFirstRowIsOverWithIt() {
        const AlertMachine machine(AlertTimes{0, 0, 30, 1'000, false});
        AlertState state;
        Lines found;
        const auto steps = [&found](const AlertStep& step) {
            found.push_back(line(step.at, nameOf(step.kind), 0, step.tell));
        };
        machine.stall(state, kMinTimestamp, 1'700'000'000'000, steps);
        machine.row(state, 5, AlertVerdict::Clear, std::nullopt, steps);
        machine.advance(state, 35, steps);
        const Lines expected{"1700000000000 quiet since 0, told", "5 back since 0, told",
                             "35 quiet since 0, told"};
        QCOMPARE(found, expected);
    }

    void aPeakMayBeTheLowest() {
        const AlertMachine machine(AlertTimes{0, 0, 0, 0, true});
        AlertState state;
        const auto none = [](const AlertStep&) {};
        for (const double value : {4.0, 2.0, 3.0})
            machine.row(state, static_cast<Instant>(value), AlertVerdict::Raise, value, none);
        QCOMPARE(state.peak, std::optional(2.0));
        QCOMPARE(state.value, std::optional(4.0));
    }

    /// Whether they come together, or one after the other.
    void thePeakIsThatOfAllOpenWindows() {
        const AlertTimes times{};
        const AlertMachine machine(times);
        for (const bool together : {true, false}) {
            ProvisionalState state;
            state.add({9, 6.0, "first"}, times);
            if (!together) QVERIFY(state.raise(machine, {}));
            state.add({19, 8.0, "second"}, times);
            QCOMPARE(state.raise(machine, {}), together);
            QCOMPARE(state.alert()->start, Instant{9});
            QCOMPARE(state.alert()->message, std::string("first"));
            QCOMPARE(state.alert()->value, std::optional(6.0));
            QCOMPARE(state.alert()->peak, std::optional(8.0));
        }
    }

    void anAlertIsOverWhenTheWindowThatItBeganWithHasNotRaisedIt() {
        const AlertTimes times{20, 0, 0, 0, false};
        const AlertMachine machine(times);
        ProvisionalState state;
        AlertState final;
        state.add({9, 7.0, "first"}, times);
        QVERIFY(!state.raise(machine, final));
        state.add({29, 8.0, "second"}, times);
        QVERIFY(state.raise(machine, final));
        QCOMPARE(state.alert()->start, Instant{9});
        QCOMPARE(state.alert()->raised, Instant{29});
        QCOMPARE(state.alert()->peak, std::optional(8.0));
        QVERIFY(!state.pass(final, 8));
        QCOMPARE(state.pass(final, 9), std::optional<Instant>(29));  // no final row began it
        AlertState waiting = final;
        waiting.phase = AlertPhase::Waiting;
        waiting.start = waiting.since = 9;
        QVERIFY(!state.pass(waiting, 28));
        QCOMPARE(state.pass(waiting, 29), std::optional<Instant>(29));
        state.dropAlert();
        QVERIFY(state.empty());
        QCOMPARE(state.due(), kMaxTimestamp);
    }

    /// By final rows the condition began earlier: it is known to hold, and may raise an alert still.
    void anAlertIsNotOverWhileTheConditionWaits() {
        const AlertTimes times{25, 0, 0, 0, false};
        const AlertMachine machine(times);
        ProvisionalState state;
        state.add({29, 7.0, "first"}, times);
        state.add({59, 8.0, "second"}, times);
        QVERIFY(state.raise(machine, {}));
        QCOMPARE(state.alert()->start, Instant{29});
        AlertState waiting;
        waiting.phase = AlertPhase::Waiting;
        waiting.start = waiting.since = 9;
        QVERIFY(!state.pass(waiting, 29));
        QCOMPARE(state.pass({}, 30), std::optional<Instant>(54));  // it was spared
    }

    /// An edit between two runs: final rows decide when the condition has held for so long.
    void aLongerTimeHoldsForAnAlertOfTheCheckpoint() {
        const AlertTimes before{20, 0, 0, 0, false}, now{50, 0, 0, 0, false};
        ProvisionalState state, restored;
        state.add({9, 7.0, "first"}, before);
        state.add({29, 8.0, "second"}, before);
        QVERIFY(state.raise(AlertMachine(before), {}));
        restored.restoreAlert(*state.alert(), now);
        AlertState waiting;
        waiting.phase = AlertPhase::Waiting;
        waiting.start = waiting.since = 9;
        QVERIFY(!restored.pass(waiting, 30));
        QCOMPARE(restored.due(), Instant{59});
        QVERIFY(restored.pass(waiting, 59).has_value());
    }
};

QTEST_APPLESS_MAIN(TestAlertMachine)
#include "test_alert_machine.moc"
