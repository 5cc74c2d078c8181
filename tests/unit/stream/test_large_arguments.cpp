// Aggregates of texts that are too large to be made for a whole batch: operators take such rows some at a
// time, with the results of rows that come one by one, and all others at once.
#include <QtTest/QtTest>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/stream/combiner.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

StreamType inputType() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{
        {{"n", Type::of(TypeId::Int)}, {"k", Type::of(TypeId::String)}, {"ts", Type::of(TypeId::Timestamp)}}});
    type.eventTime = 2;
    type.sourceOrder = true;
    return type;
}

/// Rows one after the other from number `first` on, a millisecond apart; `k` is one of five letters. Without
/// large texts of its own.
Batch rowsFrom(std::size_t first, std::size_t count) {
    TextRows rows;
    for (std::size_t n = first; n < first + count; ++n) {
        rows.push_back({std::to_string(n), std::string(1, static_cast<char>('a' + n % 5)),
                        "1970-01-01 00:00:01." + std::to_string(1'000 + n).substr(1)});
    }
    Batch batch = textBatch(inputType().schema, rows);
    batch.positions.first = static_cast<std::int64_t>(first);
    return batch;
}

struct Tried {
    const NodeKind& kind;
    BoundForTest bound;
    OperatorHarness harness;

    Tried(const char* type, const Json& params, int wires = 1)
        : kind(*catalogue().find(type)),
          bound(bindNode(kind, params, {inputType()})),
          harness(kind, *bound.bound, contextFor(inputType(), wires)) {}

    static const Catalogue& catalogue() {
        static const Catalogue kAll = builtin();
        return kAll;
    }
};

constexpr std::size_t kRows = 120;

#ifndef RILLWRIGHT_SANITIZED
/// Bytes that this process had in memory at most since forgetPeak().
std::size_t peakBytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
    }
    return 0;
}

void forgetPeak() {
    std::ofstream("/proc/self/clear_refs") << "5";
}
#endif

}  // namespace

