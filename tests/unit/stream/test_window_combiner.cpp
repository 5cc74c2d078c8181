// Rows that are added up before they reach the instances of a window aggregation: results, late and rejected
// rows, their order, and the state at every barrier are those of the rows as they are, to the last bit.
#include <QtTest/QtTest>
#include <cmath>
#include <limits>
#include <random>

#include "core/data/batch.h"
#include "core/nodes/catalogue.h"
#include "core/stream/combiner.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/window_assigner.h"
#include "core/stream/windows/combine_pace.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

StreamType inputType() {
    StreamType type;
    type.schema = schemaOf({{"ts", Type::of(TypeId::Timestamp)},
                            {"k", Type::of(TypeId::String)},
                            {"v", Type::of(TypeId::Bigint)},
                            {"d", Type::of(TypeId::Double)}});
    type.eventTime = 0;
    return type;
}

/// Random parameters and rows: disorder, NULLs, sums that overflow, rows that fail, DOUBLEs whose sum depends
/// on their order.
class CombinedCase {
 public:
    explicit CombinedCase(std::uint64_t seed) : m_random(seed) {}

    Json params() {
        static const std::vector<const char*> kAll = {"COUNT(*) AS n",
                                                      "COUNT(v) AS c",
                                                      "SUM(v) AS s",
                                                      "SUM(v) FILTER (WHERE v > 0) AS sp",
                                                      "AVG(v) AS a",
                                                      "SUM(CAST(v AS DECIMAL(38, 0))) AS sd",
                                                      "MIN(d) AS lo",
                                                      "MAX(k) AS hi",
                                                      "SUM(d) AS ds",
                                                      "AVG(d) FILTER (WHERE k <> 'a') AS da",
                                                      "STDDEV_POP(d) AS vd",
                                                      "COUNT(DISTINCT k) AS dk",
                                                      "SUM(DISTINCT d) AS dd",
                                                      "PERCENTILE(d, 0.5) AS p",
                                                      "APPROX_COUNT_DISTINCT(v) AS ac",
                                                      "SUM(10 / v) AS q",
                                                      "MAX(10 / v) FILTER (WHERE v <> 0) AS fq"};
        Json aggregates = Json::array();
        for (const char* aggregate : kAll) {
            if (chance(25)) aggregates.push_back(aggregate);
        }
        if (aggregates.empty()) aggregates.push_back(kAll[pick(0, kAll.size() - 1)]);
        Json out = {{"keys", keyed() ? Json::array({"k"}) : Json::array()},
                    {"aggregates", std::move(aggregates)}};
        const auto step = static_cast<Millis>(pick(1, 12));
        const char* const kinds[] = {"tumble", "hop", "cumulate"};
        const std::size_t kind = pick(0, 2);
        out["window"] = kinds[kind];
        out["size"] = formatDuration(kind == 0   ? step
                                     : kind == 1 ? step + static_cast<Millis>(pick(0, 20))
                                                 : step * static_cast<Millis>(pick(1, 4)));
        if (kind == 1) out["slide"] = formatDuration(step);
        if (kind == 2) out["step"] = formatDuration(step);
        return out;
    }

    bool keyed() const { return m_keyed; }

