// filter, select, union and event_time: their output, refusals and rejected rows.
#include <QtTest>

#include <set>

#include "core/stream/stamper.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& kindOf(const char* type) {
    static const Catalogue kinds = builtin();
    return *kinds.find(type);
}

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

QStringList shown(const std::vector<std::string>& lines) {
    QStringList out;
    for (const std::string& line : lines) out << shown(line);
    return out;
}

StreamType pairs() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(
        Schema{{{"a", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}}});
    stream.eventTime = 1;
    return stream;
}

/// The result of a drive without a breach.
Driven checked(Driven driven) {
    if (!driven.status.ok()) qFatal("%s", english(driven.status.error()).c_str());
    if (!driven.problems.empty()) qFatal("%s", driven.problems.front().c_str());
    return driven;
}

Driven run(const char* type, const Json& params, const StreamType& input, const std::vector<Row>& rows,
           bool nullOnError = false) {
    const NodeKind& kind = kindOf(type);
    const BoundForTest bound = bindNode(kind, params, {{input}});
    if (!bound.node) qFatal("%s", bound.said().c_str());
    return checked(drive(kind, bound.node, {input}, batches(input, rows, 2), nullOnError));
}

QString refusal(const char* type, const Json& params, const std::vector<StreamType>& wires) {
    const BoundForTest bound = bindNode(kindOf(type), params, {wires});
    return bound.node ? QString() : shown(bound.said());
}

const std::vector<Row> kRows{
    {1, Instant{5'000}}, {0, Instant{6'000}}, {Value{}, Instant{1'000}}, {4, Instant{9'000}}};

}  // namespace

