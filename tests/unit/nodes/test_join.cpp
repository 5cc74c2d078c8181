// join: its bound form: the columns and the key of its output, the columns it reads, its messages.
#include <QtTest/QtTest>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Columns = std::vector<int>;

const NodeKind& kind() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("join");
}

/// Rows a, b, ts that stay.
StreamType stays() {
    StreamType stream;
    stream.schema = schemaOf(
        {{"a", Type::of(TypeId::Int)}, {"b", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    stream.eventTime = 2;
    stream.sourceOrder = true;
    return stream;
}

/// The same as a table.
StreamType keyed(Columns key) {
    StreamType stream = stays();
    stream.eventTime = -1;
    stream.updating = true;
    stream.key = std::move(key);
    return stream;
}

StreamType unnamed() {
    StreamType stream = keyed({});
    stream.multiset = true;
    return stream;
}

BoundForTest boundOf(const StreamType& left, const StreamType& right, const char* joinKind = "inner",
                     const char* on = "left.a = right.a", const char* ttl = nullptr) {
    Json params = {{"on", on}, {"kind", joinKind}};
    if (ttl) params["state_ttl"] = ttl;
    return bindNode(kind(), params, {{left}, {right}});
}

StreamType outputOf(const StreamType& left, const StreamType& right, const char* joinKind = "inner",
                    const char* on = "left.a = right.a") {
    const BoundForTest bound = boundOf(left, right, joinKind, on);
    if (!bound.node) qFatal("%s", bound.said().c_str());
    return bound.node->outputs[0];
}

Columns keyOf(const StreamType& left, const StreamType& right, const char* joinKind, const char* on) {
    const StreamType output = outputOf(left, right, joinKind, on);
    if (!output.updating || output.multiset != output.key.empty()) qFatal("a key of what is no table");
    return output.key;
}

}  // namespace

class TestJoin : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsThatStayMakePairsThatStay() {
        const StreamType pairs = outputOf(stays(), stays());
        std::string names;
        for (const Field& field : pairs.schema->fields) names += field.name + " ";
        QCOMPARE(names, std::string("a b ts a_right b_right ts_right "));
        QVERIFY(!pairs.updating && !pairs.multiset && pairs.key.empty());
        QVERIFY(pairs.made && !pairs.windowed && !pairs.sourceOrder);
        QCOMPARE(pairs.eventTime, -1);
        for (const char* joinKind : {"left", "right", "full"}) {
            const StreamType rows = outputOf(stays(), stays(), joinKind);
            QVERIFY(rows.updating && rows.multiset && rows.key.empty());
        }
    }

    void theKeyNamesEachRow_data() {
        QTest::addColumn<QByteArray>("joinKind");
        QTest::addColumn<QByteArray>("on");
        QTest::addColumn<QList<int>>("key");
        const auto row = [](const char* name, const char* joinKind, const char* on, const QList<int>& key) {
            QTest::newRow(name) << QByteArray(joinKind) << QByteArray(on) << key;
        };
        // Both have the key a.
        row("one right row each", "inner", "left.b = right.a", {0, 1});
        row("one right row each, or none", "left", "left.b = right.a", {0, 1});
        row("one left row each", "inner", "left.a = right.b", {3, 4});
        row("one left row each, or none", "right", "left.a = right.b", {3, 4});
        row("one of each", "inner", "left.a = right.a", {0});
        row("one of each, left alone", "left", "left.a = right.a", {0});
        row("one of each, right alone", "right", "left.a = right.a", {3});
        row("many of each", "inner", "left.b = right.b", {0, 3, 1});
        row("many of each, left alone", "left", "left.b = right.b", {0, 3, 1});
        row("many of each, right alone", "right", "left.b = right.b", {0, 3, 4});
        row("one left row, left alone", "left", "left.a = right.b", {0, 3});
        row("one right row, right alone", "right", "left.b = right.a", {0, 3});
        row("all alone", "full", "left.a = right.a", {});
    }
    void theKeyNamesEachRow() {
        QFETCH(QByteArray, joinKind);
        QFETCH(QByteArray, on);
        QFETCH(QList<int>, key);
        const Columns expected(key.begin(), key.end());
        QCOMPARE(keyOf(keyed({0}), keyed({0}), joinKind.constData(), on.constData()), expected);
        QCOMPARE(keyOf(stays(), keyed({0}), joinKind.constData(), on.constData()), Columns{});
        QCOMPARE(keyOf(keyed({0}), unnamed(), joinKind.constData(), on.constData()), Columns{});
    }

    void aTableOfOneRow() {
        QCOMPARE(keyOf(keyed({0}), keyed({}), "left", "left.b = right.b"), (Columns{0, 1}));
        QCOMPARE(keyOf(keyed({}), keyed({}), "inner", "left.b = right.b"), (Columns{1}));
    }

    void readsWhatTellsItsRowsApart() {
        const auto read = [](const StreamType& left, const char* ttl = nullptr) {
            const BoundForTest bound = boundOf(left, stays(), "inner", "left.b = right.b", ttl);
            return bound.node->reads({ColumnSet(6), ColumnSet(4)}, {left, stays()})[0];
        };
        QCOMPARE(read(stays()), (ColumnSet{false, true, false}));
        QCOMPARE(read(stays(), "1h"), (ColumnSet{false, true, true}));
        QCOMPARE(read(keyed({0})), (ColumnSet{true, true, false}));
        QCOMPARE(read(unnamed()), (ColumnSet{true, true, true}));
    }

    void saysThatItGrows() {
        const auto said = [](const StreamType& left, const StreamType& right, const char* ttl = nullptr) {
            const BoundForTest bound = boundOf(left, right, "inner", "left.a = right.a", ttl);
            if (!bound.node || bound.issues.size() > 1) qFatal("%s", bound.said().c_str());
            if (bound.issues.empty()) return QString();
            const Issue& issue = bound.issues.front();
            if (issue.severity != Severity::Warning || issue.param != "state_ttl") qFatal("another issue");
            if (issue.quickFixes.at(0).value != Json("1d")) qFatal("another fix");
            return QString::fromStdString(english(issue));
        };
        QVERIFY(said(stays(), stays()).contains(QStringLiteral("kept for ever")));
        QVERIFY(said(keyed({0}), unnamed()).contains(QStringLiteral("kept for ever")));
        QCOMPARE(said(keyed({0}), keyed({0})), QString());
        QCOMPARE(said(stays(), stays(), "1h"), QString());
        QVERIFY(boundOf(stays(), stays(), "inner", "left.a = right.a", "1h").node->readsStamps);
        QVERIFY(!boundOf(stays(), stays()).node->readsStamps);
    }

    void somethingMustBeEqual() {
        const BoundForTest bound = boundOf(stays(), keyed({0}), "inner", "left.a > right.a");
        QVERIFY(!bound.node);
        QVERIFY2(
            bound.said().find("No column of “left” is said to equal one of “right”.") != std::string::npos,
            bound.said().c_str());
    }

    /// What a key is, what stands in its place, and where that is to be computed.
    void aKeyIsNotComputed() {
        const auto said = [](const char* on) {
            const BoundForTest bound = boundOf(stays(), keyed({0}), "inner", on);
            return bound.node ? std::string("it binds") : bound.said();
        };
        const std::string right = said("left.a = ABS(right.a + right.b)");
        QVERIFY2(right.find("A key is a column of each side, and ABS(right.a + right.b) is none.") !=
                     std::string::npos,
                 right.c_str());
        QVERIFY2(right.find("Compute ABS(a + b) in a Select before the join, on the wire into “right”") !=
                     std::string::npos,
                 right.c_str());
        const std::string left = said("left.b > 1 AND ABS(left.a) = right.a");
        QVERIFY2(left.find("Compute ABS(a) in a Select before the join, on the wire into “left”") !=
                     std::string::npos,
                 left.c_str());
        // Of both sides, or of none: no Select computes that before.
        for (const char* on : {"left.a = left.b + right.a", "left.a = 1 + 2"}) {
            const std::string neither = said(on);
            QVERIFY2(neither.find("is said to equal one of") != std::string::npos, neither.c_str());
        }
        // A key besides is enough.
        QCOMPARE(said("left.a = right.a AND left.b = ABS(right.b)"), std::string("it binds"));
    }

    void aSelectBeforeComputesTheKey_data() {
        QTest::addColumn<QByteArray>("on");
        QTest::addColumn<QByteArray>("port");
        QTest::addColumn<QByteArray>("columns");
        QTest::addColumn<QByteArray>("then");
        const auto row = [](const char* name, const char* on, const char* port, const char* columns,
                            const char* then) {
            QTest::newRow(name) << QByteArray(on) << QByteArray(port) << QByteArray(columns)
                                << QByteArray(then);
        };
        row("in place of its column", "left.a = ABS(right.b)", "right", R"(["a","ABS(b) AS b","ts"])",
            "left.a = right.b");
        row("the other way around", "ABS(left.b) = right.a AND left.ts > right.ts", "left",
            R"(["a","ABS(b) AS b","ts"])", "left.b = right.a AND left.ts > right.ts");
        row("the column is needed as it is", "left.a = ABS(right.b) AND right.b > 3", "right",
            R"(["a","b","ts","ABS(b) AS b_key"])", "left.a = right.b_key AND right.b > 3");
        row("the key of changing rows", "left.a = ABS(right.a)", "right",
            R"(["a","b","ts","ABS(a) AS a_key"])", "left.a = right.a_key");
        row("of two columns", "left.a = (right.a + 1) * right.b", "right",
            R"(["a","b","ts","(a + 1) * b AS a_key"])", "left.a = right.a_key");
    }
    void aSelectBeforeComputesTheKey() {
        QFETCH(QByteArray, on);
        QFETCH(QByteArray, port);
        QFETCH(QByteArray, columns);
        QFETCH(QByteArray, then);
        const BoundForTest bound = boundOf(stays(), keyed({0}), "inner", on.constData());
        QVERIFY(!bound.node);
        QCOMPARE(bound.issues.size(), std::size_t{1});
        QCOMPARE(bound.issues.front().quickFixes.size(), std::size_t{1});
        const QuickFix& fix = bound.issues.front().quickFixes.front();
        QVERIFY(fix.kind == QuickFix::Kind::AddNode);
        QCOMPARE(fix.param, std::string("select"));
        QCOMPARE(QByteArray::fromStdString(fix.port), port);
        QCOMPARE(QByteArray::fromStdString(fix.value["columns"].dump()), columns);
        QCOMPARE(fix.then.size(), std::size_t{1});
        QCOMPARE(fix.then.front().param, std::string("on"));
        QCOMPARE(QByteArray::fromStdString(fix.then.front().value.get<std::string>()), then);
    }

    /// A name that the other side has would give a column of the result another one. A word of SQL stands in
    /// back quotes where it has no prefix, and the bounds of a window stay as they are.
    void theComputedColumnHasANameOfItsOwn() {
        const Type number = Type::of(TypeId::Int);
        StreamType left = keyed({0});
        left.schema = schemaOf({{"a", number},
                                {"a_key", number},
                                {"case", number},
                                {"window_start", Type::of(TypeId::Timestamp)}});
        left.windowed = true;
        const auto fixOf = [&left](const char* on) {
            const BoundForTest bound = boundOf(left, keyed({0}), "inner", on);
            if (bound.issues.empty() || bound.issues.front().quickFixes.empty())
                return std::string("no fix: ") + bound.said();
            const QuickFix& fix = bound.issues.front().quickFixes.front();
            return fix.value["columns"].dump() + ' ' + fix.then.at(0).value.get<std::string>();
        };
        QCOMPARE(fixOf("left.a_key = ABS(right.a)"),
                 std::string(R"(["a","b","ts","ABS(a) AS a_key_2"] left.a_key = right.a_key_2)"));
        QCOMPARE(
            fixOf("ABS(left.case) = right.a"),
            std::string(R"(["a","a_key","ABS(`case`) AS `case`","window_start"] left.`case` = right.a)"));
        const std::string window = fixOf("FLOOR(left.window_start TO HOUR) = right.ts");
        QVERIFY2(window.ends_with("left.window_start_key = right.ts"), window.c_str());
    }

    void whatIsNoKeyEvenThenHasNoFix() {
        // Another type, and computed on the other side, too.
        for (const char* on : {"left.a = CAST(right.b AS STRING)", "left.a + 1 = ABS(right.b) || 'x'"}) {
            const BoundForTest bound = boundOf(stays(), stays(), "inner", on);
            QVERIFY(!bound.node);
            QVERIFY(bound.issues.front().quickFixes.empty() ||
                    bound.issues.front().quickFixes.front().kind != QuickFix::Kind::AddNode);
        }
    }

    void goesByTheColumnsThatAreEqual() {
        const BoundForTest bound = boundOf(stays(), stays(), "inner", "right.b = left.a AND left.b > 1");
        QVERIFY(bound.node->distribution.kind == Distribution::Kind::Keyed);
        QCOMPARE(bound.node->distribution.keys, (std::vector<Columns>{{0}, {1}}));
    }
};

QTEST_APPLESS_MAIN(TestJoin)
#include "test_join.moc"
