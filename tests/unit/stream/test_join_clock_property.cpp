// Random small cases of join with a time to live where an input has no event time: rows that stay and rows
// that change at both inputs, judged by the clock (event-time rules, 17). Against a table of keys that is
// looked at row by row, however the rows were shared out among instances and were interrupted by restarts,
// and whenever a look removed expired keys.
#include <QtTest/QtTest>
#include <algorithm>
#include <array>
#include <map>
#include <random>

#include "core/data/state_writer.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "tests/support/random_cases.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/operator_group.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

constexpr std::array<const char*, 4> kJoinings = {"inner", "left", "right", "full"};
constexpr Instant kStart = 1'700'000'000'000;

struct ClockRow {
    int id = 0;
    std::string key{};  ///< empty: NULL
    int v = 0;
    Instant time = 0;
    bool operator==(const ClockRow&) const = default;

    Lines cells() const {
        std::string at;
        appendTimestamp(at, time);
        return {std::to_string(id), key, std::to_string(v), at};
    }
};

struct ClockChange {
    RowKind kind = RowKind::Insert;
    ClockRow row{};
    bool gone() const { return kind == RowKind::UpdateBefore || kind == RowKind::Delete; }
};

/// Changes of one input that come at once, so long after those before them.
struct ClockStep {
    Millis pause = 0;
    int port = 0;
    std::vector<ClockChange> changes{};
};

std::string half(const ClockRow* row) {
    if (!row) return "∅|∅|∅|∅";
    std::string line;
    for (const std::string& cell : row->cells())
        line += (line.empty() ? "" : "|") + (cell.empty() ? "∅" : cell);
    return line;
}

/// A row beside one of the other side, or beside NULLs.
std::string pairLine(int port, const ClockRow& one, const ClockRow* other) {
    return port == 0 ? half(&one) + "|" + half(other) : half(other) + "|" + half(&one);
}

/// The sums over the cases: without them they would say little.
struct ClockTally {
    std::size_t pairs = 0, alone = 0, ended = 0, unknown = 0;
};

/// By the rules: keys with the rows that they keep, and the table that they have shown.
class KeysByClock {
 public:
    KeysByClock(int joining, Millis ttl, ClockTally& tally)
        : m_joining(joining), m_ttl(ttl), m_tally(tally) {}

    void take(int port, const ClockChange& change, Instant now) {
        const ClockRow& row = change.row;
        if (row.key.empty()) {
            if (outer(port)) show(pairLine(port, row, nullptr), change.gone() ? -1 : 1);
            return;
        }
        const auto found = m_keys.find(row.key);
        if (found != m_keys.end() && now >= found->second.newest + m_ttl) {
            m_keys.erase(found);
            ++m_tally.ended;
        }
        change.gone() ? takeBack(port, row, now) : put(port, row, now);
    }

    Lines table() const {
        Lines lines;
        for (const auto& [line, times] : m_shown) lines.insert(lines.end(), times, line);
        return lines;
    }

 private:
    struct Kept {
        int port = 0;
        ClockRow row{};
        std::size_t partners = 0;
    };
    struct Key {
        Instant newest = kMinTimestamp;
        std::vector<Kept> rows{};
    };

    bool outer(int port) const { return port == 0 ? m_joining % 2 == 1 : m_joining >= 2; }
    void show(const std::string& line, int times) { m_shown[line] += static_cast<std::size_t>(times); }
    static bool meet(const Kept& one, const Kept& other) {
        return one.port != other.port && one.row.v != other.row.v;
    }

    void put(int port, const ClockRow& row, Instant now) {
        Key& key = m_keys[row.key];
        key.newest = now;
        Kept made{port, row, 0};
        for (Kept& other : key.rows) {
            if (!meet(made, other)) continue;
            if (outer(other.port) && other.partners == 0) show(pairLine(other.port, other.row, nullptr), -1);
            ++other.partners;
            ++made.partners;
            ++m_tally.pairs;
            show(pairLine(port, row, &other.row), 1);
        }
        if (outer(port) && made.partners == 0) show(pairLine(port, row, nullptr), 1);
        key.rows.push_back(std::move(made));
    }

