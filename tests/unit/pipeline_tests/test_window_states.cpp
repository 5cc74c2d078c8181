// Windows that a test looks at: as if all events that are kept were read at each look, though each is read
// once.
#include <QtTest/QtTest>
#include <random>

#include "core/pipeline_tests/window_states.h"

using namespace rw;
using Kind = WindowEvent::Kind;
using State = PipelineTestStep::Window;

namespace {

const NodeId kNode = "node", kOther = "other";

WindowEvent eventOf(Kind kind, Instant end) {
    WindowEvent made;
    made.kind = kind;
    made.window.start = end - 10;
    made.window.end = end;
    return made;
}

/// By all of the events that there are.
State lookedUp(const WindowWatch& watch, Instant end) {
    State state = State::NotThere;
    for (const WindowEvent& each : watch.since(kNode, 0)) {
        if (each.window.end != end || each.kind == Kind::Late) continue;
        if (each.kind != Kind::Opened && each.kind != Kind::Early) return State::Fired;
        state = State::Open;
    }
    return state;
}

}  // namespace

class TestWindowStates : public QObject {
    Q_OBJECT

    const std::shared_ptr<WindowEvents> m_events = std::make_shared<WindowEvents>();
    const WindowWatch m_watch{m_events};

    void add(const NodeId& node, std::vector<WindowEvent> events) { m_events->add(node, events, 0); }

 private Q_SLOTS:
    void aWindowIsThereOpenOrFired() {
        WindowStates states;
        states.take(m_watch, kNode);
        QVERIFY(states.at(10) == State::NotThere && states.all());
        add(kNode, {eventOf(Kind::Opened, 10), eventOf(Kind::Late, 20)});
        add(kOther, {eventOf(Kind::Opened, 30)});
        QVERIFY(states.at(10) == State::NotThere);
        states.take(m_watch, kNode);
        QVERIFY(states.at(10) == State::Open);
        QVERIFY(states.at(20) == State::NotThere && states.at(30) == State::NotThere);
        add(kNode, {eventOf(Kind::Early, 10)});
        states.take(m_watch, kNode);
        QVERIFY(states.at(10) == State::Open);
        add(kNode, {eventOf(Kind::Fired, 10), eventOf(Kind::Opened, 30)});
        states.take(m_watch, kNode);
        QVERIFY(states.at(10) == State::Fired && states.at(30) == State::Open);
    }

    void itIsWhatTheEventsThatAreKeptSay() {
        std::mt19937 random(7);
        WindowStates states;
        constexpr Kind kKinds[] = {Kind::Opened, Kind::Early,  Kind::Fired, Kind::FiredAgain,
                                   Kind::Closed, Kind::Merged, Kind::Late};
        std::size_t told = 0;
        for (int look = 0; look < 60; ++look) {
            std::vector<WindowEvent> more;
            for (auto left = random() % 900; left > 0; --left) {
                const auto end = static_cast<Instant>(told++ / 40 * 10 + random() % 20);
                more.push_back(eventOf(kKinds[random() % std::size(kKinds)], end));
            }
            if (look == 40)
                more.resize(std::max<std::size_t>(more.size(), 2 * WindowEvents::kKept),
                            eventOf(Kind::Opened, 5));
            add(kNode, std::move(more));
            states.take(m_watch, kNode);
            QCOMPARE(states.all(), m_watch.since(kNode, 0).size() < WindowEvents::kKept);
            for (const Instant end : {Instant{5}, static_cast<Instant>(told / 40 * 10),
                                      static_cast<Instant>(random() % (told / 4 + 10))})
                QVERIFY(states.at(end) == lookedUp(m_watch, end));
        }
        QVERIFY(!states.all());
    }
};

QTEST_GUILESS_MAIN(TestWindowStates)
#include "test_window_states.moc"
