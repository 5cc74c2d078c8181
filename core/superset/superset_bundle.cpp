#include "core/superset/superset_bundle.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "core/base/ascii.h"
#include "core/data/text.h"
#include "core/pipeline/prefill.h"
#include "core/pipeline/subflow.h"
#include "core/superset/dashboard_layout.h"
#include "core/superset/superset_database.h"
#include "core/superset/uuid5.h"
#include "core/superset/yaml_text.h"

namespace rw {

namespace {

constexpr const char* kBundleVersion = "1.0.0";
constexpr std::size_t kLongestTitle = 240, kLongestSlug = 60;
constexpr int kRefreshSeconds = 10;
constexpr std::string_view kHiddenPassword = "XXXXXXXXXX";

/// “2026-11-20T18:00:00+00:00”.
std::string isoTime(Instant now) {
    std::string text;
    appendTimestamp(text, now);
    text = text.substr(0, text.find('.'));
    std::replace(text.begin(), text.end(), ' ', 'T');
    return text + "+00:00";
}

/// Letters and digits of the name, for people who read the address; what makes it the pipeline's own is the
/// end.
std::string slugOf(const std::string& name, const std::string& uuid) {
    std::string slug;
    for (const char c : name) {
        const bool plain = isAsciiLetter(c) || isAsciiDigit(c);
        if (plain && slug.size() < kLongestSlug) slug += asciiSmall(c);
        if (!plain && !slug.empty() && slug.back() != '-') slug += '-';
    }
    if (!slug.empty() && slug.back() != '-') slug += '-';
    return "rillwright-" + slug + uuid.substr(0, 8);
}

std::string maskedUri(const SupersetDatabase& database) {
    const std::size_t at = database.uri.find('@');
    if (!database.hasPassword || at == std::string::npos) return database.uri;
    return database.uri.substr(0, at) + ":" + std::string(kHiddenPassword) + database.uri.substr(at);
}

Json databaseJson(const SupersetDatabase& database) {
    return {{"database_name", database.name},
            {"sqlalchemy_uri", maskedUri(database)},
            {"expose_in_sqllab", true},
            {"allow_file_upload", false},
            {"extra", {{"allows_virtual_table_explore", true}}},
            {"uuid", database.uuid},
            {"version", kBundleVersion}};
}

Json datasetJson(const SupersetChart& chart, const std::string& name, const std::string& uuid,
                 const SupersetDatabase& database) {
    Json columns = Json::array();
    for (const DatasetColumn& column : chart.columns) {
        columns.push_back({{"column_name", column.name},
                           {"type", column.type},
                           {"is_dttm", column.isTime},
                           // With a format Superset makes NULL of our times.
                           {"python_date_format", nullptr},
                           {"is_active", true},
                           {"groupby", true},
                           {"filterable", true}});
    }
    const std::string schema = !database.connection.empty() && chart.store.schema.empty() ? "public"
                               : database.connection.empty()                              ? "main"
                                                             : chart.store.schema;
    return {{"table_name", name},
            {"schema", schema},
            {"sql", chart.query},
            {"main_dttm_col", chart.time.empty() ? Json(nullptr) : Json(chart.time)},
            {"columns", columns},
            {"metrics",
             Json::array(
                 {Json{{"metric_name", "count"}, {"expression", "COUNT(*)"}, {"verbose_name", "COUNT(*)"}}})},
            {"uuid", uuid},
            {"database_uuid", database.uuid},
            {"version", kBundleVersion}};
}

Json chartJson(const SupersetChart& chart, const std::string& title, const std::string& uuid,
               const std::string& dataset) {
    const Json context = {{"datasource", {{"id", 0}, {"type", "table"}}},
                          {"force", false},
                          {"queries", Json::array({chart.request})},
                          {"form_data", chart.params},
                          {"result_format", "json"},
                          {"result_type", "full"}};
    return {{"slice_name", title},
            {"viz_type", chart.viz},
            {"params", chart.params},
            {"query_context", context.dump(-1, ' ', false, Json::error_handler_t::replace)},
            {"cache_timeout", -1},
            {"uuid", uuid},
            {"dataset_uuid", dataset},
            {"version", kBundleVersion}};
}

class Bundler {
 public:
    Bundler(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
            const BundleOptions& options)
        : m_pipeline(validated.expanded ? validated.expanded->pipeline : pipeline),
          m_outer(pipeline),
          m_catalogue(catalogue),
          m_validated(validated),
          m_options(options) {}