    /// The next rows of the source, with stamps where some are not clean; the watermark is the one after
    /// them.
    Batch next() {
        ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::String)),
            values(Type::of(TypeId::Bigint)), doubles(Type::of(TypeId::Double));
        const std::size_t rows = pick(1, 30);
        std::vector<Instant> stamps;
        bool clean = true;
        for (std::size_t i = 0; i < rows; ++i) {
            stamps.push_back(saturatingAdd(m_largest, -kDelay));
            m_clock += static_cast<Instant>(pick(0, 3));
            if (chance(3)) {
                times.appendNull();
            } else {
                const Instant time = chance(1) ? WindowAssigner::kFarthest
                                               : m_clock - static_cast<Instant>(pick(0, chance(10) ? 30 : 4));
                times.append(time);
                if (time < WindowAssigner::kFarthest) m_largest = std::max(m_largest, time);
                clean = clean && time >= saturatingAdd(stamps.back(), 2);
            }
            appendKey(keys);
            appendValue(values);
            appendDouble(doubles);
        }
        Batch batch;
        batch.schema = m_input.schema;
        batch.rows = rows;
        batch.columns = {times.finish(), keys.finish(), values.finish(), doubles.finish()};
        batch.positions.first = m_given;
        m_given += static_cast<std::int64_t>(rows);
        if (!clean || chance(30))
            batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        batch.watermark = saturatingAdd(m_largest, -kDelay);
        return batch;
    }

    const StreamType& input() const { return m_input; }
    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

 private:
    static constexpr Millis kDelay = 3;

    void appendKey(ColumnBuilder& keys) {
        static const char* const kKeys[] = {"", "a", "b", "a key that does not fit into a reference"};
        if (chance(10)) return keys.appendNull();
        keys.appendString(kKeys[pick(0, 3)]);
    }
    void appendValue(ColumnBuilder& values) {
        constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
        constexpr std::int64_t kValues[] = {0, 1, -1, 7, kMost, kMost - 1, -kMost};
        if (chance(10)) return values.appendNull();
        values.append(kValues[chance(5) ? 0 : pick(1, 6)]);
    }
    void appendDouble(ColumnBuilder& doubles) {
        constexpr double kDoubles[] = {0.1, 1e17, -1e17, 1e308, -1e308, 1e-300, -0.0, 0.0};
        if (chance(10)) return doubles.appendNull();
        if (chance(1)) return doubles.append(std::nan(""));
        doubles.append(kDoubles[pick(0, 7)]);
    }

    std::mt19937_64 m_random;
    const StreamType m_input = inputType();
    const bool m_keyed = chance(70);
    Instant m_clock = 0, m_largest = kMinTimestamp;
    std::int64_t m_given = 0;
};

/// The instances of a node.
class CombinedSide {
 public:
    CombinedSide(const BoundNode& bound, const MakeContext& context, std::size_t instances)
        : m_keys(bound.distribution.keys.empty() ? std::vector<int>() : bound.distribution.keys.front()) {
        for (std::size_t i = 0; i < instances; ++i)
            m_instances.push_back(std::make_unique<OperatorHarness>(node(), bound, context));
    }

    void send(const Batch& batch) {
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, m_keys, hashes);
        std::vector<std::vector<std::uint32_t>> rows(m_instances.size());
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            const int count = static_cast<int>(m_instances.size());
            const int to = count == 1 ? 0 : instanceOfGroup(keyGroupOf(hashes[row]), count);
            rows[static_cast<std::size_t>(to)].push_back(row);
        }
        for (std::size_t i = 0; i < rows.size(); ++i) m_instances[i]->send(batch.select(rows[i]));
    }
    void sendCombined(const std::vector<Batch>& shares) {
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (shares[i].rows > 0) m_instances[i]->send(shares[i]);
        }
    }
    void advance(Instant watermark) {
        for (auto& instance : m_instances) instance->advance(watermark);
    }
    void end() {
        for (auto& instance : m_instances) instance->end();
    }

    std::string differs(CombinedSide& other) {
        for (std::size_t i = 0; i < m_instances.size(); ++i) {
            OperatorHarness &one = *m_instances[i], &two = *other.m_instances[i];
            for (const int port : {0, 1}) {
                if (one.lines(port) != two.lines(port)) return "rows of port " + std::to_string(port);
            }
            if (one.rejected() != two.rejected()) return "rejected rows";
            if (one.lateCount() != two.lateCount() || one.largestLateBy() != two.largestLateBy())
                return "late rows as they are counted";
            if (!two.breaches().empty()) return two.breaches().front();
            StateWriter states[2];
            if (!one.tested().snapshot(states[0]).ok() || !two.tested().snapshot(states[1]).ok())
                return "no snapshot";
            if (states[0].finish() != states[1].finish()) return "the state";
        }
        return {};
    }

 private:
    const std::vector<int> m_keys;
    std::vector<std::unique_ptr<OperatorHarness>> m_instances;
};

struct CombinedRowsSeen {
    std::size_t combined = 0, rest = 0;
};

