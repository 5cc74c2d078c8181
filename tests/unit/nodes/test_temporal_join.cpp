// temporal_join: which version a row gets, when it leaves, late rows, refusals.
#include <QtTest>

#include "core/data/text.h"
#include "core/pipeline/bind_checks.h"
#include "tests/support/batch_of.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/fixtures/keyed_stream.h"

using namespace rw;
using namespace rw::test;

namespace {

enum Side : int { kLeftSide, kRightSide };
enum Out : int { kPairs, kLateLeft, kLateRight };

const NodeKind& kind() {
    static const Catalogue kinds = builtin();
    return *kinds.find("temporal_join");
}

Row at(Instant time, int value, const std::string& key = "a") {
    return {key, value, time};
}

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

/// “+I k=a, v=1, …” of all columns.
QString line(const SchemaRef& schema, const Row& row) {
    return shown("+I " + rowText(batchOf(schema, {row}), 0));
}

BoundNodeRef bound(const Json& params, const StreamType& left = keyedStream(),
                   const StreamType& right = keyedStream()) {
    const BoundForTest made = bindNode(kind(), params, {{left}, {right}});
    if (!made.node) qFatal("%s", made.said().c_str());
    return made.node;
}

Json onKeys(const std::string& more = {}, const std::string& joinKind = "inner") {
    return {{"on", "left.k = right.k" + more}, {"kind", joinKind}};
}

/// The result of a drive to the end, unless it `leaves`; a breach ends the program.
Driven tried(const BoundNodeRef& node, const std::vector<StreamType>& inputs, const std::vector<Feed>& feeds,
             const DriveOptions& options = {}) {
    Driven driven = drive(kind(), node, inputs, feeds, options);
    if (!driven.status.ok()) driven.problems.push_back(english(driven.status.error()));
    for (const std::string& problem : driven.problems) qFatal("%s", problem.c_str());
    return driven;
}

std::vector<Feed> feedsOf(int side, const std::vector<Row>& rows, WireNumber wire = 0,
                          std::size_t size = 1'000) {
    std::vector<Feed> feeds;
    for (Batch& batch : batches(keyedStream(), rows, size)) {
        batch.wire = wire;
        feeds.push_back({side, std::move(batch)});
    }
    return feeds;
}

/// All right rows come, then all left ones. The delay is 3 s.
Driven run(const Json& params, const std::vector<Row>& left, const std::vector<Row>& right,
           DriveOptions options = {}) {
    std::vector<Feed> feeds = feedsOf(kRightSide, right);
    for (Feed& feed : feedsOf(kLeftSide, left)) feeds.push_back(std::move(feed));
    return tried(bound(params), {keyedStream(), keyedStream()}, feeds, options);
}

/// Value of the left row and of the version that it met: “1 7”, “2 NULL”; sorted.
QStringList pairs(const Driven& driven) {
    QStringList found;
    static const QRegularExpression values(QStringLiteral("v=(\\w+).*v_right=(\\w+)"));
    for (const std::string& row : driven.ports[kPairs].rows) {
        const auto match = values.match(shown(row));
        found << match.captured(1) + u' ' + match.captured(2);
    }
    found.sort();
    return found;
}

QString refusal(const Json& params, const StreamType& left, const StreamType& right) {
    const BoundForTest made = bindNode(kind(), params, {{left}, {right}});
    return made.node ? QString() : shown(made.said());
}

}  // namespace

