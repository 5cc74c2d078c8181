// pattern: Flink's results of its own MATCH_RECOGNIZE (disjoint conditions or reluctant quantifiers, where it
// follows the standard), what rows a match becomes, and errors of wrong parameters.
#include <QtTest>
#include <algorithm>

#include "tests/support/batch_of.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("pattern");
}

const StreamType& stream() {
    static const StreamType kStream = [] {
        StreamType type;
        type.schema = schemaOf({{"k", Type::of(TypeId::String)},
                                {"p", Type::of(TypeId::Int)},
                                {"ts", Type::of(TypeId::Timestamp)}});
        type.eventTime = 2;
        type.sourceOrder = true;
        return type;
    }();
    return kStream;
}

/// The rows of key a that Flink was given, a second apart.
std::vector<Row> prices() {
    std::vector<Row> rows;
    for (const int price : {10, 9, 7, 8, 12, 11, 5, 5, 6, 20}) {
        rows.push_back({std::string("a"), std::int32_t{price},
                        1'700'000'000'000 + 1'000 * static_cast<std::int64_t>(rows.size())});
    }
    return rows;
}

Json params(const Json& more) {
    Json out = {{"partition_by", Json::array({"k"})},
                {"pattern", "A B"},
                {"measures", Json::array({"COUNT(*) AS n"})},
                {"after_match", "PAST LAST ROW"},
                {"max_rows", 1'000}};
    out.update(more);
    return out;
}

BoundForTest bound(const Json& more) {
    return bindNode(node(), params(more), {{stream()}});
}

Driven driven(const Json& more) {
    const BoundForTest made = bound(more);
    if (!made.node) qFatal("%s", made.said().c_str());
    DriveOptions options;
    for (const StreamType& output : made.node->outputs) {
        options.shown.emplace_back(output.schema->size(), true);
        for (std::size_t i = 0; i < output.schema->size(); ++i) {
            const Field& field = output.schema->fields[i];
            options.shown.back()[i] = field.name != "k" && !field.type.is(TypeId::Timestamp);
        }
    }
    return drive(node(), made.node, {stream()}, feeds(1, batches(stream(), prices(), 3)), options);
}

/// The values of the made rows: “10 7 8; 9 7 8”.
QString valuesOf(const Driven& driven) {
    QStringList rows;
    for (const std::string& row : driven.ports[0].rows) {
        QString text = QString::fromStdString(row.substr(3));
        rows << text.remove(QRegularExpression(QStringLiteral("[a-z0-9]+="))).remove(u',');
    }
    return rows.join(QStringLiteral("; "));
}

const Json kVShape = {{"pattern", "S D+ U"},
                      {"define", Json::array({"D: (LAST(D.p, 1) IS NULL AND D.p < S.p) OR D.p < LAST(D.p, 1)",
                                              "U: U.p > LAST(D.p)"})},
                      {"measures", Json::array({"S.p AS s", "LAST(D.p) AS bottom", "U.p AS up"})}};

Json with(Json more, const char* name, const Json& value) {
    more[name] = value;
    return more;
}

Json counted(const char* pattern, const char* a, const char* b) {
    return {{"pattern", pattern},
            {"define", Json::array({std::string("A: ") + a, std::string("B AS ") + b})},
            {"measures", Json::array({"FIRST(A.p) AS f", "COUNT(A.p) AS n", "B.p AS b"})}};
}

}  // namespace

class TestPattern : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void givesWhatFlinkGives_data() {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const Json& more, const char* expected) {
            QTest::newRow(name) << QString::fromStdString(more.dump()) << QString::fromUtf8(expected);
        };
        row("V past last row", kVShape, "10 7 8");
        row("V to next row", with(kVShape, "after_match", "TO NEXT ROW"), "10 7 8; 9 7 8");
        row("V to last D", with(kVShape, "after_match", "TO LAST D"), "10 7 8");
        row("V to first D", with(kVShape, "after_match", "TO FIRST D"), "10 7 8; 9 7 8");
        for (const auto& [within, expected] :
             {std::pair{"2s", ""}, {"3s", "9 7 8"}, {"4s", "10 7 8; 9 7 8"}}) {
            const Json next = with(kVShape, "after_match", "TO NEXT ROW");
            row(("V within " + std::string(within)).c_str(), with(next, "within", within), expected);
        }
        row("A* B", counted("A* B", "A.p < 10", "B.p > 10"), "9 3 12; NULL 0 11; 5 3 20");
        row("A? B", counted("A? B", "A.p < 10", "B.p > 10"), "8 1 12; NULL 0 11; 6 1 20");
        row("A{2,4}? B", counted("A{2,4}? B", "A.p < 13", "B.p > 5"), "10 2 7; 8 2 11; 5 2 6");
        row("A+? B", counted("A+? B", "A.p < 13", "B.p > 5"), "10 1 9; 7 1 8; 12 1 11; 5 2 6");
        row("no definition of B",
            {{"define", Json::array({"A: A.p < 6"})}, {"measures", Json::array({"A.p AS x", "B.p AS y"})}},
            "5 5");
        row("no definition of B, next row",
            {{"define", Json::array({"A: A.p < 6"})},
             {"measures", Json::array({"A.p AS x", "B.p AS y"})},
             {"after_match", "TO NEXT ROW"}},
            "5 5; 5 6");
        row("an aggregate in a condition",
            {{"pattern", "A+ B"},
             {"define", Json::array({"A: AVG(A.p) < 9"})},
             {"measures", Json::array({"FIRST(A.p) AS f", "CAST(AVG(A.p) AS INT) AS mean", "B.p AS b"})}},
            "7 7 12; 5 5 20");
    }
    void givesWhatFlinkGives() {
        QFETCH(QString, given);
        QFETCH(QString, expected);
        const Driven run = driven(Json::parse(given.toStdString()));
        QVERIFY(run.problems.empty());
        QCOMPARE(valuesOf(run), expected);
    }

    void allRowsHaveTheMeasuresUpToThem() {
        const Json more = {
            {"pattern", "A {- B -} C"},
            {"define", Json::array({"A: p > 9", "B: p < A.p", "C: p < B.p"})},
            {"rows_per_match", "all"},
            {"measures", Json::array({"CLASSIFIER() AS c", "SUM(p) AS s", "FINAL SUM(p) AS t"})}};
        QCOMPARE(valuesOf(driven(more)), QStringLiteral("10 A 10 26; 7 C 26 26; 12 A 12 28; 5 C 28 28"));
    }

    void emptyMatchesHaveNoValues() {
        const Json more = {
            {"pattern", "A*"},
            {"define", Json::array({"A: p > 10"})},
            {"measures", Json::array({"MATCH_NUMBER() AS m", "LAST(A.p) AS l", "COUNT(*) AS n"})}};
        QCOMPARE(valuesOf(driven(more)),
                 QStringLiteral(
                     "1 NULL 0; 2 NULL 0; 3 NULL 0; 4 NULL 0; 5 11 2; 6 NULL 0; 7 NULL 0; 8 NULL 0; 9 20 1"));
    }

    void searchesThatGoOnForEverAreRejected() {
        const Driven run = driven({{"define", Json::array({"A: p = 12"})}, {"after_match", "TO FIRST A"}});
        QVERIFY(run.ports[0].rows.empty());
        QCOMPARE(run.rejected.size(), std::size_t{1});
        QVERIFY(run.rejected[0].find("for ever") != std::string::npos);
    }

    void theStepLimitFailsVisibly() {
        const Json more = {
            {"pattern", "A* B* C* D"}, {"define", Json::array({"D: p > 100"})}, {"step_limit", 50}};
        const Driven run = driven(more);
        QVERIFY(run.ports[0].rows.empty());
        QVERIFY(!run.rejected.empty());
        QVERIFY(run.rejected[0].find("A* B* C* D") != std::string::npos);
        QVERIFY(run.rejected[0].find("step_limit") != std::string::npos);
    }

    void wrongParametersAreRefused_data() {
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* param, const Json& value, const char* said) {
            QTest::newRow(said) << QString::fromUtf8(param) << QString::fromStdString(value.dump())
                                << QString::fromUtf8(said);
        };
        row("pattern", "A B)", "closes nothing");
        row("define", Json::array({"X: p > 1"}), "no variable “X”");
        row("define", Json::array({"A: p > 1", "A: p > 2"}), "defined twice");
        row("define", Json::array({"p > 1"}), "names no variable");
        row("define", Json::array({"A: p"}), "true or false");
        row("define", Json::array({"A: C.p > 1"}), "no variable “C”");
        row("define", Json::array({"A: PREV(A.p + B.p) > 1"}), "different variables");
        row("define", Json::array({"A: PREV(p, p) > 1"}), "whole number");
        row("define", Json::array({"A: FINAL LAST(p) > 1"}), "before the match is final");
        row("define", Json::array({"A: LISTAGG(k) = 'x'"}), "not computed over the rows");
        row("measures", Json::array({"LAST(A.q) AS q"}), "No column “q”");
        row("measures", Json::array({"COUNT(*) AS n", "SUM(p) AS n"}), "taken");
        row("measures", Json::array(), "no measure");
        row("after_match", "TO C", "no variable “C”");
        row("after_match", "ANYWHERE", "where the search goes on");
        row("max_rows", nullptr, "Nothing bounds a match");
    }
    void wrongParametersAreRefused() {
        QFETCH(QString, param);
        QFETCH(QString, value);
        QFETCH(QString, said);
        Json more = params(Json::object());
        const Json given = Json::parse(value.toStdString());
        more[param.toStdString()] = given;
        if (given.is_null()) more.erase(param.toStdString());
        const BoundForTest wrong = bindNode(node(), more, {{stream()}});
        QVERIFY(!wrong.node);
        QVERIFY2(QString::fromStdString(wrong.said()).contains(said), wrong.said().c_str());
    }
};

QTEST_APPLESS_MAIN(TestPattern)
#include "test_pattern.moc"
