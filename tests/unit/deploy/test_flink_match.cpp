// Row patterns as MATCH_RECOGNIZE of Flink: texts, refusals, and conditions that exclude each other.
#include "tests/unit/deploy/flink_text.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

struct Match {
    const char* pattern = "F{3,} S";
    Json define = Json::array({"F: s = 'failed'", "S: s = 'ok'"});
    Json measures = Json::array({"COUNT(*) AS n"});
    const char* after = "PAST LAST ROW";
    Json more = {{"within", "1min"}};
};

FlinkText matched(const Match& match) {
    Json params{{"pattern", match.pattern},
                {"define", match.define},
                {"measures", match.measures},
                {"after_match", match.after}};
    params.update(match.more);
    return {{timedSource("rows", {"k STRING", "s STRING", "p INT", "flag BOOLEAN"}),
             nodeOf("m", "pattern", std::move(params)), sinkOf("out"), sinkOf("late")},
            {"rows>m", "m>out", "m.late>late"}};
}

/// What is refused of it, without the ways out.
std::string refusals(const Match& match) {
    const FlinkText flink = matched(match);
    std::string out;
    for (const Remark& remark : flink.remarks("m")) {
        if (remark.verdict == Verdict::Refused) {
            if (remark.fix.empty()) out += "(no way out) ";
            out += english(remark.what) + "\n";
        }
    }
    return out;
}

}  // namespace

