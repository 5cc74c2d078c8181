// Texts that are compared with numbers: a warning with a fix, wherever a condition or an expression stands.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/bind_checks.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

const std::string kRows =
    R"json({"id":"in","type":"rows","params":{"columns":["price STRING","n INT","big BIGINT","x DOUBLE",
        "d DECIMAL(10,2)","name STRING","ok BOOLEAN","day DATE"],
        "rows":[["1",1,1,1.5,"1.5","a",true,"2024-03-01"]]}})json";

/// With an event time, which windows need.
const std::string kTimedRows =
    R"json({"id":"in","type":"rows","params":{"columns":["ts TIMESTAMP(3)","price STRING","n INT"],
        "event_time":"ts","rows":[["2024-03-01 12:00:00","1",1]]}})json";

std::vector<Issue> issuesOf(const std::string& nodes, const std::string& wires,
                            const std::string& rows = kRows) {
    const Result<Loaded> loaded =
        loadPipeline(R"({"rill":1,"nodes":[)" + rows + nodes + R"(],"wires":[)" + wires + "]}");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    static const Catalogue kKinds = builtin();
    ValidateOptions options;
    options.files = false;
    std::vector<Issue> issues = validate(loaded->pipeline, kKinds, options).issues;
    std::erase_if(issues, [](const Issue& issue) {
        return english(issue).find("compared as") == std::string::npos && issue.severity != Severity::Error;
    });
    return issues;
}

/// Through one node of `type` whose parameters are `params`.
std::vector<Issue> through(const std::string& type, const std::string& params, const std::string& out = "f",
                           const std::string& rows = kRows) {
    return issuesOf(R"(,{"id":"f","type":")" + type + R"(","params":{)" + params +
                        R"(}},{"id":"out","type":"table_view"})",
                    R"({"from":"in","to":"f"},{"from":")" + out + R"(","to":"out"})", rows);
}

std::vector<Issue> filtered(const std::string& condition) {
    return through("filter", R"("condition":")" + condition + R"(")");
}

}  // namespace

class TestComparisonCheck : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void warnsAndOffersDouble() {
        const std::vector<Issue> issues = filtered("n > 1 AND price > 5");
        QCOMPARE(issues.size(), std::size_t{1});
        const Issue& issue = issues[0];
        QCOMPARE(issue.severity, Severity::Warning);
        QCOMPARE(issue.node, std::string("f"));
        QCOMPARE(issue.param, std::string("condition"));
        QCOMPARE(issue.position, std::size_t{10});
        QCOMPARE(issue.length, std::size_t{5});
        QCOMPARE(english(issue.message),
                 std::string("“price” is text and is compared as INT: digits that do not fit that type are "
                             "dropped."));
        QCOMPARE(issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(english(issue.quickFixes[0].label), std::string("Compare as DOUBLE"));
        QCOMPARE(issue.quickFixes[0].value, Json("n > 1 AND CAST(price AS DOUBLE) > 5"));
        QVERIFY(filtered("n > 1 AND CAST(price AS DOUBLE) > 5").empty());
    }

