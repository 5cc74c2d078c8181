// Windows and sessions whose run is stopped at a barrier and resumed by any number of instances: the
// same results as never stopping. And states that can't be believed.
#include <QtTest/QtTest>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/random_cases.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/operator_group.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

Json allAggregates() {
    return {"COUNT(*) AS n",
            "COUNT(v) AS c",
            "SUM(v) AS s",
            "AVG(v) AS a",
            "SUM(CAST(v AS DOUBLE) / 7) AS sd",
            "AVG(CAST(v AS DECIMAL(9, 2))) AS ad",
            "MIN(v) AS lo",
            "MAX(k) AS hi",
            "VAR_SAMP(v) AS vs",
            "FIRST_VALUE(v) AS f",
            "LAST_VALUE(v) AS l",
            "LISTAGG(CAST(v AS STRING)) AS list",
            "LISTAGG(DISTINCT CAST(v % 3 AS STRING)) AS dl",
            "PERCENTILE(v, 0.5) AS p",
            "COUNT(DISTINCT v % 5) AS dv",
            "APPROX_COUNT_DISTINCT(v) AS ac",
            "SUM(v) FILTER (WHERE v > 50) AS fs"};
}

/// Feeds a case to instances that are stopped now and then, each time with `percent` chance after a batch.
void feed(WindowCase& tried, OperatorGroup& group, std::mt19937_64& random, std::uint64_t percent) {
    const auto restart = [&] {
        if (random() % 100 < percent) group.restart(static_cast<int>(1 + random() % 5), 1 + random() % 5);
    };
    tried.feed(
        [&](const Batch& batch) {
            group.send(batch);
            restart();
        },
        [&](Instant watermark) {
            group.advance(watermark);
            restart();
        });
    group.end();
}

