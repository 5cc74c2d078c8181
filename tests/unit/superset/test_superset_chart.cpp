// supersetChart(): each kind of chart, by running what Superset would ask the table; and what is said of the
// differences.
#include "core/superset/superset_chart.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest/QtTest>

#include "tests/unit/superset/published.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The tables as the sinks of shops() write them.
SQLite::Database& shopTables() {
    static SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    static bool made = false;
    if (made) return database;
    made = true;
    database.exec(
        "CREATE TABLE sales (shop TEXT, amount TEXT DECIMAL, is_open INTEGER BOOLEAN, ts TEXT TIMESTAMP);"
        "INSERT INTO sales VALUES ('a', '1.50', 1, '2024-03-01 12:00:00.000'),"
        "('b', '2.00', 0, '2024-03-01 12:00:00.000'), ('a', '4.00', 1, '2024-03-01 12:00:10.000'),"
        "('b', '8.25', 1, '2024-03-01 12:00:10.500'), ('c', NULL, NULL, '2024-03-01 12:00:01.000');"
        "CREATE TABLE \"per shop\" (shop TEXT, total TEXT DECIMAL, window_start TEXT TIMESTAMP,"
        " window_end TEXT TIMESTAMP, window_time TEXT TIMESTAMP);"
        "INSERT INTO \"per shop\" VALUES"
        "('a', '1.50', '2024-03-01 12:00:00.000', '2024-03-01 12:00:10.000', '2024-03-01 12:00:09.999'),"
        "('b', '2.00', '2024-03-01 12:00:00.000', '2024-03-01 12:00:10.000', '2024-03-01 12:00:09.999'),"
        "('a', '4.00', '2024-03-01 12:00:10.000', '2024-03-01 12:00:20.000', '2024-03-01 12:00:19.999'),"
        "('b', '8.25', '2024-03-01 12:00:10.000', '2024-03-01 12:00:20.000', '2024-03-01 12:00:19.999'),"
        "('c', '10.00', '2024-03-01 12:00:10.000', '2024-03-01 12:00:20.000', '2024-03-01 12:00:19.999');");
    return database;
}

/// “a|5.5; b|10.25”: all columns of all rows, or one column of them.
QString answerTo(const std::string& query, const char* column = nullptr,
                 SQLite::Database& database = shopTables()) {
    QStringList rows;
    try {
        SQLite::Statement statement(database, query);
        while (statement.executeStep()) {
            QStringList cells;
            for (int i = 0; i < statement.getColumnCount(); ++i) {
                if (column == nullptr || std::string(statement.getColumnName(i)) == column)
                    cells << QString::fromStdString(statement.getColumn(i).getString());
            }
            rows << cells.join(u'|');
        }
    } catch (const SQLite::Exception& error) {
        return QString::fromUtf8(error.what()) + QStringLiteral(": ") + QString::fromStdString(query);
    }
    return rows.join(QStringLiteral("; "));
}

/// The one chart of a pipeline.
SupersetChart chartOf(const std::string& from, const std::string& type, const std::string& params) {
    return bundled(shopsWith(from, type, params)).chart("chart");
}

QString remarksOf(const SupersetChart& chart) {
    QStringList words;
    for (const Text& remark : chart.remarks) words << QString::fromStdString(english(remark));
    return words.join(u' ');
}

}  // namespace