class TestTemporalJoin : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void describesItsOutput() {
        const BoundNodeRef node = bound(onKeys());
        const StreamType& joined = node->outputs[kPairs];
        QCOMPARE(shown(columnNames(*joined.schema)), QString("k, v, ts, k_right, v_right, ts_right"));
        QCOMPARE(joined.eventTime, 2);
        QVERIFY(joined.made && !joined.sourceOrder && !joined.updating);
        QCOMPARE(shown(columnNames(*node->outputs[kLateRight].schema)),
                 QString("k, v, ts, late_by, late_for"));
        QVERIFY(node->distribution.kind == Distribution::Kind::Keyed);
        QVERIFY((node->distribution.keys == std::vector<std::vector<int>>{{0}, {0}}));
        QCOMPARE(shown(english(node->summary)), QString("left.k = right.k · inner"));
    }

    void takesTheNewestVersionThatIsNotNewer() {
        const std::vector<Row> versions{at(5'000, 70), at(8'000, 80), at(6'000, 60)};
        const std::vector<Row> rows{at(4'999, 1), at(5'000, 2), at(5'999, 3), at(6'000, 4),
                                    at(7'999, 5), at(8'000, 6), at(9'000, 7)};
        QCOMPARE(pairs(run(onKeys(), rows, versions)),
                 QStringList({"2 70", "3 70", "4 60", "5 60", "6 80", "7 80"}));
        const QStringList all{"1 NULL", "2 70", "3 70", "4 60", "5 60", "6 80", "7 80"};
        QCOMPARE(pairs(run(onKeys({}, "left"), rows, versions)), all);
    }

    void givesTheColumnsOfBoth() {
        const Driven driven = run(onKeys({}, "left"), {at(5'000, 1), at(5'001, 2, "b")}, {at(4'000, 7)});
        const SchemaRef joined = bound(onKeys())->outputs[kPairs].schema;
        const Value none{};
        QStringList found;
        for (const std::string& row : driven.ports[kPairs].rows) found << shown(row);
        found.sort();
        QCOMPARE(found, QStringList({line(joined, {std::string("a"), 1, Instant{5'000}, std::string("a"), 7,
                                                   Instant{4'000}}),
                                     line(joined, {std::string("b"), 2, Instant{5'001}, none, none, none})}));
    }

    void waitsForTheRightWatermarkAlone() {
        DriveOptions stays;
        stays.leaves = true;
        const std::vector<Row> rows{at(10'000, 1)};
        // The right watermark is 3 s behind; the left one is far behind the row itself.
        QCOMPARE(pairs(run(onKeys(), rows, {at(4'000, 7), at(12'999, 8)}, stays)), QStringList());
        const Driven left = run(onKeys(), rows, {at(4'000, 7), at(13'000, 8)}, stays);
        QCOMPARE(pairs(left), QStringList({"1 7"}));
        QCOMPARE(left.ports[kPairs].watermark, Instant{6'999});
        QCOMPARE(left.ports[kLateLeft].watermark, Instant{7'000});
        QCOMPARE(left.ports[kLateRight].watermark, Instant{7'000});
        // A version that comes later counts as long as the row waits.
        std::vector<Feed> feeds = feedsOf(kLeftSide, rows);
        for (Feed& feed : feedsOf(kRightSide, {at(4'000, 7), at(9'500, 9), at(13'000, 8)}, 0, 1))
            feeds.push_back(std::move(feed));
        QCOMPARE(pairs(tried(bound(onKeys()), {keyedStream(), keyedStream()}, feeds, stays)),
                 QStringList({"1 9"}));
    }

    void atTheEndNothingWaits() {
        QCOMPARE(pairs(run(onKeys({}, "left"), {at(10'000, 1), at(90'000, 2, "b")}, {at(4'000, 7)})),
                 QStringList({"1 7", "2 NULL"}));
        QCOMPARE(pairs(run(onKeys({}, "left"), {at(10'000, 1)}, {})), QStringList({"1 NULL"}));
        QCOMPARE(pairs(run(onKeys(), {}, {at(10'000, 1)})), QStringList());
    }

    void rowsBehindTheirOwnSourceAreLate() {
        const std::vector<Row> left{at(10'000, 1), at(7'000, 2), at(7'001, 3)};
        const std::vector<Row> right{at(10'000, 70), at(5'000, 50), at(7'001, 71)};
        const BoundNodeRef node = bound(onKeys());
        const Driven driven = run(onKeys(), left, right);
        // The version of 5 s is late, the one of 7.001 s is not.
        QCOMPARE(pairs(driven), QStringList({"1 70", "3 71"}));
        const auto lateLine = [&](int port, Row row, Millis by) -> QString {
            row.emplace_back(by);
            row.emplace_back();
            return line(node->outputs[static_cast<std::size_t>(port)].schema, row) + " after 7000";
        };
        QCOMPARE(driven.ports[kLateLeft].rows.size(), std::size_t{1});
        QCOMPARE(shown(driven.ports[kLateLeft].rows[0]), lateLine(kLateLeft, left[1], 0));
        QCOMPARE(driven.ports[kLateRight].rows.size(), std::size_t{1});
        QCOMPARE(shown(driven.ports[kLateRight].rows[0]), lateLine(kLateRight, right[1], 2'000));
    }

    void ofOneTimeTheLastOfTheSourceCounts() {
        const std::vector<Row> rows{at(5'000, 1), at(6'000, 2)};
        QCOMPARE(pairs(run(onKeys(), rows, {at(5'000, 9), at(5'000, 4), at(5'000, 6)})),
                 QStringList({"1 6", "2 6"}));
    }

    // Wire before position, however they come.
    void ofOneTimeTheLastWireCounts() {
        StreamType several = keyedStream();
        several.sourceOrder = false;
        const BoundNodeRef node = bound(onKeys(), several, several);
        DriveOptions options;
        options.wires = 2;
        for (const bool firstWireFirst : {true, false}) {
            std::vector<Feed> feeds;
            for (const WireNumber wire : {firstWireFirst ? 0 : 1, firstWireFirst ? 1 : 0}) {
                const int value = wire == 0 ? 10 : 20;
                for (Feed& feed : feedsOf(kRightSide, {at(5'000, value + 9), at(5'000, value + 1)}, wire, 1))
                    feeds.push_back(std::move(feed));
            }
            for (Feed& feed : feedsOf(kLeftSide, {at(5'000, 1)})) feeds.push_back(std::move(feed));
            QCOMPARE(pairs(tried(node, {several, several}, feeds, options)), QStringList({"1 21"}));
        }
    }

    void ofOneTimeTheGreatestMadeRowCounts() {
        StreamType windows = keyedStream();
        windows.made = true;
        windows.sourceOrder = false;
        const BoundNodeRef node = bound(onKeys({}, "left"), windows, windows);
        Row nothing = at(5'000, 0);
        nothing[1] = Value();
        const std::vector<Row> upwards{nothing, at(5'000, 9), at(5'000, 12)};
        const std::vector<Row> downwards(upwards.rbegin(), upwards.rend());
        for (const std::vector<Row>& versions : {upwards, downwards}) {
            std::vector<Feed> feeds = feedsOf(kRightSide, versions, 0, 1);
            for (Feed& feed : feedsOf(kLeftSide, {at(5'000, 1)})) feeds.push_back(std::move(feed));
            for (Feed& feed : feeds) feed.batch.positions = {};
            QCOMPARE(pairs(tried(node, {windows, windows}, feeds)), QStringList({"1 12"}));
        }
    }

    void nullEqualsNothing() {
        Row row = at(5'000, 1), version = at(4'000, 7);
        row[0] = version[0] = Value();
        QCOMPARE(pairs(run(onKeys(), {row}, {version})), QStringList());
        QCOMPARE(pairs(run(onKeys({}, "left"), {row}, {version})), QStringList({"1 NULL"}));
    }

    void keysMeetAcrossIntegerTypes() {
        StreamType big = keyedStream();
        big.schema = schemaOf({{"n", Type::of(TypeId::Bigint)},
                               {"v", Type::of(TypeId::Int)},
                               {"ts", Type::of(TypeId::Timestamp)}});
        const BoundNodeRef node = bound({{"on", "right.n = left.v"}}, keyedStream(), big);
        std::vector<Feed> feeds = feedsOf(kLeftSide, {at(5'000, 3), at(5'000, 4)});
        const std::vector<Row> versions{{std::int64_t{3}, 30, Instant{4'000}}};
        for (Batch& batch : batches(big, versions, 1)) feeds.push_back({kRightSide, std::move(batch)});
        const Driven driven = tried(node, {keyedStream(), big}, feeds);
        QCOMPARE(pairs(driven), QStringList({"3 30"}));
    }

    // As in Flink: a version that does not meet the condition is not passed over for an older one.
    void theConditionIsAskedOfTheVersionFound() {
        const std::vector<Row> rows{at(5'000, 1), at(7'000, 2)}, versions{at(4'000, 0), at(6'000, 9)};
        const std::string condition = " AND right.v < left.v";
        QCOMPARE(pairs(run(onKeys(condition), rows, versions)), QStringList({"1 0"}));
        QCOMPARE(pairs(run(onKeys(condition, "left"), rows, versions)), QStringList({"1 0", "2 NULL"}));
    }

    void aPairThatFailsIsRejected() {
        const std::vector<Row> rows{at(5'000, 1), at(7'000, 2), at(7'000, 0, "b")};
        const std::vector<Row> versions{at(4'000, 0), at(6'000, 2)};
        for (const char* joinKind : {"inner", "left"}) {
            const Json params = onKeys(" AND 4 / right.v > left.v - 1", joinKind);
            const bool left = params["kind"] == "left";
            const Driven driven = run(params, rows, versions);
            QCOMPARE(pairs(driven), left ? QStringList({"0 NULL", "2 2"}) : QStringList({"2 2"}));
            QCOMPARE(driven.rejected.size(), std::size_t{1});
            QVERIFY2(shown(driven.rejected[0]).startsWith("k=a, v=1, ") &&
                         shown(driven.rejected[0]).endsWith("Division by zero."),
                     driven.rejected[0].c_str());
            DriveOptions nulled;
            nulled.nullOnError = true;
            const Driven instead = run(params, rows, versions, nulled);
            QVERIFY(instead.rejected.empty());
            QCOMPARE(pairs(instead), left ? QStringList({"0 NULL", "1 NULL", "2 2"}) : QStringList({"2 2"}));
        }
    }

    void whatWaitsIsLetGoInPieces() {
        std::vector<Row> rows;
        for (int i = 0; i < 5'000; ++i) rows.push_back(at(10'000, i));
        DriveOptions options;
        options.batchRows = 16;  // a call may emit the more the larger this is
        std::vector<Feed> feeds = feedsOf(kLeftSide, rows);
        for (Feed& feed : feedsOf(kRightSide, {at(5'000, 7)})) feeds.push_back(std::move(feed));
        const Driven driven = tried(bound(onKeys()), {keyedStream(), keyedStream()}, feeds, options);
        QCOMPARE(driven.ports[kPairs].rows.size(), rows.size());
    }

    void isEmptyAtTheEnd() {
        DriveOptions stays;
        stays.leaves = true;
        const auto stateBehind = [&stays](const std::vector<Feed>& feeds) {
            return tried(bound(onKeys()), {keyedStream(), keyedStream()}, feeds, stays).states.front();
        };
        std::vector<Feed> feeds = feedsOf(kRightSide, {at(5'000, 7), at(6'000, 8), at(5'000, 9, "b")});
        feeds.back().batch.watermark = kMaxTimestamp;
        for (Feed& feed : feedsOf(kLeftSide, {at(5'000, 1), at(6'000, 2, "c")}))
            feeds.push_back(std::move(feed));
        QVERIFY(stateBehind(feeds) != stateBehind({}));  // left rows may still come
        feeds.back().batch.watermark = kMaxTimestamp;
        QVERIFY(stateBehind(feeds) == stateBehind({}));
    }

    void readsWhatDecidesAndWhatIsWanted() {
        const ColumnSet none(6, false), nobody(5, false);
        const auto read = [&](const StreamType& right, const std::vector<ColumnSet>& wanted) {
            return bound(onKeys(), keyedStream(), right)->reads(wanted, {keyedStream(), right});
        };
        const ColumnSet keyAndTime{true, false, true}, all(3, true);
        const ColumnSet rightValue{false, false, false, false, true, false};
        const ColumnSet value{false, true, false, false, false};
        QVERIFY((read(keyedStream(), {none, nobody, nobody, {}}) ==
                 std::vector<ColumnSet>{keyAndTime, keyAndTime}));
        QVERIFY((read(keyedStream(), {rightValue, nobody, nobody, {}}) ==
                 std::vector<ColumnSet>{keyAndTime, all}));
        QVERIFY((read(keyedStream(), {none, value, nobody, {}}) == std::vector<ColumnSet>{all, keyAndTime}));
        // Among made rows of one time all columns tell which is the last.
        StreamType windows = keyedStream();
        windows.made = true;
        windows.sourceOrder = false;
        QVERIFY((read(windows, {none, nobody, nobody, {}}) == std::vector<ColumnSet>{keyAndTime, all}));
    }

    void refusesWhatItCannotJoin() {
        StreamType timeless = keyedStream(), changing = keyedStream();
        timeless.eventTime = -1;
        changing.updating = true;
        changing.key = {0};
        QCOMPARE(refusal(onKeys(), keyedStream(), keyedStream()), QString());
        QVERIFY(refusal(onKeys(), timeless, keyedStream())
                    .contains("Which version a row meets is told by its event time"));
        QVERIFY(
            refusal(onKeys(), keyedStream(), timeless).contains("A version is valid from its event time on"));
        QCOMPARE(refusal(onKeys(), timeless, timeless).count("has none marked"), qsizetype{2});
        for (const QString& said :
             {refusal(onKeys(), changing, keyedStream()), refusal(onKeys(), keyedStream(), changing)})
            QVERIFY2(said.contains("sends changing rows") && said.contains("Join the rows before"),
                     qPrintable(said));
        QVERIFY(refusal({{"on", "left.v < right.v"}}, keyedStream(), keyedStream())
                    .contains("is said to equal one of"));
    }
};

QTEST_APPLESS_MAIN(TestTemporalJoin)
#include "test_temporal_join.moc"