class TestFlinkMatch : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void failuresThenSuccess() {
        const FlinkText flink =
            matched({.measures = {"COUNT(F.p) AS failures", "SUM(F.p) AS total", "AVG(F.p) AS mean",
                                  "LAST(F.p, 1) - FIRST(p) AS step", "'x' AS word", "S.ts AS done"},
                     .more = {{"partition_by", {"k"}}, {"within", "1min"}}});
        COMPARE_TEXT(flink.view("m"),
                     "SELECT CAST(`k` AS STRING) AS `k`, `failures`, `total`, `mean`, `step`, CAST(`word` AS "
                     "STRING) AS `word`,\n"
                     "  CAST(`done` AS TIMESTAMP(3)) AS `done`, CAST(`match_start` AS TIMESTAMP(3)) AS "
                     "`match_start`,\n"
                     "  `match_end`\n"
                     "FROM `m$in` MATCH_RECOGNIZE (\n"
                     "  PARTITION BY `k` ORDER BY `ts`\n"
                     "  MEASURES\n"
                     "    COUNT(`F`.`p`) AS `failures`,\n"
                     "    SUM(CAST(`F`.`p` AS BIGINT)) AS `total`,\n"
                     "    AVG(CAST(`F`.`p` AS DOUBLE)) AS `mean`,\n"
                     "    LAST(`F`.`p`, 1) - FIRST(`p`) AS `step`,\n"
                     "    'x' AS `word`,\n"
                     "    `S`.`ts` AS `done`,\n"
                     "    FIRST(`ts`) AS `match_start`,\n"
                     "    MATCH_ROWTIME() AS `match_end`\n"
                     "  ONE ROW PER MATCH\n"
                     "  AFTER MATCH SKIP PAST LAST ROW\n"
                     "  PATTERN (`F`{3,} `S`) WITHIN INTERVAL '1' MINUTE\n"
                     "  DEFINE\n"
                     "    `F` AS `F`.`s` = 'failed',\n"
                     "    `S` AS `S`.`s` = 'ok')");
        VERIFY_HOLDS(flink.view("m$late"), "WHERE `ts` <= CURRENT_WATERMARK(`ts`)");
        QCOMPARE(flink.verdict("m"), Verdict::Exact);
    }

    /// The row before is one of the match where rows of the match come before.
    void theRowBefore() {
        const FlinkText flink =
            matched({.pattern = "S D+ U", .define = {"D: p < PREV(p)", "U: U.p > PREV(U.p, 1)"}});
        VERIFY_HOLDS(flink.view("m"),
                     "    `D` AS `D`.`p` < LAST(`p`, 1),\n    `U` AS `U`.`p` > LAST(`p`, 1))");
        QCOMPARE(flink.verdict("m"), Verdict::Exact);
        const std::string beyond = "Flink has no PREV and NEXT, and does not look beyond the match.\n";
        COMPARE_TEXT(refusals({.pattern = "S D+ U", .define = {"D: p < PREV(p, 2)", "U: p > 1"}}), beyond);
        COMPARE_TEXT(refusals({.pattern = "S D", .define = {"S: p < PREV(p)"}}), beyond);
        COMPARE_TEXT(refusals({.pattern = "S D", .define = {"D: p < NEXT(p)"}}), beyond);
        COMPARE_TEXT(
            refusals({.pattern = "S D", .define = {"S: p = 1"}, .measures = {"PREV(S.p) AS before"}}),
            beyond);
    }

    void quantifiersAndSkips() {
        const auto has = [](const char* pattern, const char* after, const char* text) {
            const FlinkText flink = matched({.pattern = pattern,
                                             .define = {"A: p < 5", "B: p BETWEEN 5 AND 8", "C: p > 8"},
                                             .after = after});
            VERIFY_HOLDS(flink.view("m"), text);
            QCOMPARE(flink.verdict("m"), Verdict::Exact);
        };
        has("A? B* C", "TO NEXT ROW", "SKIP TO NEXT ROW\n  PATTERN (`A`? `B`* `C`)");
        has("A{,2} B+ C", "TO FIRST C", "SKIP TO FIRST `C`\n  PATTERN (`A`{0,2} `B`+ `C`)");
        has("A{2} B{2,}? C{1,3}?", "TO A", "SKIP TO LAST `A`\n  PATTERN (`A`{2} `B`{2,}? `C`{1,3}?)");
        has("(A B) C", "PAST LAST ROW", "PATTERN (`A` `B` `C`)");
        has("A B C*?", "PAST LAST ROW", "PATTERN (`A` `B` `C`*?)");
    }

    void refused_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* pattern, const char* why, const char* after = "PAST LAST ROW") {
            QTest::newRow((std::string(pattern) + " " + after).c_str())
                << QString(pattern) << QString(after) << QString(why);
        };
        row("A | B", "Flink has no alternatives in a pattern.");
        row("PERMUTE(A, B)", "Flink has no PERMUTE.");
        row("A {- B -} C", "Flink excludes no part of a pattern.");
        row("^ A B", "Flink reads over ^ and $, and finds matches anywhere.");
        row("A B $", "Flink reads over ^ and $, and finds matches anywhere.");
        row("(A B)+ C", "Flink repeats single variables alone.");
        row("A B A", "Flink takes each variable once in a pattern.");
        row("A?? B", "Flink has no reluctant ??.");
        row("()", "Flink finds no empty matches.");
        row("A*?", "Flink finds no empty matches.");
        row("A B+", "Flink has no greedy quantifier at the end of a pattern.");
        row("A B?", "Flink has no greedy quantifier at the end of a pattern.");
        row("A+ B*?", "Flink has no greedy quantifier at the end of a pattern.");
        row("A B? C", "A match without “B” would end the job there.", "TO FIRST B");
        row("A B", "“A” can be the first row of the match, which would end the job there.", "TO FIRST A");
        row("A B", "“A” can be the first row of the match, which would end the job there.", "TO LAST A");
    }
    void refused() {
        QFETCH(QString, pattern);
        QFETCH(QString, after);
        QFETCH(QString, why);
        const std::string text = pattern.toStdString(), skip = after.toStdString();
        Json define = Json::array();
        for (const auto& [name, condition] :
             {std::pair("A", "p < 5"), std::pair("B", "p = 5"), std::pair("C", "p > 5")}) {
            if (text.find(name) != std::string::npos) define.push_back(std::string(name) + ": " + condition);
        }
        COMPARE_TEXT(refusals({.pattern = text.c_str(), .define = define, .after = skip.c_str()}),
                     why.toStdString() + "\n");
    }

    void refusedSettings() {
        COMPARE_TEXT(refusals({.more = {{"within", "1min"}, {"rows_per_match", "all"}}}),
                     "Flink gives one row per match.\n");
        COMPARE_TEXT(refusals({.more = {{"max_rows", 9}}}), "Flink knows no limit of the rows of a match.\n");
        COMPARE_TEXT(refusals({.pattern = "F{1,8} S", .more = {{"max_rows", 9}}}), "");
        COMPARE_TEXT(refusals({.measures = {"CLASSIFIER() AS v"}}), "Flink has no CLASSIFIER.\n");
        COMPARE_TEXT(refusals({.measures = {"MATCH_NUMBER() AS v"}}), "Flink has no MATCH_NUMBER.\n");
        COMPARE_TEXT(refusals({.measures = {"COUNT(DISTINCT F.p) AS v"}}),
                     "Flink takes no DISTINCT in a pattern.\n");
        COMPARE_TEXT(refusals({.measures = {"LAST(F.p * 2) AS v"}}),
                     "Flink computes an expression in FIRST or LAST also where there is no such row.\n");
        COMPARE_TEXT(refusals({.measures = {"LAST(F.p) * 2 AS v"}}), "");
    }

    void refusalsHaveTheirPlace() {
        const FlinkText flink = matched({.pattern = "A B C+", .define = Json::array()});
        const Remark& remark = flink.remarks("m").front();
        QCOMPARE(remark.param, std::string("pattern"));
        QCOMPARE(remark.position, std::size_t{4});
        QCOMPARE(remark.length, std::size_t{2});
        const FlinkText measures = matched({.measures = {"COUNT(*) AS n", "CLASSIFIER() AS v"}});
        const auto& remarks = measures.remarks("m");
        QVERIFY(std::any_of(remarks.begin(), remarks.end(), [](const Remark& one) {
            return one.param == "measures" && one.item == 1 && one.verdict == Verdict::Refused;
        }));
    }

    void exclusion_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("exclude");
        const auto row = [](const char* one, const char* other, bool exclude) {
            QTest::newRow((std::string(one) + " / " + other).c_str())
                << QString(one) << QString(other) << exclude;
        };
        row("p < 10", "p >= 10", true);
        row("p < 10", "p > 9", false);
        row("p < 10", "10 <= p", true);
        row("p <= 10", "p >= 10", false);
        row("p > 5 AND s = 'a'", "p < 7 AND s = 'b'", true);
        row("p > 5 AND s = 'a'", "p < 7", false);
        row("s = 'a' OR s = 'b'", "s IN ('c', 'd')", true);
        row("s IN ('a', 'b')", "s NOT IN ('a', 'b')", true);
        row("s IN ('a', 'b')", "s <> 'a'", false);
        row("p BETWEEN 1 AND 3", "p BETWEEN 4 AND 6", true);
        row("p NOT BETWEEN 1 AND 3", "p = 2", true);
        row("p IS NULL", "p > 1", true);
        row("p IS NULL", "s > 'a'", false);
        row("flag", "NOT flag", true);
        row("flag AND p = 1", "NOT (flag OR s = 'x')", true);
        row("p * 2 > 4", "p * 2 <= 4", true);
        row("p > 1.5", "p < 1.5", true);
        row("p = 1", "p = 1.0", false);
        row("s LIKE 'a%'", "s LIKE 'b%'", false);
        row("A.p < FIRST(p)", "B.p >= FIRST(p)", true);
        row("A.p < LAST(A.p, 1)", "B.p > LAST(A.p)", true);
        row("(LAST(A.p, 1) IS NULL AND A.p > 1) OR A.p < LAST(A.p, 1)", "B.p > LAST(A.p)", true);
        row("A.p < LAST(A.p, 1)", "B.p > LAST(A.p, 1)", false);
        row("SUM(p) < 20", "SUM(p) >= 20", true);
        row("SUM(A.p) < 20", "SUM(A.p) >= 20", false);
        row("TRUE", "FALSE", true);
    }
    void exclusion() {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, exclude);
        const FlinkText flink = matched(
            {.pattern = "X A* B", .define = {"A: " + one.toStdString(), "B: " + other.toStdString()}});
        QCOMPARE(flink.verdict("m"), exclude ? Verdict::Exact : Verdict::Approximated);
    }

    /// Without exclusion it is approximated; where a variable takes any row, it would differ for sure.
    void rivals() {
        const auto verdict = [](const char* pattern, Json define) {
            return matched({.pattern = pattern, .define = std::move(define)}).verdict("m");
        };
        QCOMPARE(verdict("A+ B", {"A: p < 9", "B: p > 3"}), Verdict::Approximated);
        QCOMPARE(verdict("A+ B", {"A: p < 9"}), Verdict::Refused);
        QCOMPARE(verdict("A+? B", {"A: p < 9", "B: p > 3"}), Verdict::Exact);
        QCOMPARE(verdict("A+? B", Json::array()), Verdict::Exact);
        QCOMPARE(verdict("A+? B+? C", {"A: p < 9", "B: p > 3"}), Verdict::Approximated);
        QCOMPARE(verdict("A+? B+? C", {"A: p < 9"}), Verdict::Refused);
        QCOMPARE(verdict("A{2} B", {"A: p < 9", "B: p > 3"}), Verdict::Exact);
        // B may be left out, so that C follows A, too.
        QCOMPARE(verdict("A+ B? C", {"A: p < 5", "B: p = 5", "C: p >= 4"}), Verdict::Approximated);
        VERIFY_HOLDS(matched({.pattern = "A+ B", .define = {"A: p < 9", "B: p > 3"}}).said("m"),
                     "approximated pattern: Where a row fits “A” and “B”");
    }
};

QTEST_APPLESS_MAIN(TestFlinkMatch)
#include "test_flink_match.moc"