    /// Rows forgotten with their key stay emitted.
    void takeBack(int port, const ClockRow& row, Instant now) {
        const auto found = m_keys.find(row.key);
        const auto known = [&](const Kept& kept) { return kept.port == port && kept.row == row; };
        if (found == m_keys.end() ||
            std::none_of(found->second.rows.begin(), found->second.rows.end(), known)) {
            ++m_tally.unknown;
            return;
        }
        Key& key = found->second;
        key.newest = now;
        const auto at = std::find_if(key.rows.begin(), key.rows.end(), known);
        const Kept gone = *at;
        key.rows.erase(at);
        for (Kept& other : key.rows) {
            if (!meet(gone, other)) continue;
            show(pairLine(port, row, &other.row), -1);
            if (--other.partners == 0 && outer(other.port)) {
                show(pairLine(other.port, other.row, nullptr), 1);
                ++m_tally.alone;
            }
        }
        if (outer(port) && gone.partners == 0) show(pairLine(port, row, nullptr), -1);
    }

    const int m_joining;
    const Millis m_ttl;
    ClockTally& m_tally;
    std::map<std::string, Key> m_keys{};
    std::map<std::string, std::size_t> m_shown{};  ///< how often each line is there
};

class ClockCase {
 public:
    explicit ClockCase(std::uint64_t seed) : m_random(seed) {
        m_joining = pick(0, 3);
        m_ttl = pick(1, 12);
        m_changes = {chance(50), chance(50)};
        // Of two inputs with event time nothing would go by the clock.
        m_timed = {!m_changes[0] && chance(30), false};
        for (int left = pick(0, 30); left > 0; --left) {
            ClockStep& step = m_steps.emplace_back();
            step.pause = chance(50) ? 0 : pick(1, 6);
            step.port = pick(0, 1);
            for (int count = pick(1, 4); count > 0; --count) change(step);
        }
    }

    StreamType stream(std::size_t port) const {
        StreamType type;
        type.schema = std::make_shared<const Schema>(Schema{{{"id", Type::of(TypeId::Int)},
                                                             {"k", Type::of(TypeId::String)},
                                                             {"v", Type::of(TypeId::Int)},
                                                             {"ts", Type::of(TypeId::Timestamp)}}});
        type.updating = type.made = m_changes[port];
        if (type.updating) type.key = {0};
        type.eventTime = m_timed[port] ? 3 : -1;
        return type;
    }
    Json params() const {
        return {{"on", "left.k = right.k AND left.v <> right.v"},
                {"kind", kJoinings[static_cast<std::size_t>(m_joining)]},
                {"state_ttl", formatDuration(m_ttl)}};
    }
    const std::vector<ClockStep>& steps() const { return m_steps; }
    Millis ttl() const { return m_ttl; }

    Lines expected(ClockTally& tally) const {
        KeysByClock keys(m_joining, m_ttl, tally);
        Instant now = kStart;
        for (const ClockStep& step : m_steps) {
            now += step.pause;
            for (const ClockChange& change : step.changes) keys.take(step.port, change, now);
        }
        return keys.table();
    }

    Batch batch(const ClockStep& step) const {
        const StreamType type = stream(static_cast<std::size_t>(step.port));
        std::vector<Lines> texts;
        std::vector<RowKind> kinds;
        for (const ClockChange& change : step.changes) {
            texts.push_back(change.row.cells());
            kinds.push_back(change.kind);
        }
        Batch made = textBatch(type.schema, texts);
        if (type.updating) made.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        return made;
    }

    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(int percent) { return pick(0, 99) < percent; }

    std::string describe() const {
        std::string text = params().dump() + "\n";
        for (const ClockStep& step : m_steps) {
            text += "  after " + std::to_string(step.pause) + (step.port == 0 ? " left\n" : " right\n");
            for (const ClockChange& change : step.changes)
                text += "    " + std::string(toString(change.kind)) + " " + half(&change.row) + "\n";
        }
        return text;
    }

