// supersetBundle(): the files as Superset 6.1.0 took them, names that stay the same, and what keeps a chart
// out.
#include "core/superset/superset_bundle.h"

#include <QtTest/QtTest>

#include "tests/support/worlds/superset_world.h"
#include "tests/unit/superset/published.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::string kBars = "{\"category\": \"shop\", \"value\": \"total\", \"top\": 5}";

Bundled bars(const std::string& more = "\"name\": \"Shops\"") {
    return bundled(shopsWith("per_shop", "bar_chart", kBars, more));
}

/// A pipeline whose bars are stored in a PostgreSQL alone.
std::string behindServer(const std::string& connection) {
    std::string text = shopsWith("per_shop", "bar_chart", kBars);
    const std::string sink =
        "\"type\": \"sqlite_sink\",\n         \"params\": {\"database\": \"shops.sqlite\", \"table\": \"per "
        "shop\"}";
    const std::size_t at = text.find(sink);
    text.replace(at, sink.size(),
                 "\"type\": \"sql_sink\", \"params\": {\"connection\": \"" + connection +
                     "\", \"table\": \"stats.bars\"}");
    return text;
}

std::string firstRemark(const SupersetChart& chart) {
    return chart.remarks.empty() ? std::string() : english(chart.remarks.front());
}

}  // namespace