class TestLargeArguments : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void areTakenInSlices_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("params");
        const auto add = [](const char* name, const char* type, const char* params) {
            QTest::newRow(name) << QString(type) << QByteArray(params);
        };
        add("window", "window_aggregate", R"({"window": "tumble", "size": "10s"})");
        add("window, updating", "window_aggregate",
            R"({"window": "tumble", "size": "10s", "allowed_lateness": "5s"})");
        add("session", "window_aggregate", R"({"window": "session", "gap": "5s"})");
        add("group", "group_aggregate", R"({})");
        add("over", "over_aggregate", R"({"frame": "ROWS 3 PRECEDING"})");
    }
    void areTakenInSlices() {
        QFETCH(QString, type);
        QFETCH(QByteArray, params);
        Json given = Json::parse(params.toStdString());
        given[type == "over_aggregate" ? "partition_by" : "keys"] = {"k"};
        given["aggregates"] = {
            "MAX(REPEAT(k, 300000 + n)) AS t",
            "MIN(REPEAT(k, 10 / (n - 7))) FILTER (WHERE n <> 8) AS m", "COUNT(*) AS c"};
        Tried whole(type.toUtf8().constData(), given), single(type.toUtf8().constData(), given);
        QVERIFY(whole.bound.bound);
        whole.harness.send(rowsFrom(0, kRows));
        QVERIFY2(whole.harness.calls() >= 4, std::to_string(whole.harness.calls()).c_str());
        for (std::size_t n = 0; n < kRows; ++n) single.harness.send(rowsFrom(n, 1));
        whole.harness.end();
        single.harness.end();
        QVERIFY(whole.harness.table(0) == single.harness.table(0));
        QVERIFY(!whole.harness.table(0).empty());
        QCOMPARE(whole.harness.rejected(), single.harness.rejected());
        QCOMPARE(whole.harness.rejected().size(), std::size_t{1});
        QCOMPARE(whole.harness.breaches(), std::vector<std::string>());
    }

    /// A session over several wires holds rows back, and takes many of them in one call.
    void thatWereHeldBackToo() {
        const Json params = {{"window", "session"},
                             {"gap", "5s"},
                             {"keys", {"k"}},
                             {"aggregates", {"MAX(REPEAT(k, 300000 + n)) AS t", "COUNT(*) AS c"}}};
        Tried whole("window_aggregate", params, 2), single("window_aggregate", params, 2);
        const auto send = [](OperatorHarness& to, std::size_t first, std::size_t count, WireNumber wire) {
            Batch batch = rowsFrom(first, count);
            batch.stamps = std::make_shared<const std::vector<Instant>>(count, 1'800);
            batch.wire = wire;
            to.send(batch);
        };
        for (const WireNumber wire : {0, 1}) send(whole.harness, 0, kRows, firstWireOf(static_cast<int>(wire)));
        for (std::size_t n = 0; n < kRows; ++n) {
            for (const WireNumber wire : {0, 1})
                send(single.harness, n, 1, firstWireOf(static_cast<int>(wire)));
        }
        const std::size_t before = whole.harness.calls();
        whole.harness.advance(1'900);
        QVERIFY2(whole.harness.calls() >= before + 4, std::to_string(whole.harness.calls()).c_str());
        single.harness.advance(1'900);
        whole.harness.end();
        single.harness.end();
        QVERIFY(whole.harness.table(0) == single.harness.table(0));
        QCOMPARE(whole.harness.table(0).size(), std::size_t{5});
        QCOMPARE(whole.harness.breaches(), std::vector<std::string>());
    }

    /// So that a memory limit, which is asked about between calls, ends the run in time.
    void aCallKeepsAFewOfThem_data() {
        QTest::addColumn<QString>("type");
        QTest::newRow("window") << QStringLiteral("window_aggregate");
        QTest::newRow("group") << QStringLiteral("group_aggregate");
        QTest::newRow("over") << QStringLiteral("over_aggregate");
    }
    void aCallKeepsAFewOfThem() {
        QFETCH(QString, type);
        Json params = {{"aggregates", {"MAX(REPEAT(k, 400000)) AS t"}}};
        params[type == "over_aggregate" ? "partition_by" : "keys"] = {"n"};
        if (type == "window_aggregate") params["size"] = "10s";
        Tried tried(type.toUtf8().constData(), params);
        tried.harness.stopAfter(1);
        tried.harness.send(rowsFrom(0, 200));
        const std::size_t bytes = tried.harness.tested().stateSize().bytes;
        QVERIFY2(bytes > 0 && bytes < (std::size_t{40} << 20), std::to_string(bytes).c_str());
    }

    void othersAreTakenAtOnce_data() {
        QTest::addColumn<QString>("aggregate");
        QTest::newRow("small texts") << QStringLiteral("MAX(REPEAT(k, 100)) AS t");
        QTest::newRow("a number of large texts") << QStringLiteral("SUM(CHAR_LENGTH(REPEAT(k, 300000))) AS t");
        QTest::newRow("a column") << QStringLiteral("MAX(k) AS t");
    }
    void othersAreTakenAtOnce() {
        QFETCH(QString, aggregate);
        Batch rows = rowsFrom(0, kRows);
        if (aggregate.startsWith("MAX(k)")) {
            ColumnBuilder large(Type::of(TypeId::String));
            for (std::size_t i = 0; i < kRows; ++i) large.appendString(std::string(300'000, 'x'));
            rows.columns[1] = large.finish();
        }
        const Json aggregates = {aggregate.toStdString()};
        for (const char* type : {"window_aggregate", "group_aggregate", "over_aggregate"}) {
            Json params = {{"aggregates", aggregates}};
            if (std::string_view(type).starts_with("window")) params["size"] = "10s";
            Tried tried(type, params);
            tried.harness.send(rows);
            QCOMPARE(tried.harness.calls(), std::size_t{1});
        }
    }

    void areNotAddedUpBeforeTheyAreSent() {
        const auto combined = [](const char* aggregate) {
            Tried tried("window_aggregate", {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", {aggregate}}});
            if (!tried.bound.bound->combines) return false;
            std::vector<Batch> shares(2);
            std::vector<std::uint32_t> rest;
            return tried.kind.makeCombiner(*tried.bound.bound, contextFor(inputType()))
                ->combine(rowsFrom(0, kRows), shares, rest);
        };
        QVERIFY(combined("MAX(REPEAT(k, 100)) AS t"));
        QVERIFY(combined("SUM(CHAR_LENGTH(REPEAT(k, 300000))) AS t"));
        QVERIFY(!combined("MAX(REPEAT(k, 300000)) AS t"));
    }

#ifndef RILLWRIGHT_SANITIZED
    /// All at once they are 300 MB. The first is the smallest, so that no change of it is kept here.
    void theyTakeLittleMemory() {
        for (const char* type : {"window_aggregate", "group_aggregate"}) {
            Json params = {{"aggregates", {"MIN(REPEAT(k, 1000000 + n)) AS t"}}};
            if (std::string_view(type).starts_with("window")) params["size"] = "10s";
            Tried tried(type, params);
            const Batch rows = rowsFrom(0, 300);
            forgetPeak();
            const std::size_t before = peakBytes();
            tried.harness.send(rows);
            const std::size_t more = peakBytes() - before;
            QVERIFY2(before > 0 && more < (std::size_t{120} << 20), std::to_string(more).c_str());
        }
    }
#endif
};

QTEST_APPLESS_MAIN(TestLargeArguments)
#include "test_large_arguments.moc"
