// Joins, rankings and aggregates without windows in Flink SQL.
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A join of two sources with event time.
FlinkText joined(const char* type, Json params, const std::vector<std::string>& more = {}) {
    params["on"] = "left.id = right.id";
    std::vector<Json> nodes{timedSource("a", {"id BIGINT"}), timedSource("b", {"id BIGINT", "y INT"}),
                            nodeOf("j", type, std::move(params)), sinkOf("out")};
    std::vector<std::string> wires{"a>j.left", "b>j.right", "j>out"};
    for (const std::string& port : more) {
        nodes.push_back(sinkOf(port.c_str()));
        wires.push_back("j." + port + ">" + port);
    }
    return {nodes, wires};
}

/// A node behind a source with event time.
FlinkText behind(const char* type, Json params, const std::vector<std::string>& more = {}) {
    std::vector<Json> nodes{timedSource("src", {"k STRING", "v BIGINT"}),
                            nodeOf("n", type, std::move(params)), nodeOf("out", "table_view")};
    std::vector<std::string> wires{"src>n", "n>out"};
    for (const std::string& port : more) {
        nodes.push_back(sinkOf(port.c_str()));
        wires.push_back("n." + port + ">" + port);
    }
    return {nodes, wires};
}

const char* const kInTime =
    "SELECT *\n"
    "FROM `src`\n"
    "WHERE CURRENT_WATERMARK(`ts`) IS NULL OR `ts` > CURRENT_WATERMARK(`ts`)";

/// View “$ranked” of a top_n that changes.
std::string rankedOf(const std::string& over, const std::string& from, const std::string& limit) {
    return "SELECT *, IF(UNIX_TIMESTAMP() > 0, `rank`, 0) AS `$place`\nFROM (\n  SELECT *, ROW_NUMBER() OVER "
           "(" +
           over + ") AS `rank`\n  FROM " + from + ")\nWHERE `rank` <= " + limit;
}

}  // namespace

