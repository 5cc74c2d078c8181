// Random small cases of interval_join: each must give the same as a look at all pairs, however its rows were
// cut into batches, came over wires, were shared out among instances and were interrupted by a restart.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "core/data/state_writer.h"
#include "core/data/text.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

enum Joining : int { kInner, kLeftOuter, kRightOuter, kFullOuter };
constexpr const char* kJoinings[] = {"inner", "left", "right", "full"};

struct Event {
    std::string key{};  ///< empty: NULL
    int v = 0;
    Instant time = 0;
    Instant stamp = kMinTimestamp;
};

/// One wire of an input port.
struct Way {
    int port = 0, wire = 0;
    Millis delay = 0;
    std::vector<Event> events{};
    Instant watermarkAfter(std::size_t count) const {
        Instant largest = kMinTimestamp;
        for (std::size_t i = 0; i < count; ++i) largest = std::max(largest, events[i].time);
        return saturatingAdd(largest, -delay);
    }
};

StreamType stream() {
    StreamType made;
    made.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    made.eventTime = 2;
    return made;
}

/// “k=a, v=1, ts=…” with `after` behind each name; without an event, NULLs.
std::string half(const Event* event, const char* after) {
    std::string key = "NULL", v = "NULL", time = "NULL";
    if (event) {
        if (!event->key.empty()) key = event->key;
        v = std::to_string(event->v);
        time.clear();
        appendTimestamp(time, event->time);
    }
    return fmt::format("k{0}={1}, v{0}={2}, ts{0}={3}", after, key, v, time);
}

std::string joinedLine(const Event* left, const Event* right) {
    return "+I " + half(left, "") + ", " + half(right, "_right");
}

std::string lateLine(const Event& event) {
    return fmt::format("+I {}, late_by={}, late_for=NULL after {}", half(&event, ""),
                       event.stamp - event.time, event.stamp);
}

class Case {
 public:
    explicit Case(unsigned seed) : m_random(seed) {
        m_joining = pick(kInner, kFullOuter);
        m_lower = pick(-6, 4);
        m_upper = m_lower + pick(0, 8);
        m_rest = chance(40);
        m_wires = chance(60) ? 1 : 2;
        for (const int port : {0, 1}) {
            for (int wire = 0; wire < m_wires; ++wire) m_ways.push_back(way(port, wire));
        }
    }

    Json params() const {
        return {{"on", m_rest ? "left.k = right.k AND left.v < right.v" : "left.k = right.k"},
                {"kind", kJoinings[m_joining]},
                {"lower", formatDuration(m_lower)},
                {"upper", formatDuration(m_upper)}};
    }
    int wires() const { return m_wires; }
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }

    /// The rows that leave by `out`, `late_left` and `late_right`, sorted.
    std::array<Lines, 3> expected() const {
        std::array<Lines, 3> lines;
        std::vector<const Event*> lefts, rights;
        for (const Way& way : m_ways) {
            for (const Event& event : way.events) {
                if (event.time > event.stamp) {
                    (way.port == 0 ? lefts : rights).push_back(&event);
                } else {
                    lines[way.port == 0 ? 1 : 2].push_back(lateLine(event));
                }
            }
        }
        std::set<const Event*> met;
        for (const Event* left : lefts) {
            for (const Event* right : rights) {
                if (!meet(*left, *right)) continue;
                lines[0].push_back(joinedLine(left, right));
                met.insert({left, right});
            }
        }
        const bool leftAlone = m_joining == kLeftOuter || m_joining == kFullOuter;
        const bool rightAlone = m_joining == kRightOuter || m_joining == kFullOuter;
        for (const Event* left : lefts) {
            if (leftAlone && !met.contains(left)) lines[0].push_back(joinedLine(left, nullptr));
        }
        for (const Event* right : rights) {
            if (rightAlone && !met.contains(right)) lines[0].push_back(joinedLine(nullptr, right));
        }
        for (Lines& some : lines) std::sort(some.begin(), some.end());
        return lines;
    }

    /// All rows in batches of any size and any interleaving. A wire may end long before the others; behind
    /// the last row all have.
    std::vector<Feed> feeds() {
        std::vector<Feed> out;
        std::vector<std::size_t> next(m_ways.size()), live(m_ways.size());
        for (std::size_t i = 0; i < m_ways.size(); ++i) live[i] = i;
        while (!live.empty()) {
            const auto chosen = live.begin() + pick(0, static_cast<int>(live.size()) - 1);
            const Way& way = m_ways[*chosen];
            std::size_t& from = next[*chosen];
            const auto most = static_cast<std::size_t>(pick(0, 4));
            const std::size_t count = std::min(most, way.events.size() - from);
            out.push_back({way.port, batch(way, from, count)});
            from += count;
            if (from < way.events.size()) continue;
            if (chance(50)) out.push_back(end(way));
            live.erase(chosen);
        }
        append(out, ends());
        return out;
    }
    /// Tells of every wire that it has ended.
    std::vector<Feed> ends() const {
        std::vector<Feed> out;
        for (const Way& way : m_ways) out.push_back(end(way));
        return out;
    }
    static void append(std::vector<Feed>& feeds, const std::vector<Feed>& more) {
        feeds.insert(feeds.end(), more.begin(), more.end());
    }

    std::string describe() const {
        std::string out = params().dump() + "\n";
        for (const Way& way : m_ways) {
            for (const Event& event : way.events) {
                out += fmt::format("  {} wire {} stamp {} {}\n", way.port == 0 ? "left" : "right", way.wire,
                                   event.stamp, half(&event, ""));
            }
        }
        return out;
    }

 private:
    Way way(int port, int wire) {
        Way made;
        made.port = port;
        made.wire = wire;
        made.delay = pick(0, 4);
        const int disorder = pick(0, 8);
        Instant clock = pick(-10, 10);
        for (int left = pick(0, 9); left > 0; --left) {
            clock += chance(30) ? 0 : pick(0, 4);
            Event event;
            if (!chance(10)) event.key = chance(60) ? "a" : "b";
            event.v = pick(0, 5);
            event.time = clock - pick(0, disorder);
            event.stamp = made.watermarkAfter(made.events.size());
            made.events.push_back(std::move(event));
        }
        return made;
    }

    bool meet(const Event& left, const Event& right) const {
        const Millis apart = right.time - left.time;
        return !left.key.empty() && left.key == right.key && m_lower <= apart && apart <= m_upper &&
               (!m_rest || left.v < right.v);
    }

    /// Whether clean rows carry stamps must make no difference.
    Batch batch(const Way& way, std::size_t from, std::size_t count) {
        Rows rows;
        std::vector<Instant> stamps;
        bool clean = true;
        for (std::size_t i = from; i < from + count; ++i) {
            const Event& event = way.events[i];
            rows.push_back({event.key.empty() ? Value{} : Value(event.key), Value(std::int32_t{event.v}),
                            Value(event.time)});
            const bool rowClean = event.time >= saturatingAdd(event.stamp, 2);
            clean = clean && rowClean;
            stamps.push_back(rowClean && chance(30) ? kCleanStamp : event.stamp);
        }
        Batch made = batchOf(stream().schema, rows);
        made.positions.first = static_cast<std::int64_t>(from);
        made.wire = way.wire;
        made.watermark = way.watermarkAfter(from + count);
        if (!clean || chance(30))
            made.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        return made;
    }

    static Feed end(const Way& way) {
        Batch made = batchOf(stream().schema, {});
        made.wire = way.wire;
        made.watermark = kMaxTimestamp;
        return {way.port, std::move(made)};
    }

    std::mt19937 m_random;
    int m_joining = kInner, m_wires = 1;
    Millis m_lower = 0, m_upper = 0;
    bool m_rest = false;
    std::vector<Way> m_ways{};
};

