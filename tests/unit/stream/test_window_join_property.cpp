// Random small cases of window joins, stopped at a barrier now and then, with rows in memory or in files:
// each must give the rules' result of comparing every row with every other, and keep the contract. And how
// much memory the files of many slices take.
#include <QtTest/QtTest>
#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/store/state_memory.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"
#include "tests/unit/stream/cases/window_model.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

struct JoinRow {
    Instant time = 0, stamp = 0;
    std::string key{};  ///< empty: NULL
    int value = 0;
    Window window{};  ///< that it carries
};

struct JoinWire {
    int side = 0;
    std::vector<JoinRow> rows{};
    Instant after = kMinTimestamp;  ///< the watermark behind the last row
};

struct Expected {
    Lines rows{};
    std::array<Lines, 2> late{};
    std::size_t rejected = 0;
};

/// How often something happened that all cases together must have tried.
struct Seen {
    std::size_t pairs = 0, alone = 0, late = 0, rejected = 0, restarts = 0, resumed = 0, inFiles = 0;
};

/// The further condition on a pair beside equal keys.
enum class Rest { Nothing, Compares, MayFail };
constexpr std::array<const char*, 3> kRests = {"", " AND left.v <= right.w", " AND 6 / left.v >= right.w"};
constexpr std::array<const char*, 6> kKinds = {"inner", "left", "right", "full", "semi", "anti"};

std::string textOf(Instant time) {
    std::string out;
    appendTimestamp(out, time);
    return out;
}

std::string cells(const JoinRow* row) {
    if (!row) return "∅|∅|∅";
    return textOf(row->time) + "|" + (row->key.empty() ? "∅" : row->key) + "|" + std::to_string(row->value);
}

class JoinCase {
 public:
    JoinCase(WindowKind kind, std::uint64_t seed) : m_random(seed) {
        m_windows.kind = kind;
        m_windows.step = static_cast<Millis>(pick(1, 5));
        m_windows.size = m_windows.step;
        if (kind == WindowKind::Hop) m_windows.size += static_cast<Millis>(pick(0, 9));
        if (kind == WindowKind::Cumulate) m_windows.size *= static_cast<Millis>(pick(1, 4));
        m_windows.offset = chance(50) ? 0 : static_cast<Millis>(pick(0, 9)) - 4;
        m_join = kKinds[pick(0, kKinds.size() - 1)];
        m_rest = static_cast<Rest>(pick(0, 2));
        for (int side = 0; side < 2; ++side) {
            for (std::size_t wires = chance(70) ? 1 : 2; wires > 0; --wires) makeWire(side);
        }
    }

    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

    StreamType stream(int side) const {
        const Type instant = Type::of(TypeId::Timestamp);
        Schema schema{{{side == 0 ? "lt" : "rt", instant},
                       {side == 0 ? "k" : "q", Type::of(TypeId::String)},
                       {side == 0 ? "v" : "w", Type::of(TypeId::Int)}}};
        StreamType type;
        type.eventTime = 0;
        type.made = type.windowed = carried();
        if (carried()) {
            schema.fields.push_back({"window_start", instant});
            schema.fields.push_back({"window_end", instant});
        }
        type.schema = std::make_shared<const Schema>(std::move(schema));
        return type;
    }

    Json params() const {
        Json out = {{"on", std::string("left.k = right.q") + kRests[static_cast<std::size_t>(m_rest)]},
                    {"kind", m_join},
                    {"size", formatDuration(m_windows.size)},
                    {"offset", formatDuration(m_windows.offset)}};
        const auto name = [this] {
            if (m_windows.kind == WindowKind::Hop) return "hop";
            if (m_windows.kind == WindowKind::Cumulate) return "cumulate";
            return carried() ? "input" : "tumble";
        };
        out["window"] = name();
        if (m_windows.kind == WindowKind::Hop) out["slide"] = formatDuration(m_windows.step);
        if (m_windows.kind == WindowKind::Cumulate) out["step"] = formatDuration(m_windows.step);
        return out;
    }

    /// By the rules: which rows are in which windows by their own stamps, and every row with every other.
    Expected expected() const {
        Expected out;
        std::map<Window, std::array<std::vector<const JoinRow*>, 2>> windows;
        for (const JoinWire& wire : m_wires) {
            const auto side = static_cast<std::size_t>(wire.side);
            for (const JoinRow& row : wire.rows) {
                bool counts = false;
                Instant last = kMinTimestamp;
                for (const Window& window : windowsAround(row)) {
                    last = std::max(last, window.end);
                    if (window.end - 1 <= row.stamp) continue;
                    windows[window][side].push_back(&row);
                    counts = true;
                }
                if (counts) continue;
                out.late[side].push_back(cells(&row) + "|" + std::to_string(row.stamp - (last - 1)) + "|" +
                                         textOf(last));
            }
        }
        for (const auto& [window, rows] : windows) join(window, rows, out);
        for (Lines* lines : {&out.rows, &out.late[0], &out.late[1]}) std::sort(lines->begin(), lines->end());
        return out;
    }