/// The difference from the model, or from never stopping where all aggregates are computed; or an empty text.
/// `spills`: with state in files.
std::string tryCase(WindowKind kind, std::uint64_t seed, bool aggregates, bool spills) {
    std::mt19937_64 random(seed);
    WindowCase tried(kind, seed);
    Json params = tried.params();
    if (aggregates) params["aggregates"] = allAggregates();
    const BoundForTest bound = bindNode(node(), params, {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const MakeContext context = contextFor(tried.input(), tried.wires(), 1 + random() % 5);
    const MakeContext inFiles =
        spills ? spilling(context, seed % 2 == 0 ? 1 : 1 + random() % 10'000) : context;
    OperatorGroup group(node(), *bound.bound, inFiles, static_cast<int>(1 + random() % 5));
    feed(tried, group, random, 20);

    ModelResult expected;
    if (aggregates) {
        WindowCase again(kind, seed);
        OperatorGroup alone(node(), *bound.bound, context, 1);
        feed(again, alone, random, 0);
        expected = {alone.table(0), alone.table(1)};
    } else {
        expected = tried.expected();
    }
    std::string wrong = difference("rows", expected.rows, group.table(0));
    wrong += difference("late", expected.late, group.table(1));
    for (const std::string& breach : group.breaches()) wrong += breach + "\n";
    if (group.stateSize().keys != 0) wrong += "state is left at the end\n";
    return wrong.empty() ? wrong : params.dump() + "\n" + tried.describe() + wrong;
}

void tryCases(WindowKind kind, const Suite& suite, bool aggregates, bool spills = false) {
    for (const std::uint64_t seed : seedsOf(suite)) {
        const std::string wrong = tryCase(kind, seed, aggregates, spills);
        if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
    }
}

StreamType input() {
    return WindowCase(WindowKind::Tumble, 1).input();
}

Batch rowsAt(const std::vector<Instant>& times, Instant stamp = kCleanStamp) {
    ColumnBuilder time(Type::of(TypeId::Timestamp)), key(Type::of(TypeId::String)),
        value(Type::of(TypeId::Int));
    for (const Instant at : times) {
        time.append(at);
        key.appendString("a key that is no short text " + std::to_string(at % 7));
        value.append(static_cast<std::int32_t>(at));
    }
    Batch batch;
    batch.schema = input().schema;
    batch.rows = times.size();
    batch.columns = {time.finish(), key.finish(), value.finish()};
    if (stamp != kCleanStamp) batch.stamps = std::make_shared<const std::vector<Instant>>(batch.rows, stamp);
    return batch;
}

Json windowOf(const char* params) {
    Json out = Json::parse(params);
    out["aggregates"] = allAggregates();
    return out;
}

std::unique_ptr<Operator> make(const BoundNode& bound, int wires = 1) {
    auto made = node().make(bound, contextFor(input(), wires, 3));
    auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
    op->outputPorts = static_cast<int>(bound.outputs.size());
    return op;
}

/// A sink for rows that do not matter.
struct Nowhere : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

void finish(Operator& op) {
    Nowhere out;
    const auto all = [&](const Status& first) {
        bool ok = first.ok();
        while (ok && op.hasMore()) ok = op.resume(out).ok();
    };
    all(op.onBatch(0, rowsAt({30, 31, 32, 45}, 20), out));
    all(op.onWatermark(33, out));
    all(op.onWatermark(kMaxTimestamp, out));
    all(op.onEnd(out));
}

}  // namespace

class TestWindowState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void tumble() { tryCases(WindowKind::Tumble, suites::TumbleStates, false); }
    void hop() { tryCases(WindowKind::Hop, suites::HopStates, false); }
    void cumulate() { tryCases(WindowKind::Cumulate, suites::CumulateStates, false); }
    void session() { tryCases(WindowKind::Session, suites::SessionStates, false); }
    void everyAggregate() {
        tryCases(WindowKind::Tumble, suites::TumbleAggregateStates, true);
        tryCases(WindowKind::Hop, suites::HopAggregateStates, true);
        tryCases(WindowKind::Cumulate, suites::CumulateAggregateStates, true);
        tryCases(WindowKind::Session, suites::SessionAggregateStates, true);
    }

    void inFiles() {
        for (const bool aggregates : {false, true}) {
            tryCases(WindowKind::Tumble, suites::TumbleAggregateStates, aggregates, true);
            tryCases(WindowKind::Hop, suites::HopAggregateStates, aggregates, true);
            tryCases(WindowKind::Cumulate, suites::CumulateAggregateStates, aggregates, true);
            tryCases(WindowKind::Session, suites::SessionAggregateStates, aggregates, true);
        }
    }

    void rowsWithoutPositionsComeBehindThoseBefore_data() {
        QTest::addColumn<QString>("params");
        QTest::newRow("tumble") << QStringLiteral(R"({"window": "tumble", "size": "100ms"})");
        QTest::newRow("session") << QStringLiteral(R"({"window": "session", "gap": "100ms"})");
    }
    void rowsWithoutPositionsComeBehindThoseBefore() {
        QFETCH(QString, params);
        Json window = Json::parse(params.toStdString());
        window["aggregates"] = {"FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"};
        const BoundForTest bound = bindNode(node(), window, {input()});
        OperatorGroup group(node(), *bound.bound, contextFor(input()), 1);
        group.send(rowsAt({30, 20, 40}));
        group.restart(1, 3);
        group.send(rowsAt({50, 10}));
        group.end();
        QCOMPARE(group.table(0).size(), std::size_t{1});
        QVERIFY2(group.table(0).front().ends_with("|30|10"), group.table(0).front().c_str());
        QCOMPARE(group.breaches(), Lines{});
    }

    void aSessionThatGrowsAfterARestartIsWithdrawn() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "session", "gap": "5ms", "allowed_lateness": "20ms"})"),
                     {input()});
        OperatorGroup group(node(), *bound.bound, contextFor(input()), 1);
        group.send(rowsAt({1}));
        group.advance(6);
        QCOMPARE(group.table(0).size(), std::size_t{1});
        group.restart(1, 3);
        group.send(rowsAt({5}, 6));
        QCOMPARE(group.table(0), Lines{});  // it is open again
        group.end();
        QCOMPARE(group.table(0).size(), std::size_t{1});
        QVERIFY2(group.table(0).front().find("|2|2|6|") != std::string::npos, group.table(0).front().c_str());
        QCOMPARE(group.breaches(), Lines{});
    }

    void whatFailedBeforeIsNotRejectedAgain_data() {
        QTest::addColumn<QString>("params");
        QTest::newRow("tumble") << R"({"window": "tumble", "size": "100ms", "allowed_lateness": "1s"})";
        QTest::newRow("session") << R"({"window": "session", "gap": "100ms", "allowed_lateness": "1s"})";
    }
    void whatFailedBeforeIsNotRejectedAgain() {
        QFETCH(QString, params);
        Json window = Json::parse(params.toStdString());
        window["keys"] = {"k"};
        window["aggregates"] = {"SUM(CAST(v AS BIGINT) * 922337203685477580) AS s"};
        const BoundForTest bound = bindNode(node(), window, {input()});
        OperatorGroup group(node(), *bound.bound, contextFor(input()), 1);
        group.send(rowsAt({8, 1}));  // of one key; ten times the number fits, eleven times does not
        group.send(rowsAt({8}));
        group.advance(200);
        QCOMPARE(group.table(-1).size(), std::size_t{1});
        group.restart(2, 3);
        group.send(rowsAt({2}, 200));  // another key of the window
        group.end();
        QCOMPARE(group.table(-1).size(), std::size_t{1});
        QCOMPARE(group.table(0).size(), std::size_t{1});
        QCOMPARE(group.breaches(), Lines{});
    }

    void theFarthestWindowsAreRestored() {
        for (const char* params : {R"({"window": "tumble", "size": "10ms", "keys": ["k"]})",
                                   R"({"window": "hop", "size": "10ms", "slide": "3ms"})",
                                   R"({"window": "session", "gap": "10ms", "allowed_lateness": "1ms"})"}) {
            const BoundForTest bound = bindNode(node(), windowOf(params), {input()});
            OperatorGroup group(node(), *bound.bound, contextFor(input()), 1);
            const Instant farthest = WindowAssigner::kFarthest - 1;
            group.send(rowsAt({farthest, -farthest}));
            group.restart(1, 3);
            group.end();
            QCOMPARE(group.breaches(), Lines{});
            OperatorGroup whole(node(), *bound.bound, contextFor(input()), 1);
            whole.send(rowsAt({farthest, -farthest}));
            whole.end();
            QCOMPARE(group.table(0), whole.table(0));
            QVERIFY(group.table(0).size() >= 2);
            QCOMPARE(group.stateSize().keys, std::size_t{0});
        }
    }

    void theSizeOfARestoredStateIsKnown() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "10ms", "keys": ["k"],
                                           "allowed_lateness": "20ms"})"),
                     {input()});
        OperatorGroup group(node(), *bound.bound, contextFor(input()), 2);
        group.send(rowsAt({1, 2, 3, 4, 5, 6, 7, 11, 12, 13}));
        group.advance(12);
        const Operator::StateSize before = group.stateSize();
        QCOMPARE(before.keys, std::size_t{10});
        group.restart(3, 3);
        QCOMPARE(group.stateSize().keys, std::size_t{10});
        QVERIFY(group.stateSize().bytes > before.bytes / 2);
        QVERIFY(group.stateSize().bytes < before.bytes * 2);
        group.end();
        QCOMPARE(group.stateSize().bytes, std::size_t{0});
        QCOMPARE(group.breaches(), Lines{});
    }

    void statesThatDoNotBelongTogetherAreRefused() {
        std::string ofAnotherKind;
        for (const char* params : {R"({"window": "session", "gap": "10ms", "keys": ["k"]})",
                                   R"({"window": "tumble", "size": "10ms", "keys": ["k"]})",
                                   R"({"window": "session", "gap": "10ms", "keys": ["k"]})"}) {
            const BoundForTest bound = bindNode(node(), windowOf(params), {input()});
            const auto stateAt = [&](Instant watermark) {
                const auto op = make(*bound.bound);
                Nowhere out;
                (void)op->onBatch(0, rowsAt({100}), out);
                (void)op->onWatermark(watermark, out);
                StateWriter state;
                (void)op->snapshot(state);
                return state.finish();
            };
            const std::string one = stateAt(5), other = stateAt(6);
            const auto op = make(*bound.bound);
            QVERIFY(op->restore(*StateReader::open(one), {}).ok());
            QVERIFY(!op->restore(*StateReader::open(other), {}).ok());  // another watermark
            const auto twice = make(*bound.bound);
            QVERIFY(twice->restore(*StateReader::open(one), {}).ok());
            QVERIFY(!twice->restore(*StateReader::open(one), {}).ok());  // the keys are there
            if (!ofAnotherKind.empty())
                QVERIFY(!make(*bound.bound)->restore(*StateReader::open(ofAnotherKind), {}).ok());
            ofAnotherKind = one;
            // None at all.
            QVERIFY(!make(*bound.bound)->restore(*StateReader::open(StateWriter().finish()), {}).ok());
        }
    }

    void brokenStatesAreAnError_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<int>("wires");
        QTest::newRow("tumble") << R"({"window": "tumble", "size": "10ms"})" << 1;
        QTest::newRow("tumble, late") << R"({"window": "tumble", "size": "10ms", "keys": ["k"],
                                             "allowed_lateness": "9ms", "early": "2ms"})"
                                      << 1;
        QTest::newRow("hop") << R"({"window": "hop", "size": "50ms", "slide": "3ms", "keys": ["k"]})" << 1;
        QTest::newRow("hop, early") << R"({"window": "hop", "size": "10ms", "slide": "4ms", "keys": ["k"],
                                           "early": "2ms"})"
                                    << 1;
        QTest::newRow("cumulate") << R"({"window": "cumulate", "size": "12ms", "step": "3ms",
                                         "keys": ["k"], "allowed_lateness": "5ms"})"
                                  << 1;
        QTest::newRow("session") << R"({"window": "session", "gap": "5ms", "keys": ["k"]})" << 2;
        QTest::newRow("session, late") << R"({"window": "session", "gap": "5ms", "keys": ["k"],
                                              "allowed_lateness": "9ms", "early": "2ms"})"
                                       << 2;
    }
    void brokenStatesAreAnError() {
        QFETCH(QString, params);
        QFETCH(int, wires);
        const BoundForTest bound = bindNode(node(), windowOf(params.toUtf8().constData()), {input()});
        QVERIFY(bound.bound);
        const auto op = make(*bound.bound, wires);
        Nowhere out;
        const auto all = [&](const Status& first) {
            QVERIFY(first.ok());
            while (op->hasMore()) QVERIFY(op->resume(out).ok());
        };
        all(op->onBatch(0, rowsAt({1, 2, 3, 9, 15, 22, 23, 24, 31, 60}), out));
        all(op->onWatermark(21, out));
        all(op->onBatch(0, rowsAt({20, 21, 22, 25}, 22), out));
        StateWriter writer;
        QVERIFY(op->snapshot(writer).ok());
        const std::string bytes = writer.finish().substr(state_layout::kSealSize);
        const auto restored = [&](const std::string& record, bool& ok) {
            auto into = make(*bound.bound, wires);
            const Result<StateReader> reader = StateReader::unsealed(record);
            ok = reader.ok() && into->restore(*reader, {}).ok();
            return into;
        };
        bool ok = false;
        restored(bytes, ok);
        QVERIFY(ok);
        int accepted = 0, refused = 0;
        for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 500) {
            restored(bytes.substr(0, size), ok);
            // Whole records at the end may be missing: only the seal tells.
            ++(ok ? accepted : refused);
        }
        QVERIFY2(refused > 20 * accepted, qPrintable(QStringLiteral("%1, %2").arg(refused).arg(accepted)));
        std::mt19937_64 random(1);
        accepted = refused = 0;
        for (std::uint64_t i = 0; i < affordableCases(4'000); ++i) {
            std::string wrong = bytes;
            for (std::size_t n = 1 + random() % 3; n > 0; --n)
                wrong[random() % wrong.size()] = static_cast<char>(random());
            const auto into = restored(wrong, ok);
            ++(ok ? accepted : refused);
            if (!ok) continue;
            finish(*into);  // another number, perhaps, but nothing that it can't go on with
        }
        QVERIFY2(accepted > 0, "nothing was accepted: the operator was not tried");
        QVERIFY2(refused > accepted, qPrintable(QStringLiteral("%1, %2").arg(refused).arg(accepted)));
    }
};

QTEST_APPLESS_MAIN(TestWindowState)
#include "test_window_state.moc"