/// The difference, or an empty text.
std::string tryCombinedCase(std::uint64_t seed, CombinedRowsSeen& seen) {
    CombinedCase tried(seed);
    const BoundForTest bound = bindNode(node(), tried.params(), {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    if (!bound.bound->combines) return "it does not combine";
    const MakeContext context = contextFor(tried.input(), 1, tried.pick(1, 9));
    const std::size_t instances = tried.keyed() ? tried.pick(1, 4) : 1;
    CombinedSide rows(*bound.bound, context, instances), sums(*bound.bound, context, instances);
    std::vector<Batch> shares(instances);
    std::vector<std::uint32_t> rest;
    auto combiner = node().makeCombiner(*bound.bound, context);
    for (std::size_t left = tried.pick(1, 8); left > 0; --left) {
        const Batch batch = tried.next();
        rows.send(batch);
        // Mostly a new one, which no batch has told that it does not pay.
        if (tried.chance(80)) combiner = node().makeCombiner(*bound.bound, context);
        if (combiner->combine(batch, shares, rest)) {
            std::size_t all = rest.size();
            for (const Batch& share : shares) all += share.rows;
            if (all != batch.rows) return "rows were lost";
            seen.combined += all - rest.size();
            seen.rest += rest.size();
            const bool restFirst = tried.chance(50);
            if (restFirst) sums.send(batch.select(rest));
            sums.sendCombined(shares);
            if (!restFirst) sums.send(batch.select(rest));
        } else {
            sums.send(batch);
        }
        if (const std::string wrong = rows.differs(sums); !wrong.empty()) return "before time rose: " + wrong;
        rows.advance(batch.watermark);
        sums.advance(batch.watermark);
        if (const std::string wrong = rows.differs(sums); !wrong.empty()) return wrong;
    }
    rows.end();
    sums.end();
    const std::string wrong = rows.differs(sums);
    return wrong.empty() ? wrong : "at the end: " + wrong;
}

/// Batches of `rows` rows a millisecond apart, with `keys` different keys that take turns.
Batch batchInTurns(std::size_t rows, std::size_t keys) {
    std::vector<std::vector<std::string>> cells;
    for (std::size_t i = 0; i < rows; ++i) {
        cells.push_back({"1970-01-01 00:00:00." + std::to_string(100 + i % 800),
                         "a key of many letters, number " + std::to_string(i % keys), "1", "0.5"});
    }
    return textBatch(inputType().schema, cells);
}

BoundForTest boundWith(const Json& more) {
    Json params = {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}};
    params.update(more);
    return bindNode(node(), params, {inputType()});
}

}  // namespace