    /// The rows of the wires in batches of any size, the wires in any order.
    template <class Send, class Advance>
    void feed(Send send, Advance advance) {
        std::vector<std::size_t> next(m_wires.size()), live;
        std::vector<Instant> watermarks(m_wires.size(), kMinTimestamp);
        for (std::size_t wire = 0; wire < m_wires.size(); ++wire) live.push_back(wire);
        while (!live.empty()) {
            const std::size_t choice = pick(0, live.size() - 1), wire = live[choice];
            const auto& rows = m_wires[wire].rows;
            const std::size_t count = std::min(pick(0, 4), rows.size() - next[wire]);
            if (count > 0) send(batch(wire, next[wire], count), m_wires[wire].side);
            next[wire] += count;
            watermarks[wire] = next[wire] < rows.size() ? rows[next[wire]].stamp : m_wires[wire].after;
            if (next[wire] == rows.size() && chance(70)) {
                live.erase(live.begin() + static_cast<std::ptrdiff_t>(choice));
                watermarks[wire] = kMaxTimestamp;
            }
            advance(*std::min_element(watermarks.begin(), watermarks.end()));
        }
    }

    int wires(int side) const {
        return static_cast<int>(std::count_if(m_wires.begin(), m_wires.end(),
                                              [side](const JoinWire& wire) { return wire.side == side; }));
    }

    std::string describe() const {
        std::string out = params().dump() + "\n";
        for (const JoinWire& wire : m_wires) {
            out += wire.side == 0 ? " left\n" : " right\n";
            for (const JoinRow& row : wire.rows) {
                out += "  " + cells(&row) + " time " + std::to_string(row.time) + " stamp " +
                       std::to_string(row.stamp) + " window " + std::to_string(row.window.start) + " " +
                       std::to_string(row.window.end) + "\n";
            }
        }
        return out;
    }

 private:
    bool carried() const { return m_windows.kind == WindowKind::Input; }

    void makeWire(int side) {
        JoinWire& wire = m_wires.emplace_back();
        wire.side = side;
        const auto delay = static_cast<Millis>(pick(0, 4));
        const std::size_t disorder = pick(0, 8);
        Instant clock = static_cast<Instant>(pick(0, 20)) - 10, watermark = kMinTimestamp;
        for (std::size_t left = pick(0, 9); left > 0; --left) {
            clock += static_cast<Instant>(chance(30) ? 0 : pick(0, 4));
            JoinRow row;
            row.time = carried() ? clock - (clock & 3) : clock - static_cast<Instant>(pick(0, disorder));
            row.window = {row.time + 1, row.time - static_cast<Instant>(pick(0, 1))};
            // A node before sends rows of windows in time for its watermark, by two and more.
            if (carried()) watermark = std::max(watermark, row.time - 2 - delay);
            row.stamp = watermark;
            row.key = chance(15) ? "" : chance(60) ? "a" : "b";
            row.value = static_cast<int>(pick(0, 3));
            if (!carried()) watermark = std::max(watermark, row.time - delay);
            wire.rows.push_back(row);
        }
        wire.after = watermark;
    }

    std::vector<Window> windowsAround(const JoinRow& row) const {
        return carried() ? std::vector<Window>{row.window} : windowsOf(m_windows, row.time);
    }

    /// Whether all that `on` says is true; counts pairs that can't be computed.
    bool meet(const JoinRow& left, const JoinRow& right, Expected& out) const {
        if (left.key.empty() || left.key != right.key) return false;
        if (m_rest == Rest::Nothing) return true;
        if (m_rest == Rest::Compares) return left.value <= right.value;
        if (left.value == 0) ++out.rejected;
        return left.value != 0 && 6 / left.value >= right.value;
    }