    SupersetBundle run() {
        m_out.name = shortName(m_options.name, kLongestTitle);
        m_out.dashboard = uuidOf("dashboard", {});
        m_out.slug = slugOf(m_options.name, m_out.dashboard);
        findCards();
        for (const NodeId& id : m_validated.order) {
            const Node* node = m_pipeline.find(id);
            const NodeKind* kind = node != nullptr ? m_catalogue.of(*node) : nullptr;
            if (kind != nullptr && kind->chart) publish(*node);
        }
        const bool any = std::any_of(m_out.charts.begin(), m_out.charts.end(),
                                     [](const SupersetChart& chart) { return chart.isPublished(); });
        if (any) finish();
        return std::move(m_out);
    }

 private:
    std::string uuidOf(const char* what, const NodeId& node) const {
        return uuid5(
            supersetNamespace(),
            Json::array({what, m_options.name, node}).dump(-1, ' ', false, Json::error_handler_t::replace));
    }

    bool isBounded() const {
        return std::none_of(m_validated.nodes.begin(), m_validated.nodes.end(), [](const auto& node) {
            return node.second.bound != nullptr && node.second.bound->live;
        });
    }

    void findCards() {
        std::vector<DashboardCard> cards = m_outer.cards;
        if (cards.empty() && !m_outer.noCards) {
            std::vector<std::pair<NodeId, bool>> charts;
            for (const NodeId& id : m_validated.order) {
                const Node* node = m_pipeline.find(id);
                const NodeKind* kind = node != nullptr ? m_catalogue.of(*node) : nullptr;
                if (kind != nullptr && kind->chart) charts.emplace_back(id, kind->singleNumber);
            }
            cards = usualCards(charts);
        }
        for (DashboardCard& card : cards) m_cards.emplace(card.node, std::move(card));
    }

    /// The wire that brings a node its rows; null: none does.
    const RunWire* wireTo(const NodeId& node) const {
        const auto found = std::find_if(m_validated.wires.begin(), m_validated.wires.end(),
                                        [&node](const RunWire& wire) { return wire.to.node == node; });
        return found == m_validated.wires.end() ? nullptr : &*found;
    }

    /// The tables that sinks make of the rows at a port: first those that have all rows, then those of
    /// servers, which Superset reaches more easily than a file.
    std::vector<StoredTable> tablesOf(const PortRef& port, bool updating) const {
        std::vector<StoredTable> tables;
        for (const RunWire& wire : m_validated.wires) {
            if (!(wire.from == port)) continue;
            const auto sink = m_validated.nodes.find(wire.to.node);
            if (sink == m_validated.nodes.end() || sink->second.bound == nullptr) continue;
            if (sink->second.bound->stores) tables.push_back(*sink->second.bound->stores);
        }
        const auto rank = [updating](const StoredTable& table) {
            return (table.byKey && !updating ? 2 : 0) + (table.connection.empty() ? 1 : 0);
        };
        std::stable_sort(tables.begin(), tables.end(),
                         [&rank](const StoredTable& a, const StoredTable& b) { return rank(a) < rank(b); });
        return tables;
    }

    SupersetChart& refuse(const Node& node, Text why, Text mend) {
        SupersetChart& chart = m_out.charts.emplace_back();
        chart.node = node.id;
        chart.title = node.shownTitle();
        chart.likeness = Likeness::None;
        chart.remarks.push_back(std::move(why));
        chart.mend = std::move(mend);
        return chart;
    }