class TestSupersetChart : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void linesOfWindowsAreExact() {
        const SupersetChart chart =
            chartOf("per_shop", "line_chart", "{\"y\": [\"total\"], \"series\": \"shop\", \"threshold\": 5}");
        QCOMPARE(chart.likeness, Likeness::Exact);
        QCOMPARE(chart.viz, std::string("echarts_timeseries_line"));
        QCOMPARE(chart.time, std::string("window_start"));
        QCOMPARE(answerTo(chart.query, "total"), QStringLiteral("4.0; 8.25; 10.0; 1.5; 2.0"));
        QCOMPARE(chart.params["groupby"], Json::array({"shop"}));
        QCOMPARE(chart.params["annotation_layers"][0]["value"], Json("5"));
        QCOMPARE(chart.params["annotation_layers"][0]["showMarkers"], Json(false));
        QCOMPARE(chart.request["annotation_layers"], chart.params["annotation_layers"]);
        QVERIFY(remarksOf(chart).contains(QStringLiteral("newest rows are shown, 10")));
    }

    void bandsAreNotDrawnThere() {
        const SupersetChart chart =
            chartOf("per_shop", "line_chart",
                    "{\"y\": [\"total\"], \"series\": \"shop\", \"low\": \"total\", \"high\": \"total\"}");
        QVERIFY2(remarksOf(chart).contains(QStringLiteral("band")), qPrintable(remarksOf(chart)));
    }

    /// Rows of one time are one point there.
    void linesOfRowsMayBeAverages() {
        const SupersetChart chart =
            chartOf("sales", "line_chart", "{\"y\": [\"amount\"], \"series\": \"shop\"}");
        QCOMPARE(chart.likeness, Likeness::Approximate);
        QVERIFY2(remarksOf(chart).contains(QStringLiteral("average")), qPrintable(remarksOf(chart)));
        const SupersetChart joined = chartOf("per_shop", "line_chart", "{\"y\": [\"total\"]}");
        QCOMPARE(joined.likeness, Likeness::Approximate);
    }

    void aSpanIsThatOfTheNewestRows() {
        const SupersetChart chart = chartOf(
            "sales", "line_chart", "{\"y\": [\"amount\"], \"series\": \"shop\", \"span\": \"500ms\"}");
        QCOMPARE(answerTo(chart.query, "amount"), QStringLiteral("8.25"));
        const SupersetChart longer = chartOf(
            "sales", "line_chart", "{\"y\": [\"amount\"], \"series\": \"shop\", \"span\": \"501ms\"}");
        QCOMPARE(answerTo(longer.query, "amount"), QStringLiteral("8.25; 4.0"));
    }

    void barsAreThoseOfTheNewestWindow() {
        const SupersetChart chart =
            chartOf("per_shop", "bar_chart", "{\"category\": \"shop\", \"value\": \"total\", \"top\": 2}");
        QCOMPARE(chart.likeness, Likeness::Exact);
        QCOMPARE(answerTo(chart.query), QStringLiteral("c|10.0; b|8.25"));
        QCOMPARE(chart.params["row_limit"], Json(2));
        QCOMPARE(chart.columns.size(), std::size_t{2});
        const SupersetChart small =
            chartOf("per_shop", "bar_chart",
                    "{\"category\": \"shop\", \"value\": \"total\", \"top\": 2, \"order\": \"smallest\"}");
        QCOMPARE(answerTo(small.query), QStringLiteral("a|4.0; b|8.25"));
        QCOMPARE(small.params["order_desc"], Json(false));
        const SupersetChart named =
            chartOf("per_shop", "bar_chart",
                    "{\"category\": \"shop\", \"value\": \"total\", \"top\": 1, \"order\": \"name\"}");
        QCOMPARE(answerTo(named.query), QStringLiteral("a|4.0"));
    }

    /// Of rows that come for good the latest of each category counts.
    void barsOfRowsHaveTheLatestValue() {
        const SupersetChart chart =
            chartOf("sales", "bar_chart", "{\"category\": \"shop\", \"value\": \"amount\"}");
        QCOMPARE(chart.likeness, Likeness::Exact);
        QCOMPARE(answerTo(chart.query), QStringLiteral("b|8.25; a|4.0"));
        const SupersetChart truths =
            chartOf("sales", "bar_chart", "{\"category\": \"is_open\", \"value\": \"amount\"}");
        QCOMPARE(answerTo(truths.query), QStringLiteral("TRUE|8.25; FALSE|2.0"));
    }

    void slicesAreBars() {
        const SupersetChart chart =
            chartOf("per_shop", "pie_chart", "{\"category\": \"shop\", \"value\": \"total\", \"top\": 2}");
        QCOMPARE(chart.likeness, Likeness::Approximate);
        QCOMPARE(answerTo(chart.query), QStringLiteral("c|10.0; b|8.25"));
    }

    void numbersAreOfTheirSpan_data() {
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QByteArray>("aggregate");
        QTest::addColumn<QString>("answer");
        QTest::newRow("last") << QByteArray("{\"value\": \"amount\"}") << QByteArray("MAX") << "8.25";
        QTest::newRow("sum") << QByteArray("{\"value\": \"amount\", \"aggregate\": \"sum\"}")
                             << QByteArray("SUM") << "1.5; 2.0; 4.0; 8.25; ";
        QTest::newRow("sum of a span")
            << QByteArray("{\"value\": \"amount\", \"aggregate\": \"sum\", \"span\": \"2s\"}")
            << QByteArray("SUM") << "4.0; 8.25";
        QTest::newRow("count") << QByteArray("{\"value\": \"amount\", \"aggregate\": \"count\"}")
                               << QByteArray("MAX") << "4";
    }

    void numbersAreOfTheirSpan() {
        QFETCH(QByteArray, params);
        QFETCH(QByteArray, aggregate);
        QFETCH(QString, answer);
        const SupersetChart chart = chartOf("sales", "number_card", params.toStdString());
        QCOMPARE(chart.viz, std::string("big_number_total"));
        QCOMPARE(answerTo(chart.query), answer);
        QCOMPARE(chart.params["metric"]["aggregate"], Json(aggregate.toStdString()));
        QVERIFY(remarksOf(chart).contains(QStringLiteral("trend")));
    }

    void thresholdsMarkNumbers() {
        const SupersetChart chart =
            chartOf("sales", "gauge", "{\"value\": \"amount\", \"threshold\": 7.5, \"unit\": \"EUR\"}");
        QCOMPARE(chart.likeness, Likeness::Approximate);
        QCOMPARE(answerTo(chart.query), QStringLiteral("8.25"));
        QCOMPARE(chart.params["conditional_formatting"][0]["targetValue"], Json(7.5));
        QCOMPARE(chart.params["subtitle"], Json("EUR"));
    }

    void tablesHaveTheRowsThatCameLast() {
        const SupersetChart chart =
            chartOf("sales", "table_view",
                    "{\"columns\": [\"shop\", \"amount\"], \"keep\": 3, \"order\": [\"amount DESC\"]}");
        QCOMPARE(chart.likeness, Likeness::Exact);
        QCOMPARE(answerTo(chart.query, "shop"), QStringLiteral("c; b; a"));
        QCOMPARE(chart.params["all_columns"], Json::array({"shop", "amount"}));
        QCOMPARE(chart.params["order_by_cols"], Json::array({"[\"amount\",false]"}));
        // With an empty list of metrics equal rows would be one.
        QVERIFY(!chart.params.contains("metrics") && !chart.request.contains("metrics"));
        const SupersetChart plain = chartOf("sales", "table_view", "{\"keep\": 3}");
        QCOMPARE(plain.params["order_by_cols"], Json::array({"[\"ts\",false]"}));
    }

    void histogramsHaveEqualBins() {
        const SupersetChart chart = chartOf("sales", "histogram", "{\"value\": \"amount\", \"bins\": 3}");
        QCOMPARE(chart.likeness, Likeness::Approximate);
        QCOMPARE(answerTo(chart.query + " ORDER BY 1"), QStringLiteral("1.5|2; 3.75|1; 6.0|1"));
        const SupersetChart split =
            chartOf("sales", "histogram", "{\"value\": \"amount\", \"bins\": 1, \"series\": \"shop\"}");
        QCOMPARE(answerTo(split.query + " ORDER BY 2"), QStringLiteral("1.5|a|2; 1.5|b|2"));
        QCOMPARE(split.params["groupby"], Json::array({"shop"}));
        // Of values that are all the same there is one bin.
        const SupersetChart one =
            chartOf("sales", "histogram", "{\"value\": \"amount\", \"span\": \"500ms\"}");
        QCOMPARE(answerTo(one.query), QStringLiteral("8.25|1"));
    }

    /// Their edges are not rounded to one and the same.
    void narrowBinsStayApart() {
        const SupersetChart chart = chartOf("sales", "histogram", "{\"value\": \"amount\", \"bins\": 2}");
        SQLite::Database narrow(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        narrow.exec(
            "CREATE TABLE sales (shop TEXT, amount TEXT DECIMAL, is_open INTEGER BOOLEAN, ts TEXT TIMESTAMP);"
            "INSERT INTO sales VALUES ('a', '0', 1, '2024-03-01 12:00:00.000'),"
            "('a', '4e-12', 1, '2024-03-01 12:00:00.000');");
        QCOMPARE(answerTo(chart.query + " ORDER BY 1", "amount", narrow), QStringLiteral("0.0; 2.0e-12"));
    }

    /// A sum of windows has as many digits as there are.
    void longDecimalsAreSaidToBeRounded() {
        const SupersetChart sums = chartOf("per_shop", "table_view", "{\"columns\": [\"total\"]}");
        QVERIFY2(remarksOf(sums).contains(QStringLiteral("15 digits")), qPrintable(remarksOf(sums)));
        const SupersetChart rows = chartOf("sales", "table_view", "{\"columns\": [\"amount\"]}");
        QVERIFY(!remarksOf(rows).contains(QStringLiteral("15 digits")));
    }

    /// What a column of DOUBLE of another program may hold is no part of an average.
    void infinitiesAreLeftOut() {
        auto schema = std::make_shared<Schema>();
        schema->fields = {{"v", Type::of(TypeId::Double)}};
        const StoreSql sql({"/m.sqlite", {}, {}, "m", false}, schema);
        SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE m (v REAL); INSERT INTO m VALUES (1), (9e999), (NULL), (-9e999), (3);");
        QCOMPARE(
            answerTo("SELECT AVG(v) FROM (" + sql.select(sql.allShown(), {}) + ") AS x", nullptr, database),
            QStringLiteral("2.0"));
        QCOMPARE(answerTo(sql.select("v", sql.isNumber("v")), nullptr, database), QStringLiteral("1.0; 3.0"));
    }

    void othersAreRefusedWithAReason() {
        const SupersetChart chart = chartOf("sales", "scatter_chart", "{\"x\": \"ts\", \"y\": \"amount\"}");
        QCOMPARE(chart.likeness, Likeness::None);
        QVERIFY(!chart.remarks.empty() && !chart.mend.empty());
        QVERIFY(chart.query.empty());
    }

    void timesOfAnotherZoneAreSaid() {
        const Bundled made =
            bundled(shopsWith("per_shop", "line_chart", "{\"y\": [\"total\"], \"series\": \"shop\"}",
                              "\"name\": \"Shops\", \"settings\": {\"time_zone\": \"Asia/Kathmandu\"}"));
        QCOMPARE(made.chart("chart").likeness, Likeness::Approximate);
        QVERIFY(remarksOf(made.chart("chart")).contains(QStringLiteral("UTC")));
    }

    /// Where an administrator has switched templates on, Superset would run them.
    void namesAreNoTemplates() {
        const Bundled made = bundled(
            shops(", {\"id\": \"named\", \"type\": \"select\", \"params\": {\"columns\": [\"shop AS `{{ x "
                  "}}`\", \"amount\", \"ts\"]}},"
                  " {\"id\": \"stored\", \"type\": \"sqlite_sink\", \"params\": {\"database\": \"s.sqlite\", "
                  "\"table\": \"n\"}},"
                  " {\"id\": \"chart\", \"type\": \"line_chart\", \"params\": {\"x\": \"ts\", \"y\": "
                  "[\"amount\"]}}",
                  ", {\"from\": \"sales\", \"to\": \"named\"}, {\"from\": \"named\", \"to\": \"stored\"},"
                  " {\"from\": \"named\", \"to\": \"chart\"}"));
        QCOMPARE(made.chart("chart").likeness, Likeness::None);
        QVERIFY(remarksOf(made.chart("chart")).contains(QStringLiteral("{{ x }}")));
    }
};

QTEST_APPLESS_MAIN(TestSupersetChart)
#include "test_superset_chart.moc"