 private:
    ClockRow anyRow() {
        ClockRow row;
        row.id = pick(1, 4);
        if (!chance(10)) row.key = chance(60) ? "a" : "b";
        row.v = pick(0, 3);
        row.time = kStart + pick(-1'000, 1'000);
        return row;
    }

    void change(ClockStep& step) {
        std::vector<ClockRow>& standing = m_standing[static_cast<std::size_t>(step.port)];
        ClockRow row = anyRow();
        const auto known = std::find_if(standing.begin(), standing.end(),
                                        [&row](const ClockRow& each) { return each.id == row.id; });
        if (!m_changes[static_cast<std::size_t>(step.port)]) {
            step.changes.push_back({RowKind::Insert, row});
        } else if (known == standing.end()) {
            step.changes.push_back({RowKind::Insert, row});
            standing.push_back(std::move(row));
        } else if (chance(40)) {
            step.changes.push_back({RowKind::Delete, *known});
            standing.erase(known);
        } else {
            step.changes.push_back({RowKind::UpdateBefore, *known});
            step.changes.push_back({RowKind::UpdateAfter, row});
            *known = std::move(row);
        }
    }

    std::mt19937_64 m_random;
    int m_joining = 0;
    Millis m_ttl = 1;
    std::array<bool, 2> m_changes{}, m_timed{};
    std::vector<ClockStep> m_steps{};
    std::array<std::vector<ClockRow>, 2> m_standing{};  ///< of the inputs that change
};

std::string tryCase(std::uint64_t seed, ClockTally& tally) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kNode = *kCatalogue.find("join");
    ClockCase tried(seed);
    const BoundForTest bound = bindNode(kNode, tried.params(), {tried.stream(0), tried.stream(1)});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const auto clock = std::make_shared<SimulatedClock>(kStart);
    const auto batchRows = [&tried] { return static_cast<std::size_t>(tried.pick(2, 5)); };
    MakeContext context = contextFor(tried.stream(0), 1, batchRows());
    context.inputs.push_back(contextFor(tried.stream(1)).inputs.front());
    context.clock = clock;
    OperatorGroup group(kNode, *bound.bound, context, tried.pick(1, 3));
    Instant watermark = 0;
    for (const ClockStep& step : tried.steps()) {
        (void)clock->skipTo(clock->steadyMillis() + step.pause);
        group.send(tried.batch(step), step.port);
        // A watermark advance is but a chance to remove expired keys.
        if (tried.chance(20)) group.advance(++watermark);
        if (tried.chance(15)) group.restart(tried.pick(1, 3), batchRows());
    }
    const Lines expected = tried.expected(tally);
    std::string wrong = difference("pairs", expected, group.table(0));
    (void)clock->skipTo(clock->steadyMillis() + tried.ttl());
    group.advance(watermark + 1);
    const std::string nothing = StateWriter().finish();
    for (const std::string& state : group.snapshot()) {
        if (state != nothing) wrong += "state is left when all keys are over\n";
    }
    group.end();
    for (const std::string& breach : group.breaches()) wrong += breach + "\n";
    if (!group.table(-1).empty()) wrong += "rejected: " + group.table(-1).front() + "\n";
    return wrong.empty() ? wrong : tried.describe() + wrong;
}

}  // namespace

class TestJoinClockProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keysAreForgottenByTheClock() {
        const std::vector<std::uint32_t> seeds = seedsOf(suites::JoinClocks);
        const std::uint64_t cases = seeds.size();
        ClockTally tally;
        for (const std::uint64_t seed : seeds) {
            const std::string wrong = tryCase(seed, tally);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        for (const std::size_t seen : {tally.pairs, tally.alone, tally.ended, tally.unknown})
            QVERIFY2(seen > cases / 8, std::to_string(seen).c_str());
    }
};

QTEST_APPLESS_MAIN(TestJoinClockProperty)
#include "test_join_clock_property.moc"