    void publish(const Node& node) {
        const auto typed = m_validated.nodes.find(node.id);
        const RunWire* wire = wireTo(node.id);
        if (typed == m_validated.nodes.end() || typed->second.bound == nullptr || wire == nullptr) return;
        if (m_cards.find(node.id) == m_cards.end()) {
            refuse(node, RW_TEXT("superset", "It has no card on the dashboard."),
                   RW_TEXT("superset", "Add the chart to the dashboard."));
            return;
        }
        const StreamType& input = typed->second.inputs.front().front();
        const std::vector<StoredTable> tables = tablesOf(wire->from, input.updating);
        const Node* producer = m_pipeline.find(wire->from.node);
        if (tables.empty()) {
            refuse(node,
                   RW_TEXT("superset", "No table stores the rows that it draws, those of “%1”.")
                       .with(producer != nullptr ? producer->shownTitle() : wire->from.node),
                   RW_TEXT("superset", "Wire them to an SQLite or PostgreSQL sink, too."));
            return;
        }
        Status trouble;
        for (const StoredTable& table : tables) {
            const Result<SupersetDatabase> database = supersetDatabase(table, m_options.connections.get());
            if (database.ok()) return publishFrom(node, *typed->second.bound, *wire, input, table, *database);
            if (trouble.ok()) trouble = database.status();
        }
        refuse(node, trouble.error().message, trouble.error().fix);
    }

    void publishFrom(const Node& node, const BoundNode& bound, const RunWire& wire, const StreamType& input,
                     const StoredTable& table, const SupersetDatabase& database) {
        ChartToPublish chart;
        chart.node = node.id;
        chart.title = node.shownTitle();
        chart.bound = &bound;
        chart.input = input;
        chart.store = table;
        chart.keys = rowKeys(m_validated.nodes.at(wire.from.node).keys, input);
        chart.bounded = isBounded();
        chart.timeZone = m_outer.settings.timeZone;
        SupersetChart made = supersetChart(chart);
        if (made.isPublished()) add(made, database);
        m_out.charts.push_back(std::move(made));
    }

    void add(const SupersetChart& chart, const SupersetDatabase& database) {
        const auto known =
            std::find_if(m_out.databases.begin(), m_out.databases.end(),
                         [&database](const SupersetDatabase& each) { return each.uuid == database.uuid; });
        if (known == m_out.databases.end()) {
            m_out.databases.push_back(database);
            for (Text& need : supersetNeeds(database, chart.store, m_options.connections.get()))
                m_out.warnings.push_back(std::move(need));
        }
        const std::string uuid = uuidOf("chart", chart.node), dataset = uuidOf("dataset", chart.node);
        const std::string title = shortName(chart.title, kLongestTitle);
        // Unique among all datasets: where Superset keeps its own data in SQLite, it must be.
        const std::string name = shortName(m_options.name + ": " + chart.node, kLongestTitle);
        // A name of the file system, of a node inside a subflow, too.
        std::string file = chart.node + ".yaml";
        std::replace(file.begin(), file.end(), '/', '.');
        const std::string folder = database.file.substr(0, database.file.find('.'));
        m_datasets.emplace_back("datasets" + folder.substr(folder.find('/')) + "/" + file,
                                yamlText(datasetJson(chart, name, dataset, database)));
        m_charts.emplace_back("charts/" + file, yamlText(chartJson(chart, title, uuid, dataset)));
        m_objects.push_back({SupersetObject::Kind::Dataset, name, dataset});
        m_objects.push_back({SupersetObject::Kind::Chart, title, uuid});
        m_placed.push_back({m_cards.at(chart.node), uuid, title});
    }