    void findsEveryComparison_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("mended");
        const auto row = [](const char* condition, const char* mended) {
            QTest::newRow(condition) << QString::fromUtf8(condition) << QString::fromUtf8(mended);
        };
        row("5 < price", "5 < CAST(price AS DOUBLE)");
        row("price = 5", "CAST(price AS DOUBLE) = 5");
        row("price <> 5", "CAST(price AS DOUBLE) <> 5");
        row("price >= big", "CAST(price AS DOUBLE) >= big");
        row("price < 5.5", "CAST(price AS DOUBLE) < 5.5");
        row("price > d", "CAST(price AS DOUBLE) > d");
        row("price BETWEEN 1 AND 5", "CAST(price AS DOUBLE) BETWEEN 1 AND 5");
        row("price IN (1, 2)", "CAST(price AS DOUBLE) IN (1, 2)");
        row("NOT (price > 5)", "NOT (CAST(price AS DOUBLE) > 5)");
        row("CASE WHEN price > 5 THEN ok ELSE FALSE END",
            "CASE WHEN CAST(price AS DOUBLE) > 5 THEN ok ELSE FALSE END");
        row("CASE price WHEN 5 THEN ok ELSE FALSE END",
            "CASE CAST(price AS DOUBLE) WHEN 5 THEN ok ELSE FALSE END");
        row("TRIM(price) > 5", "CAST(TRIM(price) AS DOUBLE) > 5");
        row("NULLIF(price, 5) IS NULL", "NULLIF(CAST(price AS DOUBLE), 5) IS NULL");
    }
    void findsEveryComparison() {
        QFETCH(QString, condition);
        QFETCH(QString, mended);
        const std::vector<Issue> issues = filtered(condition.toStdString());
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(issues[0].severity, Severity::Warning);
        QCOMPARE(issues[0].quickFixes.at(0).value, Json(mended.toStdString()));
        for (const Issue& issue : filtered(mended.toStdString()))
            QVERIFY2(issue.severity == Severity::Error, english(issue).c_str());
    }

    void saysNothingWhereNothingIsLost_data() {
        QTest::addColumn<QString>("condition");
        for (const char* condition :
             {"price > 5e0", "price > x", "price = '5'", "name = price", "n > '5'", "n > 5", "x > 5",
              "CAST(price AS INT) > 5", "price = day", "price IN ('1', '2')", "price IS NULL", "n IN (1, 2)"})
            QTest::newRow(condition) << QString::fromUtf8(condition);
    }
    void saysNothingWhereNothingIsLost() {
        QFETCH(QString, condition);
        const std::vector<Issue> issues = filtered(condition.toStdString());
        QVERIFY2(issues.empty(), issues.empty() ? "" : english(issues[0]).c_str());
    }

    void selectsAndRoutes() {
        const std::vector<Issue> select = through("select", R"("columns":["n","price > 5 AS dear","name"])");
        QCOMPARE(select.size(), std::size_t{1});
        QCOMPARE(select[0].item, 1);
        QCOMPARE(select[0].position, std::size_t{0});
        QCOMPARE(select[0].quickFixes.at(0).value, Json({"n", "CAST(price AS DOUBLE) > 5 AS dear", "name"}));
        const std::vector<Issue> route =
            through("route", R"("branches":["dear: price > 5","other: n > 1"])", "f.dear");
        QCOMPARE(route.size(), std::size_t{1});
        QCOMPARE(route[0].item, 0);
        QCOMPARE(route[0].position, std::size_t{6});
        QCOMPARE(route[0].quickFixes.at(0).value, Json({"dear: CAST(price AS DOUBLE) > 5", "other: n > 1"}));
    }

    void aggregates_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::newRow("group") << QStringLiteral("group_aggregate") << QString();
        QTest::newRow("window") << QStringLiteral("window_aggregate") << QStringLiteral(R"("size":"10s",)");
        QTest::newRow("over") << QStringLiteral("over_aggregate") << QString();
    }
    void aggregates() {
        QFETCH(QString, type);
        QFETCH(QString, params);
        const auto of = [&](const std::string& items) {
            return through(type.toStdString(), params.toStdString() + R"("aggregates":[)" + items + "]", "f",
                           kTimedRows);
        };
        const std::string count = "COUNT(*) FILTER (WHERE price > 5) AS dear";
        const std::string sum = "SUM(CASE WHEN price > 5 THEN n ELSE 0 END) FILTER (WHERE price < 9) AS s";
        const std::vector<Issue> issues = of("\"COUNT(*) AS c\",\"" + count + "\",\"" + sum + "\"");
        QCOMPARE(issues.size(), std::size_t{3});
        const std::vector<std::pair<int, std::size_t>> places{
            {1, count.find("price")}, {2, sum.find("price")}, {2, sum.rfind("price")}};
        for (std::size_t i = 0; i < issues.size(); ++i) {
            QVERIFY2(issues[i].severity == Severity::Warning, english(issues[i]).c_str());
            QCOMPARE(issues[i].param, std::string("aggregates"));
            QCOMPARE(issues[i].item, places[i].first);
            QCOMPARE(issues[i].position, places[i].second);
            QCOMPARE(issues[i].length, std::size_t{5});
        }
        const auto mended = [&](std::size_t at) { return issues[at].quickFixes.at(0).value; };
        const std::string asDouble = "CAST(price AS DOUBLE)";
        QCOMPARE(mended(0),
                 Json({"COUNT(*) AS c", "COUNT(*) FILTER (WHERE " + asDouble + " > 5) AS dear", sum}));
        const std::string first = "SUM(CASE WHEN " + asDouble + " > 5 THEN n ELSE 0 END)";
        QCOMPARE(mended(1), Json({"COUNT(*) AS c", count, first + " FILTER (WHERE price < 9) AS s"}));
        const std::string second = "FILTER (WHERE " + asDouble + " < 9) AS s";
        QCOMPARE(mended(2),
                 Json({"COUNT(*) AS c", count, "SUM(CASE WHEN price > 5 THEN n ELSE 0 END) " + second}));
        QVERIFY(of(R"("COUNT(*) FILTER (WHERE CAST(price AS DOUBLE) > 5 AND n > 1) AS c")").empty());
    }

    void joins() {
        const std::vector<Issue> issues = issuesOf(
            R"(,{"id":"two","type":"rows","params":{"columns":["id INT","least INT"],"rows":[[1,1]]}},
                {"id":"j","type":"join","params":{"on":"left.n = right.id AND left.price > right.least"}},
                {"id":"out","type":"table_view"})",
            R"({"from":"in","to":"j.left"},{"from":"two","to":"j.right"},{"from":"j","to":"out"})");
        QCOMPARE(issues.size(), std::size_t{1});
        QVERIFY2(issues[0].severity == Severity::Warning, english(issues[0]).c_str());
        QCOMPARE(issues[0].quickFixes.at(0).value,
                 Json("left.n = right.id AND CAST(left.price AS DOUBLE) > right.least"));
    }

    /// A fix would put the value of today in the place of the variable.
    void keepsVariables() {
        const Result<Loaded> loaded =
            loadPipeline(R"({"rill":1,"variables":{"least":"5"},"nodes":[)" + kRows +
                         R"(,{"id":"f","type":"filter","params":{"condition":"price > ${least}"}},
                {"id":"out","type":"table_view"}],"wires":[{"from":"in","to":"f"},{"from":"f","to":"out"}]})");
        QVERIFY(loaded.ok());
        const Catalogue kinds = builtin();
        const Validated result = validate(loaded->pipeline, kinds, {});
        QCOMPARE(result.issues.size(), std::size_t{1});
        QVERIFY(result.issues[0].quickFixes.empty());
    }

    // Each fix has the whole list.
    void ofALongListTheFirstAreReported() {
        constexpr int kMany = 4000;
        std::string items;
        for (int i = 0; i < kMany; ++i)
            items += (i > 0 ? R"(,"price > 5 AS c)" : R"("price > 5 AS c)") + std::to_string(i) + '"';
        QCOMPARE(through("select", R"("columns":[)" + items + "]").size(), mostWrongItems(kMany));
    }
};

QTEST_APPLESS_MAIN(TestComparisonCheck)
#include "test_comparison_check.moc"