class TestSupersetBundle : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theFilesAreAllThere() {
        const Bundled made = bars();
        std::vector<std::string> names;
        for (const auto& [name, text] : made.bundle.files) names.push_back(name);
        const std::vector<std::string> all{
            "rillwright/metadata.yaml", "rillwright/databases/rillwright_c2374527.yaml",
            "rillwright/datasets/rillwright_c2374527/chart.yaml", "rillwright/charts/chart.yaml",
            "rillwright/dashboards/dashboard.yaml"};
        QCOMPARE(names, all);
        QCOMPARE(filesOfZip(made.bundle.zip()), made.bundle.files);
        QVERIFY(!made.bundle.isEmpty());
    }

    void metadataAndDatabaseAreThose() {
        const Bundled made = bars();
        QCOMPARE(made.file("rillwright/metadata.yaml"),
                 std::string("\"version\": \"1.0.0\"\n\"timestamp\": \"2025-11-20T18:00:00+00:00\"\n"));
        QCOMPARE(made.file("rillwright/databases/rillwright_c2374527.yaml"),
                 std::string("\"database_name\": \"Rillwright: /data/shops.sqlite\"\n"
                             "\"sqlalchemy_uri\": \"sqlite:////data/shops.sqlite\"\n"
                             "\"expose_in_sqllab\": true\n"
                             "\"allow_file_upload\": false\n"
                             "\"extra\":\n  \"allows_virtual_table_explore\": true\n"
                             "\"uuid\": \"c2374527-3a4b-563b-938e-a06d0ebb7fd8\"\n"
                             "\"version\": \"1.0.0\"\n"));
    }

    void theDatasetIsThat() {
        const Bundled made = bars();
        const auto column = [](const std::string& name, const std::string& type) {
            return "  -\n    \"column_name\": \"" + name + "\"\n    \"type\": \"" + type +
                   "\"\n    \"is_dttm\": false\n    \"python_date_format\": null\n    \"is_active\": true\n"
                   "    \"groupby\": true\n    \"filterable\": true\n";
        };
        QCOMPARE(made.file("rillwright/datasets/rillwright_c2374527/chart.yaml"),
                 "\"table_name\": \"Shops: chart\"\n\"schema\": \"main\"\n"
                 "\"sql\": \"SELECT \\\"shop\\\", SUM(CAST(\\\"total\\\" AS REAL)) AS \\\"total\\\" FROM "
                 "\\\"per shop\\\" WHERE \\\"window_end\\\" = (SELECT MAX(\\\"window_end\\\") FROM \\\"per "
                 "shop\\\") "
                 "AND \\\"total\\\" IS NOT NULL GROUP BY \\\"shop\\\" ORDER BY 2 DESC, 1 LIMIT 5\"\n"
                 "\"main_dttm_col\": null\n\"columns\":\n" +
                     column("shop", "TEXT") + column("total", "REAL") +
                     "\"metrics\":\n  -\n    \"metric_name\": \"count\"\n    \"expression\": \"COUNT(*)\"\n"
                     "    \"verbose_name\": \"COUNT(*)\"\n"
                     "\"uuid\": \"2dc0ca3c-a06e-5d2a-bd22-016300f244c4\"\n"
                     "\"database_uuid\": \"c2374527-3a4b-563b-938e-a06d0ebb7fd8\"\n"
                     "\"version\": \"1.0.0\"\n");
    }

    void theChartIsThat() {
        const std::string chart = bars().file("rillwright/charts/chart.yaml");
        QCOMPARE(yamlValue(chart, "slice_name"), std::string("The chart"));
        QCOMPARE(yamlValue(chart, "viz_type"), std::string("echarts_timeseries_bar"));
        QCOMPARE(yamlValue(chart, "uuid"), std::string("17b8540e-2802-5bd0-a9b8-eccd5c2deca0"));
        QCOMPARE(yamlValue(chart, "dataset_uuid"), std::string("2dc0ca3c-a06e-5d2a-bd22-016300f244c4"));
        QVERIFY(chart.find("\"cache_timeout\": -1\n") != std::string::npos);
        QVERIFY(chart.find("\n  \"datasource\": \"0__table\"\n") != std::string::npos);
        std::string context = yamlValue(chart, "query_context");
        for (std::size_t at = 0; (at = context.find("\\\"", at)) != std::string::npos;) context.erase(at, 1);
        const Json read = Json::parse(context, nullptr, false);
        QVERIFY(read.is_object());
        QCOMPARE(read["datasource"], (Json{{"id", 0}, {"type", "table"}}));
        QCOMPARE(read["queries"][0]["row_limit"], Json(5));
        QCOMPARE(read["form_data"]["viz_type"], Json("echarts_timeseries_bar"));
    }

    void theDashboardIsThat() {
        const Bundled made = bars();
        const std::string dashboard = made.file("rillwright/dashboards/dashboard.yaml");
        QCOMPARE(yamlValue(dashboard, "dashboard_title"), std::string("Shops"));
        QCOMPARE(yamlValue(dashboard, "uuid"), std::string("9e2216f7-ecb2-586d-af6f-211bf7d5df00"));
        QCOMPARE(yamlValue(dashboard, "slug"), std::string("rillwright-shops-9e2216f7"));
        QCOMPARE(made.bundle.slug, yamlValue(dashboard, "slug"));
        QVERIFY(dashboard.find("\"chartId\": 1\n") != std::string::npos);
        // A run that ends by itself changes nothing any more.
        QVERIFY(dashboard.find("\"refresh_frequency\": 0\n") != std::string::npos);
        std::vector<std::string_view> kinds;
        for (const SupersetObject& object : made.bundle.objects)
            kinds.push_back(supersetKindName(object.kind));
        QCOMPARE(kinds, (std::vector<std::string_view>{"database", "dataset", "chart", "dashboard"}));
    }

    void theSamePipelineHasTheSameNames() {
        QCOMPARE(bars().bundle.zip(), bars().bundle.zip());
        const Bundled other = bars("\"name\": \"Other shops\"");
        QCOMPARE(other.bundle.databases.front().uuid, std::string("c2374527-3a4b-563b-938e-a06d0ebb7fd8"));
        QVERIFY(other.bundle.dashboard != bars().bundle.dashboard);
        QVERIFY(other.bundle.objects[1].uuid != bars().bundle.objects[1].uuid);
        // Without a name that of the file.
        const Bundled unnamed = bars("\"name\": \"\"");
        QCOMPARE(unnamed.bundle.name, std::string("file"));
        const Bundled chinese = bars("\"name\": \"\xe5\xba\x97\xe9\x93\xba\"");
        QVERIFY(chinese.bundle.slug.starts_with("rillwright-") && chinese.bundle.slug.size() == 19);
    }

    /// The password is handed over beside the bundle.
    void aServerIsThereWithoutItsPassword() {
        const SupersetWorld world;
        const Bundled made = bundled(behindServer("pg"), world.connections());
        QVERIFY2(made.chart("chart").isPublished(), firstRemark(made.chart("chart")).c_str());
        QCOMPARE(made.bundle.databases.size(), std::size_t{1});
        const std::string database = made.file("rillwright/" + made.bundle.databases.front().file);
        QCOMPARE(yamlValue(database, "sqlalchemy_uri"),
                 std::string("postgresql+psycopg2://rill:XXXXXXXXXX@db.example:5433/shop"));
        QVERIFY(made.bundle.zip().find(SupersetWorld::kDatabasePassword) == std::string::npos);
        QVERIFY(made.chart("chart").query.find("\"stats\".\"bars\"") != std::string::npos);
        const std::string dataset = made.file(
            "rillwright/datasets/" + made.bundle.databases.front().file.substr(10, 19) + "/chart.yaml");
        QCOMPARE(yamlValue(dataset, "schema"), std::string("stats"));
    }

    void whatKeepsAChartOutIsSaid() {
        const Bundled unstored = bundled(
            shops(", {\"id\": \"few\", \"type\": \"limit\", \"params\": {\"count\": 2}},"
                  " {\"id\": \"chart\", \"type\": \"table_view\", \"params\": {}}",
                  ", {\"from\": \"sales\", \"to\": \"few\"}, {\"from\": \"few\", \"to\": \"chart\"}"));
        QVERIFY2(firstRemark(unstored.chart("chart")).find("“few”") != std::string::npos,
                 firstRemark(unstored.chart("chart")).c_str());
        QVERIFY(!unstored.chart("chart").mend.empty());
        QVERIFY(unstored.bundle.isEmpty() && unstored.bundle.files.empty());
        QVERIFY(!nothingToPublish(unstored.bundle).ok());
        const Bundled hidden =
            bundled(shopsWith("per_shop", "bar_chart", kBars,
                              "\"name\": \"Shops\", \"dashboard\": {\"cards\": [{\"node\": \"nobody\", "
                              "\"at\": [0, 0], \"size\": [6, 4]}]}"));
        QVERIFY2(firstRemark(hidden.chart("chart")).find("no card") != std::string::npos,
                 firstRemark(hidden.chart("chart")).c_str());
        const Bundled none = bundled(shops({}, {}));
        QVERIFY(none.bundle.charts.empty());
        QVERIFY(english(nothingToPublish(none.bundle).error()).find("no chart") != std::string::npos);
    }

    /// A table with all rows is taken before one with the newest row of each key.
    void theTableWithAllRowsIsTaken() {
        const std::string upsert =
            ", {\"id\": \"newest\", \"type\": \"sqlite_sink\", \"params\": {\"database\": \"n.sqlite\", "
            "\"table\": \"n\", "
            "\"mode\": \"upsert\", \"key\": [\"shop\"]}}, {\"id\": \"few\", \"type\": \"limit\", \"params\": "
            "{\"count\": 2}},"
            " {\"id\": \"chart\", \"type\": \"table_view\", \"params\": {}}";
        const Bundled both = bundled(shops(upsert,
                                           ", {\"from\": \"sales\", \"to\": \"newest\"},"
                                           " {\"from\": \"sales\", \"to\": \"few\"},"
                                           " {\"from\": \"sales\", \"to\": \"chart\"}"));
        QCOMPARE(both.chart("chart").store.table, std::string("sales"));
        const Bundled one = bundled(shops(upsert,
                                          ", {\"from\": \"few\", \"to\": \"newest\"},"
                                          " {\"from\": \"sales\", \"to\": \"few\"},"
                                          " {\"from\": \"few\", \"to\": \"chart\"}"));
        QCOMPARE(one.chart("chart").store.table, std::string("n"));
        QCOMPARE(one.chart("chart").likeness, Likeness::Approximate);
    }
};

QTEST_APPLESS_MAIN(TestSupersetBundle)
#include "test_superset_bundle.moc"