    void join(const Window& window, const std::array<std::vector<const JoinRow*>, 2>& rows,
              Expected& out) const {
        const std::string end =
            "|" + textOf(window.start) + "|" + textOf(window.end) + "|" + textOf(window.end - 1);
        const bool leftOnly = m_join == "semi" || m_join == "anti";
        std::set<const JoinRow*> met;
        for (const JoinRow* left : rows[0]) {
            for (const JoinRow* right : rows[1]) {
                if (!meet(*left, *right, out)) continue;
                met.insert({left, right});
                if (!leftOnly) out.rows.push_back(cells(left) + "|" + cells(right) + end);
            }
            const bool found = met.contains(left);
            if (leftOnly && found == (m_join == "semi")) out.rows.push_back(cells(left) + end);
            if (!found && (m_join == "left" || m_join == "full"))
                out.rows.push_back(cells(left) + "|" + cells(nullptr) + end);
        }
        for (const JoinRow* right : rows[1]) {
            if (!met.contains(right) && (m_join == "right" || m_join == "full"))
                out.rows.push_back(cells(nullptr) + "|" + cells(right) + end);
        }
    }

    Batch batch(std::size_t number, std::size_t from, std::size_t count) {
        const JoinWire& wire = m_wires[number];
        std::vector<std::vector<std::string>> texts;
        std::vector<Instant> stamps;
        bool clean = true;
        for (std::size_t i = from; i < from + count; ++i) {
            const JoinRow& row = wire.rows[i];
            texts.push_back({textOf(row.time), row.key, std::to_string(row.value)});
            if (carried()) {
                texts.back().push_back(textOf(row.window.start));
                texts.back().push_back(textOf(row.window.end));
            }
            const bool rowClean = row.time >= saturatingAdd(row.stamp, 2);
            clean = clean && rowClean;
            stamps.push_back(rowClean && chance(30) ? kCleanStamp : row.stamp);
        }
        Batch out = textBatch(stream(wire.side).schema, texts);
        out.wire = static_cast<WireNumber>(number);
        // Whether clean rows carry stamps must make no difference.
        if (!clean || chance(30))
            out.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        return out;
    }

    std::mt19937_64 m_random;
    ModelWindows m_windows;
    std::string m_join;
    Rest m_rest = Rest::Nothing;
    std::vector<JoinWire> m_wires;
};

/// The operator of a case, and those that resumed from its states.
class Runs {
 public:
    /// `memory`: bytes beyond which rows are in files; 0: all are in memory.
    Runs(JoinCase& tried, const BoundNode& bound, std::uint64_t memory) : m_bound(bound) {
        m_context = contextFor(tried.stream(0), tried.wires(0), tried.pick(1, 5));
        if (memory > 0) m_context = spilling(std::move(m_context), memory);
        if (memory % 2 == 0) m_context.moreStateMemory = &m_more;
        m_context.inputs.push_back(contextFor(tried.stream(1), tried.wires(1)).inputs.front());
        start();
    }

    OperatorHarness& now() { return *m_runs.back(); }
    /// Whether others have taken all memory that the operator shares with them.
    void setOthersFill(bool fill) {
        constexpr std::uint64_t kMuch = std::uint64_t{1} << 40;
        if (std::exchange(m_othersFill, fill) != fill) m_more.changed(fill ? 0 : kMuch, fill ? kMuch : 0);
    }
    void restart() {
        StateWriter writer;
        const Status written = now().tested().snapshot(writer);
        const std::string bytes = writer.finish();
        const auto state = StateReader::open(bytes);
        start();
        const Status read = state.ok() ? now().tested().restore(*state, KeyGroups{}) : state.status();
        if (!written.ok() || !read.ok()) m_refused += "a state is refused\n";
    }
    Lines table(int port) const {
        Lines all;
        for (const auto& run : m_runs) {
            const Lines some = run->table(port);
            all.insert(all.end(), some.begin(), some.end());
        }
        std::sort(all.begin(), all.end());
        return all;
    }
    /// Adds up `what` of all runs.
    template <class What>
    std::size_t sum(What what) const {
        std::size_t all = 0;
        for (const auto& run : m_runs) all += what(*run);
        return all;
    }
    std::string breaches() const {
        std::string all = m_refused;
        for (const auto& run : m_runs) {
            for (const std::string& breach : run->breaches()) all += breach + "\n";
        }
        return all;
    }

    static const NodeKind& node() {
        static const Catalogue kCatalogue = builtin();
        return *kCatalogue.find("window_join");
    }

 private:
    void start() { m_runs.push_back(std::make_unique<OperatorHarness>(node(), m_bound, m_context)); }

    const BoundNode& m_bound;
    MakeContext m_context;
    StateMemory m_more{500};
    bool m_othersFill = false;
    std::vector<std::unique_ptr<OperatorHarness>> m_runs;
    std::string m_refused;
};