class TestStateless : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void filterKeepsWhatIsTrue() {
        const Driven driven = run("filter", {{"condition", "a >= 1"}}, pairs(), kRows);
        QCOMPARE(shown(driven.ports[0].rows),
                 QStringList({"+I a=1, ts=1970-01-01 00:00:05.000", "+I a=4, ts=1970-01-01 00:00:09.000"}));
        QVERIFY(driven.rejected.empty());
    }

    void filterRejectsRowsThatFail() {
        const Json params = {{"condition", "4 / a >= 1"}};
        const Driven driven = run("filter", params, pairs(), kRows);
        const QStringList kept{"+I a=1, ts=1970-01-01 00:00:05.000", "+I a=4, ts=1970-01-01 00:00:09.000"};
        QCOMPARE(shown(driven.ports[0].rows), kept);
        QCOMPARE(driven.rejected.size(), std::size_t{1});
        QVERIFY2(shown(driven.rejected[0]).startsWith("a=0, ts=1970-01-01 00:00:06.000: ") &&
                     shown(driven.rejected[0]).endsWith("Division by zero."),
                 driven.rejected[0].c_str());
        const Driven nulled = run("filter", params, pairs(), kRows, true);
        QVERIFY(nulled.rejected.empty());
        QCOMPARE(shown(nulled.ports[0].rows), kept);
    }

    void filterCountsRowsWhoseConditionIsNull() {
        const auto dropped = [](const char* condition, const std::vector<Row>& rows, bool nulled = false) {
            return run("filter", {{"condition", condition}}, pairs(), rows, nulled).nullDropped;
        };
        const std::vector<Row> all{
            {Value{}, Instant{1'000}}, {Value{}, Instant{2'000}}, {Value{}, Instant{3'000}}};
        const std::vector<Row> none{{1, Instant{1'000}}, {0, Instant{2'000}}};
        QCOMPARE(dropped("a >= 1", kRows), std::size_t{1});  // and one because it is false
        QCOMPARE(dropped("NOT a >= 1", kRows), std::size_t{1});
        QCOMPARE(dropped("a >= 1", all), std::size_t{3});
        QCOMPARE(dropped("a >= 1", none), std::size_t{0});
        QCOMPARE(dropped("a IS NOT NULL", kRows), std::size_t{0});
        QCOMPARE(dropped("NULL", kRows), kRows.size());
        // One that fails is rejected, unless it is to count as NULL.
        QCOMPARE(dropped("4 / a >= 1", kRows), std::size_t{1});
        QCOMPARE(dropped("4 / a >= 1", kRows, true), std::size_t{2});
        QCOMPARE(dropped("1 / 0 = 1", kRows), std::size_t{0});
        // What the message recommends keeps them.
        const Driven kept = run("filter", {{"condition", "(a >= 1) IS NOT FALSE"}}, pairs(), kRows);
        QCOMPARE(kept.nullDropped, std::size_t{0});
        QCOMPARE(kept.ports[0].rows.size(), std::size_t{3});
    }

    void filterSaysWhatIsWrongWithItsCondition() {
        const BoundForTest bound = bindNode(kindOf("filter"), {{"condition", "aa > 1"}}, {{pairs()}});
        QVERIFY(!bound.node && bound.issues.size() == 1);
        const Issue& issue = bound.issues[0];
        QVERIFY(issue.param == "condition" && issue.position == 0 && issue.length == 2);
        QVERIFY(!issue.quickFixes.empty() && issue.quickFixes[0].value == "a > 1");
        QVERIFY(refusal("filter", {{"condition", "a + 1"}}, {pairs()})
                    .contains("A condition is true or false; this gives INT."));
    }

    void filterReadsItsCondition() {
        const BoundForTest bound =
            bindNode(kindOf("filter"), {{"condition", "v > 1 OR b"}}, {{sampleStream()}});
        const ColumnSet nobody(5, false);
        const ColumnSet expected{false, true, false, true, false};
        QVERIFY(bound.node->reads({nobody, {}}, {sampleStream()}).front() == expected);
    }

    void selectComputesAndRenames() {
        const Json params = {{"columns", {"a * 2 AS twice", "ts AS at", "*"}}};
        const BoundForTest bound = bindNode(kindOf("select"), params, {{pairs()}});
        QVERIFY2(bound.node, bound.said().c_str());
        QCOMPARE(bound.node->outputs[0].eventTime, 1);  // renamed, still event time
        const Driven driven = run("select", params, pairs(), kRows);
        QCOMPARE(shown(driven.ports[0].rows[0]),
                 QString("+I twice=2, at=1970-01-01 00:00:05.000, a=1, ts=1970-01-01 00:00:05.000"));
        QCOMPARE(shown(driven.ports[0].rows[2]),
                 QString("+I twice=NULL, at=1970-01-01 00:00:01.000, a=NULL, ts=1970-01-01 00:00:01.000"
                         " after 3000"));
    }

    void selectRejectsRowsThatFailOnce() {
        const Json params = {{"columns", {"a", "1 / a AS x", "2 / a AS y"}}};
        const Driven driven = run("select", params, pairs(), kRows);
        QCOMPARE(shown(driven.ports[0].rows),
                 QStringList({"+I a=1, x=1, y=2", "+I a=NULL, x=NULL, y=NULL", "+I a=4, x=0, y=0"}));
        QCOMPARE(driven.rejected.size(), std::size_t{1});
        const Driven nulled = run("select", params, pairs(), kRows, true);
        QVERIFY(nulled.rejected.empty());
        QCOMPARE(shown(nulled.ports[0].rows[1]), QString("+I a=0, x=NULL, y=NULL"));
    }

    void selectWithoutTheTimeColumnEndsEventTime() {
        const BoundForTest bound =
            bindNode(kindOf("select"), {{"columns", {"a", "COALESCE(ts, ts) AS ts"}}}, {{pairs()}});
        QVERIFY2(bound.node, bound.said().c_str());
        QCOMPARE(bound.node->outputs[0].eventTime, -1);
    }

    void selectKeepsTheKeyOfChangingRows() {
        StreamType changing = sampleStream();
        changing.updating = true;
        changing.key = {0, 1};
        const BoundForTest kept =
            bindNode(kindOf("select"), {{"columns", {"d", "v", "k AS name"}}}, {{changing}});
        QVERIFY2(kept.node, kept.said().c_str());
        QVERIFY((kept.node->outputs[0].updating && kept.node->outputs[0].key == std::vector<int>{2, 1}));
        const BoundForTest lost =
            bindNode(kindOf("select"), {{"columns", {"k", "v + 1 AS v"}}}, {{changing}});
        QVERIFY(!lost.node && lost.issues.size() == 1);
        QVERIFY(shown(lost.said()).contains("“v” is part of their key"));
        QCOMPARE(lost.issues[0].quickFixes[0].value.size(), std::size_t{3});
    }

    void aChangeOfWhichHalfIsLeftOutStandsForItself() {
        StreamType changing = pairs();
        changing.updating = true;
        changing.key = {1};
        const Instant key = 5'000;
        std::vector<Batch> changes = batches(changing, {{2, key}, {2, key}, {0, key}, {0, key}, {4, key}}, 5);
        using enum RowKind;
        changes[0].kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector<RowKind>{Insert, UpdateBefore, UpdateAfter, UpdateBefore, UpdateAfter});
        const auto changed = [&](const char* type, const Json& params) {
            const BoundForTest bound = bindNode(kindOf(type), params, {{changing}});
            if (!bound.node) qFatal("%s", bound.said().c_str());
            return checked(drive(kindOf(type), bound.node, {changing}, changes));
        };
        const QStringList expected{"+I a=2, ts=1970-01-01 00:00:05.000", "-D a=2, ts=1970-01-01 00:00:05.000",
                                   "+I a=4, ts=1970-01-01 00:00:05.000"};
        QCOMPARE(shown(changed("filter", {{"condition", "a > 1"}}).ports[0].rows), expected);

        // A row that can't be computed is rejected when it comes, not once more when it is taken back.
        const Driven failing = changed("select", {{"columns", {"8 / (8 / a) AS a", "ts"}}});
        QCOMPARE(shown(failing.ports[0].rows), expected);
        QCOMPARE(failing.rejected.size(), std::size_t{1});
    }

    void selectKeepsWindowsThatItDoesNotTouch() {
        StreamType windows = pairs();
        windows.schema = std::make_shared<const Schema>(Schema{{{"window_start", Type::of(TypeId::Timestamp)},
                                                                {"window_end", Type::of(TypeId::Timestamp)},
                                                                {"window_time", Type::of(TypeId::Timestamp)},
                                                                {"n", Type::of(TypeId::Bigint)}}});
        windows.eventTime = 2;
        windows.made = windows.windowed = true;
        const auto windowed = [&](const Json& columns) {
            const BoundForTest bound = bindNode(kindOf("select"), {{"columns", columns}}, {{windows}});
            if (!bound.node) qFatal("%s", bound.said().c_str());
            return bound.node->outputs[0].windowed;
        };
        QVERIFY(windowed({"window_end", "n + 1 AS m", "window_start AS s", "window_start", "window_time"}));
        QVERIFY(!windowed({"window_end", "window_time"}));
        QVERIFY(!windowed({"'then' AS window_start", "window_end", "window_time"}));
        QVERIFY(!windowed({"window_end AS window_start", "window_start AS window_end", "window_time"}));
    }

    void selectReportsEveryWrongItem() {
        const BoundForTest bound =
            bindNode(kindOf("select"),
                     {{"columns", {"aa", "a", "a", "a +", "1 + 1", "NULL AS n", "INTERVAL '1' DAY AS d"}}},
                     {{pairs()}});
        std::set<int> items;
        for (const Issue& issue : bound.issues) items.insert(issue.item);
        QVERIFY((items == std::set<int>{0, 2, 3, 4, 5, 6}));
    }

    void selectReadsWhatIsWantedOrCanFail() {
        const BoundForTest bound = bindNode(
            kindOf("select"), {{"columns", {"k", "10 / v AS q", "d AS e", "b"}}}, {{sampleStream()}});
        const ColumnSet onlyE{false, false, true, false};
        const ColumnSet expected{false, true, true, false, false};
        QVERIFY(bound.node->reads({onlyE, {}}, {sampleStream()}).front() == expected);
    }

    void unionWantsOneSchema() {
        QCOMPARE(refusal("union", {}, {pairs(), pairs()}), QString());
        StreamType other = sampleStream();
        QVERIFY2(refusal("union", {}, {pairs(), other})
                     .contains("column 1 of “S0” is “a INT”, of “S1” it is “k STRING”"),
                 qPrintable(refusal("union", {}, {pairs(), other})));
        StreamType timeless = pairs();
        timeless.eventTime = -1;
        const BoundForTest mixed = bindNode(kindOf("union"), {}, {{pairs(), timeless}});
        QVERIFY(mixed.node && mixed.node->outputs[0].eventTime == -1);
        QCOMPARE(mixed.issues.size(), std::size_t{1});
        QVERIFY(mixed.issues[0].severity == Severity::Warning);
        QVERIFY2(shown(mixed.said()).contains("Mark the same column in each"), mixed.said().c_str());
    }

    // The property of a row that selects the version of a table in a recorded run must hold for all of them.
    void unionWithRowsThatWereHeldHasSuch() {
        StreamType sorted = pairs();
        sorted.held = true;
        for (const auto& wires : {std::vector{pairs(), sorted}, std::vector{sorted, pairs()}}) {
            const BoundForTest bound = bindNode(kindOf("union"), {}, {wires});
            QVERIFY2(bound.node, bound.said().c_str());
            QVERIFY(bound.node->outputs.front().held);
        }
        const BoundForTest plain = bindNode(kindOf("union"), {}, {{pairs(), pairs()}});
        QVERIFY(plain.node && !plain.node->outputs.front().held);
    }

    void unionOfChangingRowsForgetsTheirKeys() {
        StreamType changing = pairs();
        changing.updating = changing.made = true;
        changing.key = {0};
        changing.eventTime = -1;
        const auto united = [](const std::vector<StreamType>& wires) {
            const BoundForTest bound = bindNode(kindOf("union"), {}, {wires});
            if (!bound.node || !bound.issues.empty()) qFatal("%s", bound.said().c_str());
            return bound.node->outputs[0];
        };
        QVERIFY(united({changing}) == changing);
        for (const auto& wires : {std::vector{pairs(), changing}, std::vector{changing, pairs()}}) {
            const StreamType both = united(wires);
            QVERIFY(both.updating && both.multiset && both.made && both.key.empty());
            QCOMPARE(both.eventTime, -1);
        }
        QVERIFY(!united({pairs(), pairs()}).updating);
        // Columns that are no key may be left out, and a withdrawal has to equal the row in the rest alone.
        const StreamType nameless = united({changing, changing});
        const BoundForTest some = bindNode(kindOf("select"), {{"columns", {"a"}}}, {{nameless}});
        QVERIFY2(some.node, some.said().c_str());
        QVERIFY(some.node->outputs[0].multiset && some.node->outputs[0].key.empty());
        const BoundForTest kept = bindNode(kindOf("filter"), {{"condition", "a > 1"}}, {{nameless}});
        QVERIFY(kept.node->outputs[0] == nameless);
    }

    void eventTimeGivesNewStamps() {
        StreamType input = pairs();
        input.eventTime = -1;
        const NodeKind& kind = kindOf("event_time");
        const Json params = {{"column", "ts"}, {"watermark_delay", "2s"}};
        const BoundForTest bound = bindNode(kind, params, {{input}});
        QVERIFY2(bound.node, bound.said().c_str());
        QVERIFY(bound.node->assignsEventTime && bound.node->outputs[0].eventTime == 1);
        std::vector<Row> rows = kRows;
        rows.push_back({5, Value{}});
        const Driven driven = checked(drive(kind, bound.node, {input}, batches(input, rows, 2)));
        QCOMPARE(shown(driven.ports[0].rows),
                 QStringList({"+I a=1, ts=1970-01-01 00:00:05.000", "+I a=0, ts=1970-01-01 00:00:06.000",
                              "+I a=NULL, ts=1970-01-01 00:00:01.000 after 4000",
                              "+I a=4, ts=1970-01-01 00:00:09.000"}));
        QCOMPARE(driven.rejected.size(), std::size_t{1});
        QVERIFY2(shown(driven.rejected[0]).startsWith("a=5, ts=NULL: ") &&
                     shown(driven.rejected[0]).contains("The event time is NULL."),
                 driven.rejected[0].c_str());
        QCOMPARE(driven.ports[0].watermark, kMaxTimestamp);
    }

    void eventTimeRefusals() {
        const Json params = {{"column", "ts"}};
        StreamType made = pairs();
        made.made = true;
        QVERIFY(refusal("event_time", params, {made}).contains("“S0” makes its rows itself"));
        StreamType changing = pairs();
        changing.updating = true;
        changing.key = {0};
        QVERIFY(refusal("event_time", params, {changing}).contains("sends changing rows"));
        QVERIFY(refusal("event_time", {{"column", "a"}}, {pairs()})
                    .contains("“a” is INT; event time is a TIMESTAMP."));
        QVERIFY(refusal("event_time", {{"column", "tz"}}, {pairs()}).contains("Replace with “ts”?"));
    }
};

QTEST_APPLESS_MAIN(TestStateless)
#include "test_stateless.moc"