class TestFlinkJoins : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void intervalJoin() {
        const FlinkText flink =
            joined("interval_join", {{"lower", "-5s"}, {"upper", "0s"}, {"kind", "right"}}, {"late_left"});
        COMPARE_TEXT(flink.view("j$left"),
                     "SELECT *\n"
                     "FROM `a`\n"
                     "WHERE CURRENT_WATERMARK(`ts`) IS NULL OR `ts` > CURRENT_WATERMARK(`ts`)");
        COMPARE_TEXT(
            flink.view("j"),
            "SELECT `left`.`id`, CAST(`left`.`ts` AS TIMESTAMP(3)) AS `ts`, `right`.`id` AS "
            "`id_right`, `right`.`y`,\n"
            "  `right`.`ts` AS `ts_right`\n"
            "FROM `j$left` AS `left`\n"
            "RIGHT JOIN `j$right` AS `right`\n"
            "ON `left`.`id` = `right`.`id`\n"
            "  AND `right`.`ts` BETWEEN `left`.`ts` - INTERVAL '5' SECOND AND `left`.`ts` + INTERVAL "
            "'0' SECOND");
        const std::string late = flink.view("j$late_left");
        QVERIFY2(late.starts_with("SELECT `id`, `ts`,\n") &&
                     late.ends_with("  CAST(NULL AS TIMESTAMP(3)) AS `late_for`\nFROM `a`\n"
                                    "WHERE `ts` <= CURRENT_WATERMARK(`ts`)"),
                 late.c_str());
        QCOMPARE(flink.verdict("j"), Verdict::Exact);
        QCOMPARE(flink.view("j$late_right"), std::string("no view j$late_right"));
    }

    void temporalJoin() {
        const FlinkText flink = joined("temporal_join", {{"kind", "left"}});
        COMPARE_TEXT(flink.view("j$versions"),
                     "SELECT `id`, `y`, `ts`\n"
                     "FROM (\n"
                     "  SELECT *, ROW_NUMBER() OVER (PARTITION BY `id` ORDER BY `ts` DESC) AS `version`\n"
                     "  FROM `j$in_order`)\n"
                     "WHERE `version` = 1");
        COMPARE_TEXT(
            flink.view("j$in_order"),
            "SELECT `id`, `y`, `ts`\n"
            "FROM (\n"
            "  SELECT *, COUNT(*) OVER (\n"
            "    PARTITION BY `id` ORDER BY `ts` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS "
            "`place`\n"
            "  FROM `j$right`)\n"
            "WHERE `place` > 0");
        QCOMPARE(flink.verdict("j"), Verdict::Exact);
        COMPARE_TEXT(flink.said("j"), "");
        COMPARE_TEXT(flink.view("j"),
                     "SELECT `left`.`id`, `left`.`ts`, `right`.`id` AS `id_right`, `right`.`y`,\n"
                     "  CAST(`right`.`ts` AS TIMESTAMP(3)) AS `ts_right`\n"
                     "FROM `j$left` AS `left`\n"
                     "LEFT JOIN `j$versions` FOR SYSTEM_TIME AS OF `left`.`ts` AS `right`\n"
                     "ON `left`.`id` = `right`.`id`");
    }

    void regularJoin() {
        const FlinkText flink = joined("join", {{"kind", "full"}, {"state_ttl", "1h"}});
        COMPARE_TEXT(flink.view("j$left"),
                     "SELECT `id`, CAST(`ts` AS TIMESTAMP(3)) AS `ts`\n"
                     "FROM `a`");
        COMPARE_TEXT(flink.view("j"),
                     "SELECT /*+ STATE_TTL('left' = '3600000 ms', 'right' = '3600000 ms') */ `left`.`id`, "
                     "CAST(`left`.`ts` AS TIMESTAMP(3)) AS `ts`, `right`.`id` AS `id_right`, `right`.`y`,\n"
                     "  CAST(`right`.`ts` AS TIMESTAMP(3)) AS `ts_right`\n"
                     "FROM `j$left` AS `left`\n"
                     "FULL JOIN `j$right` AS `right`\n"
                     "ON `left`.`id` = `right`.`id`");
        QCOMPARE(flink.verdict("j"), Verdict::Approximated);
        QCOMPARE(joined("join", {}).verdict("j"), Verdict::Exact);
    }

    void overAggregate() {
        const FlinkText flink = behind("over_aggregate", {{"partition_by", {"k"}},
                                                          {"frame", "RANGE '5min' PRECEDING"},
                                                          {"aggregates", {"COUNT(*) AS n"}}});
        COMPARE_TEXT(flink.view("n$in"), kInTime);
        COMPARE_TEXT(flink.view("n"),
                     "SELECT `k`, `v`, `ts`, COUNT(*) OVER `frame` AS `n`\n"
                     "FROM `n$in`\n"
                     "WINDOW `frame` AS (\n"
                     "  PARTITION BY `k` ORDER BY `ts`\n"
                     "  RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW)");
        QCOMPARE(flink.verdict("n"), Verdict::Exact);
        const FlinkText rows =
            behind("over_aggregate", {{"frame", "ROWS 9 PRECEDING"}, {"aggregates", {"COUNT(*) AS n"}}});
        QVERIFY(rows.view("n").ends_with("(\n  ORDER BY `ts`\n  ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)"));
        const FlinkText filtered =
            behind("over_aggregate", {{"aggregates", {"COUNT(*) FILTER (WHERE v > 1) AS n"}}});
        QCOMPARE(filtered.verdict("n"), Verdict::Refused);
        QCOMPARE(filtered.remarks("n").front().item, 0);
    }

    void deduplicate() {
        const FlinkText first = behind("deduplicate", {{"keys", {"k"}}}, {"late"});
        COMPARE_TEXT(first.view("n"),
                     "SELECT `k`, `v`, `ts`\n"
                     "FROM (\n"
                     "  SELECT *, ROW_NUMBER() OVER (PARTITION BY `k` ORDER BY `ts`) AS `number`\n"
                     "  FROM `n$in`)\n"
                     "WHERE `number` = 1");
        QVERIFY(first.view("n$late").ends_with("WHERE `ts` <= CURRENT_WATERMARK(`ts`)"));
        const FlinkText last = behind("deduplicate", {{"keys", {"k"}}, {"keep", "last"}});
        COMPARE_TEXT(last.view("n"),
                     "SELECT `k`, `v`, CAST(`ts` AS TIMESTAMP(3)) AS `ts`\n"
                     "FROM (\n"
                     "  SELECT *, ROW_NUMBER() OVER (PARTITION BY `k` ORDER BY `ts` DESC) AS `number`\n"
                     "  FROM `src`)\n"
                     "WHERE `number` = 1");
    }

    void topN() {
        const FlinkText updating =
            behind("top_n", {{"by", {"v DESC"}}, {"limit", 3}, {"partition_by", {"k"}}});
        COMPARE_TEXT(updating.view("n$ranked"),
                     rankedOf("PARTITION BY `k` ORDER BY `v` DESC", "`n$in`", "3"));
        COMPARE_TEXT(updating.view("n"),
                     "SELECT `k`, `v`, `ts`, GREATEST(`$place`, `$place`) AS `rank`\nFROM `n$ranked`");
        QCOMPARE(updating.verdict("n"), Verdict::Exact);
    }

    /// Rows that are equal in the columns that rank them go by their other columns.
    void topNOfWindowsAndGroups() {
        const Json counts = Json::array({"COUNT(*) AS n"});
        const FlinkText windows(
            {timedSource("src", {"k STRING"}),
             nodeOf("w", "window_aggregate", {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", counts}}),
             nodeOf("n", "top_n", {{"by", {"n DESC"}}, {"limit", 2}}), sinkOf("out")},
            {"src>w", "w>n", "n>out"});
        COMPARE_TEXT(windows.view("n"),
                     "SELECT *\n"
                     "FROM (\n"
                     "  SELECT *, ROW_NUMBER() OVER (PARTITION BY `window_start`, `window_end` ORDER BY `n` "
                     "DESC, `k`) AS `rank`\n"
                     "  FROM `w`)\n"
                     "WHERE `rank` <= 2");
        QCOMPARE(windows.verdict("n"), Verdict::Exact);
        const FlinkText groups(
            {timedSource("src", {"k STRING"}),
             nodeOf("g", "group_aggregate", {{"keys", {"k"}}, {"aggregates", counts}}),
             nodeOf("n", "top_n", {{"by", {"n DESC"}}, {"limit", 1}}), nodeOf("out", "table_view")},
            {"src>g", "g>n", "n>out"});
        COMPARE_TEXT(groups.view("n$ranked"),
                     rankedOf("ORDER BY `n` DESC, `k`",
                              "(SELECT *, IF(UNIX_TIMESTAMP() > 0, 1, 2) AS `$limit` FROM `g`)", "`$limit`"));
        COMPARE_TEXT(groups.view("n"),
                     "SELECT `k`, `n`, GREATEST(`$place`, `$place`) AS `rank`\nFROM `n$ranked`");
    }

    /// Flink 2.3 takes the rows of “rank = 1” for ones that never change, by one column or by several, and also
    /// where the second one only breaks ties: the withdrawal of a row would be left out.
    void theBestAloneMayChange() {
        const auto best = [](const std::vector<std::string>& by) {
            return FlinkText({timedSource("src", {"k STRING", "v INT", "w INT"}),
                              nodeOf("n", "top_n", {{"by", by}, {"limit", 1}}), nodeOf("out", "table_view")},
                             {"src>n", "n>out"})
                .view("n$ranked");
        };
        for (const std::vector<std::string>& by :
             std::vector<std::vector<std::string>>{{"v"}, {"v DESC"}, {"v", "w"}, {"v DESC", "w"}}) {
            const std::string query = best(by);
            QVERIFY2(query.find("IF(UNIX_TIMESTAMP() > 0, 1, 2) AS `$limit`") != std::string::npos &&
                         query.ends_with("WHERE `rank` <= `$limit`"),
                     query.c_str());
        }
        const FlinkText windows(
            {timedSource("src", {"k STRING"}),
             nodeOf("w", "window_aggregate",
                    {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
             nodeOf("n", "top_n", {{"by", {"n DESC"}}, {"limit", 1}}), sinkOf("out")},
            {"src>w", "w>n", "n>out"});
        QVERIFY(windows.view("n").ends_with("WHERE `rank` = 1"));  // of a window it comes once, at its end
    }

    /// An ORDER BY in a view would be lost.
    void sort() {
        const FlinkText flink = behind("sort", Json::object());
        COMPARE_TEXT(flink.view("n$in"), kInTime);
        COMPARE_TEXT(flink.view("n"),
                     "SELECT `k`, `v`, `ts`\n"
                     "FROM (\n"
                     "  SELECT *, COUNT(*) OVER (\n"
                     "    ORDER BY `ts` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS `place`\n"
                     "  FROM `n$in`)\n"
                     "WHERE `place` > 0");
        QCOMPARE(flink.verdict("n"), Verdict::Exact);
    }

    void groupAggregate() {
        const FlinkText flink =
            behind("group_aggregate",
                   {{"keys", {"k", "ts"}}, {"aggregates", {"COUNT(*) AS n"}}, {"state_ttl", "1s"}});
        COMPARE_TEXT(flink.view("n"),
                     "SELECT /*+ STATE_TTL('rows' = '1000 ms') */ `k`, CAST(`ts` AS TIMESTAMP(3)) AS `ts`, "
                     "COUNT(*) AS `n`\n"
                     "FROM `src` AS `rows`\n"
                     "GROUP BY `k`, CAST(`ts` AS TIMESTAMP(3))");
        const FlinkText all = behind("group_aggregate", {{"aggregates", {"COUNT(*) AS n"}}});
        COMPARE_TEXT(all.view("n"),
                     "SELECT COUNT(*) AS `n`\n"
                     "FROM `src`");
        QCOMPARE(all.verdict("n"), Verdict::Exact);
    }
};

QTEST_APPLESS_MAIN(TestFlinkJoins)
#include "test_flink_joins.moc"