/// The difference from the rules, or an empty text.
std::string tryCase(Case& tried) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kKind = *kCatalogue.find("interval_join");
    const std::vector<StreamType> inputs{stream(), stream()};
    const BoundForTest bound = bindNode(kKind, tried.params(), {{inputs[0]}, {inputs[1]}});
    if (!bound.node) return "not bound: " + bound.said();
    const std::vector<Feed> input = tried.feeds();
    const auto barrier = input.begin() + tried.pick(0, static_cast<int>(input.size()));
    const auto options = [&tried](const Driven* before) {
        DriveOptions chosen;
        chosen.wires = tried.wires();
        chosen.batchRows = static_cast<std::size_t>(tried.pick(1, 5));
        chosen.instances = tried.pick(1, 3);
        chosen.leaves = true;  // all has ended at the end: the state then is that of the rest
        chosen.before = before;
        return chosen;
    };
    Driven driven;
    if (tried.chance(50)) {
        const Driven before = drive(kKind, bound.node, inputs, {input.begin(), barrier}, options(nullptr));
        if (!before.status.ok()) return english(before.status.error());
        // As in a run, wires that had ended say so again.
        std::vector<Feed> rest(barrier, input.end());
        Case::append(rest, tried.ends());
        driven = drive(kKind, bound.node, inputs, rest, options(&before));
    } else {
        driven = drive(kKind, bound.node, inputs, input, options(nullptr));
    }
    if (!driven.status.ok()) return english(driven.status.error());
    if (!driven.problems.empty()) return driven.problems.front();
    if (driven.ports[0].watermark != kMaxTimestamp) return "the last watermark did not come";
    const std::array<Lines, 3> expected = tried.expected();
    for (std::size_t port = 0; port < expected.size(); ++port) {
        const Lines found = driven.ports[port].result(bound.node->outputs[port]);
        if (found != expected[port]) {
            return fmt::format("{}: expected\n  {}\nfound\n  {}\n", kKind.outputs[port].name,
                               fmt::join(expected[port], "\n  "), fmt::join(found, "\n  "));
        }
    }
    const std::string nothing = StateWriter().finish();
    for (const std::string& state : driven.states) {
        if (state != nothing) return "state is left at the end";
    }
    return {};
}

}  // namespace

class TestIntervalJoinProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void allPairsLookedAt() {
        for (const unsigned seed : seedsOf(suites::IntervalJoins)) {
            Case tried(seed);
            const std::string wrong = tryCase(tried);
            if (!wrong.empty())
                QFAIL(("case " + std::to_string(seed) + "\n" + tried.describe() + wrong).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestIntervalJoinProperty)
#include "test_interval_join_property.moc"