/// The difference from the rules, or an empty text.
std::string tryCase(JoinCase& tried, std::uint64_t memory, Seen& seen) {
    const BoundForTest bound = bindNode(Runs::node(), tried.params(), {tried.stream(0), tried.stream(1)});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    Runs runs(tried, *bound.bound, memory);
    const std::size_t percent = tried.chance(50) ? 0 : 15;
    std::mt19937_64 others(memory);
    tried.feed(
        [&](const Batch& batch, int side) {
            runs.setOthersFill(others() % 2 == 0);
            runs.now().send(batch, side);
            seen.inFiles += runs.now().tested().stateSize().spilled > 0 ? 1 : 0;
        },
        [&](Instant watermark) {
            runs.now().advance(watermark);
            if (!tried.chance(percent)) return;
            runs.restart();
            ++seen.restarts;
        });
    runs.now().end();

    const Expected expected = tried.expected();
    std::string wrong = difference("rows", expected.rows, runs.table(0));
    wrong += difference("late of left", expected.late[0], runs.table(1));
    wrong += difference("late of right", expected.late[1], runs.table(2));
    wrong += runs.breaches();
    if (runs.sum([](auto& run) { return run.rejected().size(); }) != expected.rejected)
        wrong += "other pairs are rejected\n";
    const std::size_t late = expected.late[0].size() + expected.late[1].size();
    if (runs.sum([](auto& run) { return run.lateCount(); }) != late) wrong += "late rows are counted wrong\n";
    if (runs.now().tested().stateSize().keys != 0) wrong += "state is left at the end\n";
    for (const std::string& line : expected.rows)
        ++(line.find("∅|∅|∅") == std::string::npos ? seen.pairs : seen.alone);
    seen.late += late;
    seen.rejected += expected.rejected;
    seen.resumed += runs.sum([](auto& run) { return run.calls() - run.sent(); });
    return wrong.empty() ? wrong : tried.describe() + wrong;
}

void tryCases(WindowKind kind, const Suite& suite) {
    Seen seen;
    const std::vector<std::uint32_t> seeds = seedsOf(suite);
    for (const std::uint64_t seed : seeds) {
        JoinCase tried(kind, seed);
        const std::uint64_t memory = seed % 3 == 0 ? 1 : seed % 3 == 1 ? 1 + seed * 7 % 3'000 : 0;
        const std::string wrong = tryCase(tried, memory, seen);
        if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
    }
    const std::uint64_t few = seeds.size() / 4;
    QVERIFY(seen.pairs > few && seen.alone > few && seen.rejected > few / 16);
    QVERIFY(seen.restarts > few && seen.resumed > few && seen.inFiles > few);
    QVERIFY(seen.late > few / 16 || kind == WindowKind::Input);
}

}  // namespace

class TestWindowJoinProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void tumble() { tryCases(WindowKind::Tumble, suites::TumbleJoins); }
    void hop() { tryCases(WindowKind::Hop, suites::HopJoins); }
    void cumulate() { tryCases(WindowKind::Cumulate, suites::CumulateJoins); }
    void input() { tryCases(WindowKind::Input, suites::InputWindowJoins); }

    void filesOfManySlicesTakeLittleMemory() {
        constexpr std::uint64_t kShare = 3'000'000;
        constexpr int kSlices = 10'000;
        std::array<StreamType, 2> inputs;
        for (const std::size_t port : {0U, 1U}) {
            inputs[port].schema = schemaOf({{port == 0 ? "lt" : "rt", Type::of(TypeId::Timestamp)},
                                            {port == 0 ? "k" : "q", Type::of(TypeId::Bigint)}});
            inputs[port].eventTime = 0;
        }
        const BoundForTest bound = bindNode(
            Runs::node(), {{"window", "hop"}, {"size", "10s"}, {"slide", "1ms"}, {"on", "left.k = right.q"}},
            {inputs[0], inputs[1]});
        QVERIFY(bound.bound);
        MakeContext context = contextFor(inputs[0]);
        context.inputs.push_back(contextFor(inputs[1]).inputs.front());
        OperatorHarness join(Runs::node(), *bound.bound, spilling(context, kShare));
        Rows rows;
        for (int i = 0; i < kSlices; ++i) rows.push_back({Instant{i}, std::int64_t{i % 50}});
        const Batch batch = batchOf(inputs[0].schema, rows);
        std::size_t most = 0;
        for (int round = 0; round < 50; ++round) {
            join.send(batch, 0);
            most = std::max(most, join.tested().stateSize().bytes);
        }
        QCOMPARE(join.breaches(), Lines{});
        QCOMPARE(join.tested().stateSize().keys, std::size_t{50 * kSlices});
        QVERIFY(join.tested().stateSize().spilled > 2 * kShare);
        QVERIFY2(most < kShare + kShare / 4, std::to_string(most).c_str());
    }
};

QTEST_APPLESS_MAIN(TestWindowJoinProperty)
#include "test_window_join_property.moc"