class TestWindowCombiner : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void givesWhatRowsWould() {
        CombinedRowsSeen seen;
        const std::vector<std::uint32_t> seeds = seedsOf(suites::CombinedWindows);
        for (const std::uint64_t seed : seeds) {
            const std::string wrong = tryCombinedCase(seed, seen);
            QVERIFY2(wrong.empty(), ("case " + std::to_string(seed) + ": " + wrong).c_str());
        }
        QVERIFY(seen.combined > 10 * seeds.size());
        QVERIFY(seen.rest > seeds.size());
    }

    void servesWhatDoesNotDependOnSingleRows_data() {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<bool>("serves");
        QTest::newRow("tumble") << QByteArray(R"({})") << true;
        QTest::newRow("no keys") << QByteArray(R"({"keys": []})") << true;
        QTest::newRow("hop") << QByteArray(R"({"window": "hop", "slide": "4s"})") << true;
        QTest::newRow("cumulate") << QByteArray(R"({"window": "cumulate", "step": "2s"})") << true;
        QTest::newRow("sums of DOUBLE") << QByteArray(R"({"aggregates": ["SUM(d) AS s"]})") << true;
        QTest::newRow("session") << QByteArray(R"({"window": "session", "gap": "1s"})") << false;
        QTest::newRow("early") << QByteArray(R"({"early": "1s"})") << false;
        QTest::newRow("lateness") << QByteArray(R"({"allowed_lateness": "1s"})") << false;
        QTest::newRow("order") << QByteArray(R"({"aggregates": ["COUNT(*) AS n", "LAST_VALUE(v) AS l"]})")
                               << false;
        QTest::newRow("list") << QByteArray(R"({"aggregates": ["LISTAGG(k) AS l"]})") << false;
    }
    void servesWhatDoesNotDependOnSingleRows() {
        QFETCH(QByteArray, params);
        QFETCH(bool, serves);
        const BoundForTest bound = boundWith(Json::parse(params.toStdString()));
        QVERIFY(bound.bound);
        QCOMPARE(bound.bound->combines, serves);
    }

    void rowsThatAreTakenBackStayRows() {
        StreamType updating = inputType();
        updating.updating = updating.made = updating.windowed = true;
        updating.key = {0};
        const Json params = {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}};
        const BoundForTest bound = bindNode(node(), params, {updating});
        QVERIFY(bound.bound);
        QVERIFY(!bound.bound->combines);
    }

    void rowsThatHardlyShrinkStayRows() {
        const BoundForTest bound = boundWith(Json::object());
        const auto combiner = node().makeCombiner(*bound.bound, contextFor(inputType()));
        std::vector<Batch> shares(2);
        std::vector<std::uint32_t> rest;
        const Batch few = batchInTurns(400, 3), many = batchInTurns(400, 400);
        for (int i = 0; i < 5; ++i) QVERIFY(combiner->combine(few, shares, rest));
        int tries = 0;  // of batches that stay as they are later on
        for (int i = 0; i < 2'000; ++i) tries += combiner->combine(many, shares, rest) ? 1 : 0;
        QVERIFY2(tries >= 2 && tries <= 12, std::to_string(tries).c_str());
        int again = 0;
        while (!combiner->combine(few, shares, rest)) ++again;
        QVERIFY(again <= static_cast<int>(CombinePace::kLongestPause));
        for (int i = 0; i < 5; ++i) QVERIFY(combiner->combine(few, shares, rest));
    }

    void rowsOfVeryManySlicesStayRows() {
        const BoundForTest bound = boundWith({{"size", "1ms"}});
        const auto combiner = node().makeCombiner(*bound.bound, contextFor(inputType()));
        std::vector<Batch> shares(2);
        std::vector<std::uint32_t> rest;
        QVERIFY(!combiner->combine(batchInTurns(400, 1), shares, rest));
        QVERIFY(!combiner->combine(batchInTurns(40, 1), shares, rest));  // it is left for some batches
    }

    void pausesGrowWhileNothingChanges() {
        CombinePace pace;
        for (std::size_t pause = CombinePace::kFirstPause, round = 0; round < 10; ++round) {
            QVERIFY(pace.isTurn());
            pace.combined(100, 51);
            for (std::size_t i = 0; i < pause; ++i) QVERIFY(!pace.isTurn());
            pause = std::min(2 * pause, CombinePace::kLongestPause);
        }
        QVERIFY(pace.isTurn());
        pace.combined(100, 20);
        QVERIFY(pace.isTurn());
        pace.combined(10, 10);  // few rows say little
        QVERIFY(pace.isTurn());
        pace.combined(100, 100);
        for (std::size_t i = 0; i < CombinePace::kFirstPause; ++i) QVERIFY(!pace.isTurn());
        QVERIFY(pace.isTurn());
    }

    /// Limits of held rows go by bytes, too: texts that values point into count once however many have them.
    void memoryIsCounted() {
        const BoundForTest bound = boundWith({{"aggregates", {"COUNT(DISTINCT k) AS n"}}, {"keys", {"v"}}});
        const auto combiner = node().makeCombiner(*bound.bound, contextFor(inputType()));
        std::vector<Batch> shares(1);
        std::vector<std::uint32_t> rest;
        const Batch batch = batchInTurns(400, 400);
        QVERIFY(combiner->combine(batch, shares, rest));
        QCOMPARE(shares[0].rows, std::size_t{400});
        const std::size_t texts = batch.column(1).memoryBytes() - batch.column(1).ownBytes();
        QVERIFY(texts > 400 * 16);
        const std::size_t once = shares[0].memoryBytes();
        QVERIFY(once > texts + 400 * sizeof(StringRef));
        const Batch twice[] = {shares[0], shares[0]};
        QCOMPARE(memoryBytes(twice), 2 * once - texts);
    }
};

QTEST_APPLESS_MAIN(TestWindowCombiner)
#include "test_window_combiner.moc"