    void finish() {
        const auto addFile = [this](const std::string& name, std::string text) {
            m_out.files.emplace_back("rillwright/" + name, std::move(text));
        };
        // Without a type every importer takes it.
        addFile("metadata.yaml",
                yamlText({{"version", kBundleVersion}, {"timestamp", isoTime(m_options.now)}}));
        for (const SupersetDatabase& database : m_out.databases) {
            addFile(database.file, yamlText(databaseJson(database)));
            m_out.objects.push_back({SupersetObject::Kind::Database, database.name, database.uuid});
        }
        for (auto& [name, text] : m_datasets) addFile(name, std::move(text));
        for (auto& [name, text] : m_charts) addFile(name, std::move(text));
        const Json dashboard = {{"dashboard_title", m_out.name},
                                {"slug", m_out.slug},
                                {"published", true},
                                {"uuid", m_out.dashboard},
                                {"position", supersetLayout(std::move(m_placed), m_out.name)},
                                {"metadata",
                                 {{"refresh_frequency", isBounded() ? 0 : kRefreshSeconds},
                                  {"timed_refresh_immune_slices", Json::array()},
                                  {"color_scheme", "supersetColors"},
                                  {"cross_filters_enabled", true},
                                  {"native_filter_configuration", Json::array()},
                                  {"expanded_slices", Json::object()},
                                  {"label_colors", Json::object()}}},
                                {"version", kBundleVersion}};
        addFile("dashboards/dashboard.yaml", yamlText(dashboard));
        m_out.objects.insert(m_out.objects.end(), m_objects.begin(), m_objects.end());
        m_out.objects.push_back({SupersetObject::Kind::Dashboard, m_out.name, m_out.dashboard});
    }

    const Pipeline& m_pipeline;  ///< with the nodes inside subflows
    const Pipeline& m_outer;
    const Catalogue& m_catalogue;
    const Validated& m_validated;
    const BundleOptions& m_options;
    std::map<NodeId, DashboardCard> m_cards{};
    ZipFiles m_datasets{}, m_charts{};
    std::vector<SupersetObject> m_objects{};
    std::vector<PlacedChart> m_placed{};
    SupersetBundle m_out{};
};

}  // namespace

std::string_view supersetKindName(SupersetObject::Kind kind) {
    switch (kind) {
        case SupersetObject::Kind::Database:
            return "database";
        case SupersetObject::Kind::Dataset:
            return "dataset";
        case SupersetObject::Kind::Chart:
            return "chart";
        case SupersetObject::Kind::Dashboard:
            break;
    }
    return "dashboard";
}

Text supersetKindText(SupersetObject::Kind kind) {
    switch (kind) {
        case SupersetObject::Kind::Database:
            return RW_TEXT("superset", "database");
        case SupersetObject::Kind::Dataset:
            return RW_TEXT("superset", "dataset");
        case SupersetObject::Kind::Chart:
            return RW_TEXT("superset", "chart");
        case SupersetObject::Kind::Dashboard:
            break;
    }
    return RW_TEXT("superset", "dashboard");
}

std::string publishedName(const Pipeline& pipeline, const std::string& file) {
    return pipeline.name.empty() ? std::filesystem::path(file).stem().string() : pipeline.name;
}

SupersetBundle supersetBundle(const Pipeline& pipeline, const Catalogue& catalogue,
                              const Validated& validated, const BundleOptions& options) {
    return Bundler(pipeline, catalogue, validated, options).run();
}

Status nothingToPublish(const SupersetBundle& bundle) {
    if (bundle.charts.empty())
        return {ErrorCode::Invalid, RW_TEXT("superset", "The pipeline has no chart to publish."),
                RW_TEXT("superset", "Add one, and a sink that stores its rows in SQLite or PostgreSQL.")};
    const SupersetChart& first = bundle.charts.front();
    return {ErrorCode::Invalid,
            RW_TEXT("superset", "None of the charts can be published; “%1”: %2")
                .with(first.title, first.remarks.front()),
            first.mend};
}

}  // namespace rw
