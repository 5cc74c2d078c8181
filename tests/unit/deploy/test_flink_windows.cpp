// Windows in Flink SQL: window functions, the guard, late ports, and refusals.
#include "core/deploy/flink/sql_text.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

namespace {

const Json kCount = Json::array({"COUNT(*) AS n"});

Json windowOf(Json params) {
    params["aggregates"] = kCount;
    return nodeOf("w", "window_aggregate", std::move(params));
}

/// One window node behind a source; `late`: its late port is wired.
FlinkText windowed(Json params, bool late = false) {
    std::vector<Json> nodes{timedSource("bids", {"k STRING", "v BIGINT"}), windowOf(std::move(params)),
                            sinkOf("out")};
    std::vector<std::string> wires{"bids>w", "w>out"};
    if (late) {
        nodes.push_back(sinkOf("late"));
        wires.push_back("w.late>late");
    }
    return {nodes, wires};
}

}  // namespace

class TestFlinkWindows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tumble() {
        const FlinkText flink = windowed({{"window", "tumble"}, {"size", "1min"}, {"keys", {"k"}}}, true);
        COMPARE_TEXT(flink.view("w$in"),
                     "SELECT *, CURRENT_WATERMARK(`window_time`) AS `stamp`\n"
                     "FROM TABLE(TUMBLE(TABLE `bids`, DESCRIPTOR(`ts`), INTERVAL '1' MINUTE))");
        COMPARE_TEXT(flink.view("w"),
                     "SELECT `window_start`, `window_end`, `window_time`, `k`, COUNT(*) AS `n`\n"
                     "FROM `w$in`\n"
                     "WHERE `stamp` IS NULL OR `stamp` < `window_time`\n"
                     "GROUP BY `window_start`, `window_end`, `window_time`, `k`");
        COMPARE_TEXT(
            flink.view("w$late"),
            "SELECT `k`, `v`, `ts`,\n"
            "  CAST(TIMESTAMPDIFF(SECOND, `window_time`, `stamp`) AS BIGINT) * 1000\n"
            "    + MOD(EXTRACT(MILLISECOND FROM `stamp`) - EXTRACT(MILLISECOND FROM `window_time`) + "
            "1000, 1000) AS `late_by`,\n"
            "  `window_end` AS `late_for`\n"
            "FROM `w$in`\n"
            "WHERE `stamp` >= `window_time`");
        QCOMPARE(flink.verdict("w"), Verdict::Exact);
        COMPARE_TEXT(flink.said("w"), "");
    }

    void lateForAllWindows() {
        const FlinkText hop = windowed({{"window", "hop"}, {"size", "12s"}, {"slide", "3s"}}, true);
        QVERIFY(hop.view("w$in").find("HOP(TABLE `bids`, DESCRIPTOR(`ts`), INTERVAL '3' SECOND, INTERVAL "
                                      "'12' SECOND)") != std::string::npos);
        QVERIFY(hop.view("w$late").ends_with(
            "WHERE `stamp` >= `window_time` AND `ts` < `window_start` + INTERVAL '3' SECOND"));
        const FlinkText cumulate =
            windowed({{"window", "cumulate"}, {"size", "1d"}, {"step", "1h"}, {"offset", "-6h"}}, true);
        QVERIFY(cumulate.view("w$in").find("CUMULATE(TABLE `bids`, DESCRIPTOR(`ts`), INTERVAL '1' HOUR, "
                                           "INTERVAL '1' DAY, INTERVAL '18' HOUR)") != std::string::npos);
        QVERIFY(cumulate.view("w$late").ends_with(
            "WHERE `stamp` >= `window_time` AND `window_end` = `window_start` + INTERVAL '1' DAY"));
    }

    void offsets() {
        const FlinkText hop =
            windowed({{"window", "hop"}, {"size", "6s"}, {"slide", "2s"}, {"offset", "5s"}});
        QVERIFY(hop.view("w$in").find("INTERVAL '6' SECOND, INTERVAL '1' SECOND)") != std::string::npos);
    }

    void session() {
        const FlinkText flink = windowed({{"window", "session"}, {"gap", "5s"}, {"keys", {"k"}}});
        COMPARE_TEXT(flink.view("w"),
                     "SELECT `window_start`, `window_end`, `window_time`, `k`, COUNT(*) AS `n`\n"
                     "FROM TABLE(SESSION(TABLE `bids` PARTITION BY (`k`), DESCRIPTOR(`ts`), INTERVAL '5' "
                     "SECOND))\n"
                     "GROUP BY `window_start`, `window_end`, `window_time`, `k`");
        COMPARE_TEXT(flink.said("w"), "exact : [while no row is late]\n");
        const FlinkText late = windowed({{"window", "session"}, {"gap", "5s"}}, true);
        QCOMPARE(late.verdict("w"), Verdict::Refused);
        QVERIFY(late.said("w").find("Take the wire at “late” away") != std::string::npos);
    }

    void refusedWindows() {
        const FlinkText uneven = windowed({{"window", "hop"}, {"size", "10s"}, {"slide", "4s"}});
        COMPARE_TEXT(uneven.said("w"),
                     "refused size: Flink has no hop whose size of 10s is not a multiple of its slide of 4s. "
                     "Choose a size of 8s, or another slide.\n");
        QVERIFY(uneven.remarks("w").front().quickFixes.front().value == Json("8s"));
        for (const char* param : {"allowed_lateness", "early"}) {
            const FlinkText corrects = windowed({{"window", "tumble"}, {"size", "10s"}, {param, "2s"}});
            QCOMPARE(corrects.verdict("w"), Verdict::Refused);
            QCOMPARE(corrects.remarks("w").front().param, std::string(param));
            QVERIFY(corrects.remarks("w").front().quickFixes.front().value == Json("0s"));
        }
    }

    /// The columns of the windows before would clash with those of the function.
    void windowsOfWindows() {
        const FlinkText flink({timedSource("bids", {"k STRING"}),
                               windowOf({{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}}),
                               nodeOf("second", "window_aggregate",
                                      {{"window", "tumble"},
                                       {"size", "1min"},
                                       {"aggregates", {"SUM(n) AS n", "MAX(window_end) AS latest"}}}),
                               sinkOf("out")},
                              {"bids>w", "w>second", "second>out"});
        COMPARE_TEXT(flink.view("second$in_rows"),
                     "SELECT `k`, `n`, `window_time` AS `in_window_time`, `window_end` AS `in_window_end`,\n"
                     "  `window_start` AS `in_window_start`\n"
                     "FROM `w`");
        // Made rows are never late: no guard stands between them and their windows.
        COMPARE_TEXT(flink.view("second"),
                     "SELECT `window_start`, `window_end`, `window_time`, SUM(`n`) AS `n`, "
                     "MAX(`in_window_end`) AS `latest`\n"
                     "FROM TABLE(TUMBLE(TABLE `second$in_rows`, DESCRIPTOR(`in_window_time`), INTERVAL '1' "
                     "MINUTE))\n"
                     "GROUP BY `window_start`, `window_end`, `window_time`");
    }

    void windowsOfTheInput() {
        const FlinkText flink(
            {timedSource("bids", {"k STRING"}),
             windowOf({{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}}),
             nodeOf("all", "window_aggregate", {{"window", "input"}, {"aggregates", {"MAX(n) AS most"}}}),
             sinkOf("out")},
            {"bids>w", "w>all", "all>out"});
        COMPARE_TEXT(flink.view("all"),
                     "SELECT `window_start`, `window_end`, `window_time`, MAX(`n`) AS `most`\n"
                     "FROM `w`\n"
                     "GROUP BY `window_start`, `window_end`, `window_time`");
    }

    /// Flink has the smallest watermark of both sources there, and no order of theirs.
    void behindAUnion() {
        const FlinkText flink(
            {timedSource("ones", {"v BIGINT"}), timedSource("twos", {"v BIGINT"}), nodeOf("u", "union"),
             nodeOf("w", "window_aggregate",
                    {{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"LAST_VALUE(v) AS last"}}}),
             sinkOf("out")},
            {"ones>u", "twos>u", "u>w", "w>out"});
        QCOMPARE(flink.verdict("w"), Verdict::Approximated);
        QVERIFY(flink.said("w").find("late by its own source") != std::string::npos);
        QVERIFY(flink.said("w").find("LAST_VALUE takes rows in the order") != std::string::npos);
    }

    void join() {
        const FlinkText flink(
            {timedSource("a", {"id BIGINT", "x STRING"}), timedSource("b", {"id BIGINT", "y STRING"}),
             nodeOf("j", "window_join",
                    {{"window", "tumble"}, {"size", "10s"}, {"on", "left.id = right.id"}, {"kind", "left"}}),
             sinkOf("out")},
            {"a>j.left", "b>j.right", "j>out"});
        COMPARE_TEXT(flink.view("j$right"),
                     "SELECT *, CURRENT_WATERMARK(`window_time`) AS `stamp`\n"
                     "FROM TABLE(TUMBLE(TABLE `b`, DESCRIPTOR(`ts`), INTERVAL '10' SECOND))");
        COMPARE_TEXT(
            flink.view("j"),
            "SELECT `left`.`id`, `left`.`x`, CAST(`left`.`ts` AS TIMESTAMP(3)) AS `ts`, `right`.`id` AS "
            "`id_right`,\n"
            "  `right`.`y`, CAST(`right`.`ts` AS TIMESTAMP(3)) AS `ts_right`, `left`.`window_start`,\n"
            "  `left`.`window_end`, `left`.`window_time`\n"
            "FROM (SELECT * FROM `j$left` WHERE `stamp` IS NULL OR `stamp` < `window_time`) AS `left`\n"
            "LEFT JOIN (SELECT * FROM `j$right` WHERE `stamp` IS NULL OR `stamp` < `window_time`) AS "
            "`right`\n"
            "ON `left`.`id` = `right`.`id`\n"
            "  AND `left`.`window_start` = `right`.`window_start` AND `left`.`window_end` = "
            "`right`.`window_end`");
    }

    void kindsOfJoins_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("right") << "right"
                               << "`right`.`window_time`\nFROM";
        QTest::newRow("semi") << "semi"
                              << "WHERE EXISTS (\n  SELECT 1 FROM (SELECT * FROM `j$right`";
        QTest::newRow("anti") << "anti"
                              << "WHERE NOT EXISTS (\n  SELECT 1 FROM (SELECT * FROM `j$right`";
        QTest::newRow("full") << "full"
                              << "UNION ALL\nSELECT CAST(NULL AS BIGINT) AS `id`, CAST(NULL AS TIMESTAMP(3)) "
                                 "AS `ts`,";
    }
    void kindsOfJoins() {
        QFETCH(QString, kind);
        QFETCH(QString, words);
        const FlinkText flink({timedSource("a", {"id BIGINT"}), timedSource("b", {"id BIGINT"}),
                               nodeOf("j", "window_join",
                                      {{"window", "tumble"},
                                       {"size", "10s"},
                                       {"on", "left.id = right.id"},
                                       {"kind", kind.toStdString()}}),
                               sinkOf("out")},
                              {"a>j.left", "b>j.right", "j>out"});
        const std::string view = flink.view("j");
        QVERIFY2(view.find(words.toStdString()) != std::string::npos, view.c_str());
        QCOMPARE(flink.verdict("j"), Verdict::Exact);
    }

    /// A unit has two digits there unless more are declared.
    void intervalsHaveRoomForTheirDigits() {
        QCOMPARE(flinkInterval(99'000), std::string("INTERVAL '99' SECOND"));
        QCOMPARE(flinkInterval(101'000), std::string("INTERVAL '0 00:01:41.000' DAY TO SECOND(3)"));
        QCOMPARE(flinkInterval(99 * 86'400'000LL), std::string("INTERVAL '99' DAY"));
        QCOMPARE(flinkInterval(100 * 86'400'000LL),
                 std::string("INTERVAL '100 00:00:00.000' DAY(6) TO SECOND(3)"));
    }
};

QTEST_APPLESS_MAIN(TestFlinkWindows)
#include "test_flink_windows.moc"
