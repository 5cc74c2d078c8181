#include "tests/unit/lineage/random_pipeline.h"

#include <SQLiteCpp/Database.h>

#include <QFile>
#include <QTemporaryDir>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"

namespace rw::test {

namespace {

constexpr Instant kStart = 1'709'294'400'000;  // 2024-03-01 12:00

/// A table of prices, of which one key has none, and a model that the same row has the same score of.
class Shop {
 public:
    Shop() {
        SQLite::Database items(path("items.sqlite"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        items.exec("CREATE TABLE items (k TEXT, price INTEGER)");
        items.exec("INSERT INTO items VALUES ('x', 4), ('y', 2), ('nobody', 7)");
        QFile model(QString::fromStdString(path("model.json")));
        if (!model.open(QIODevice::WriteOnly) || model.write(kModel) < 0) qFatal("no model");
    }
    std::string path(const char* name) const {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }

 private:
    static constexpr const char* kModel =
        R"json({"rillwright_model":1,"inputs":[{"name":"a","mean":0}],"outputs":[{"name":"y","type":"DOUBLE",
        "gives":"value"}],"linear":{"intercepts":[1],"weights":[[2]]}})json";

    const QTemporaryDir m_folder;
};

const Shop& shop() {
    static const Shop kShop;
    return kShop;
}

class Maker {
 public:
    explicit Maker(std::uint32_t seed) : m_random(seed), m_beside(seed ^ 0x5eed'0000U) {}

    RandomCase make() {
        const std::string first = addSource("a"), second = addSource("b");
        std::string end = first;
        const int nodes = 1 + below(3);
        // One that has rows or numbers from elsewhere stands before the others, or behind them.
        const auto where = m_beside() % 8;
        if (where == 0) end = growFromElsewhere(end);
        for (int i = 0; i < nodes; ++i) end = grow(end, i == 0 ? second : std::string());
        if (where == 1 || where == 2) end = growFromElsewhere(end);
        m_case.last = end;
        dropUnread();
        return std::move(m_case);
    }

    RandomCase makeLearning() {
        const std::string first = addSource("a");
        add("good", "filter", {{"condition", "v > 0"}});
        join(first, "good");
        add("line", "regress",
            {{"target", "y"}, {"features", {"v"}}, {"keys", once(4) ? Json::array() : Json::array({"k"})}});
        add("numbers", "select", {{"columns", {"*", "CAST(v * v AS DOUBLE) AS y"}}});
        join("good", "numbers");
        join("numbers", "line");
        m_case.last = "line";
        return std::move(m_case);
    }

 private:
    int below(int most) { return static_cast<int>(m_random() % static_cast<unsigned>(most)); }
    bool once(int in) { return below(in) == 0; }

    std::string addSource(const std::string& id) {
        static const char* const kKeys[] = {"x", "y", "z"};
        const int rows = 3 + below(25);
        const Millis delay = below(4) * 1'000;
        ColumnBuilder keys(Type::of(TypeId::String)), values(Type::of(TypeId::Int)),
            times(Type::of(TypeId::Timestamp));
        Json cells = Json::array();
        Instant time = kStart;
        for (int i = 0; i < rows; ++i) {
            time += below(4) * 500;
            const Instant at = time - (once(3) ? below(8) * 1'000 : 0);
            const char* const key = kKeys[below(3)];
            const int value = below(6) - 1;
            keys.appendString(key);
            values.append(static_cast<std::int32_t>(value));
            times.append(at);
            std::string text;
            appendTimestamp(text, at);
            cells.push_back(Json::array({key, value, text}));
        }
        GivenSource given;
        given.delay = delay;
        given.rows.rows = static_cast<std::size_t>(rows);
        given.rows.columns = {keys.finish(), values.finish(), times.finish()};
        given.rows.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::String)},
                                                                   {"v", Type::of(TypeId::Int)},
                                                                   {"ts", Type::of(TypeId::Timestamp)}}});
        m_case.sources[id] = std::move(given);
        add(id, "rows",
            {{"columns", {"k STRING", "v INT", "ts TIMESTAMP(3)"}},
             {"rows", std::move(cells)},
             {"event_time", "ts"},
             {"watermark_delay", formatDuration(delay)}});
        return id;
    }

    void add(const std::string& id, const char* type, Json params) {
        Node node;
        node.id = id;
        node.type = type;
        node.params = std::move(params);
        m_case.pipeline.nodes.push_back(std::move(node));
    }
    void join(const std::string& from, const std::string& to, const char* port = "in") {
        m_case.pipeline.wires.push_back({{from, "out"}, {to, port}, Json::object()});
    }

    bool isValid() const {
        ValidateOptions options;
        options.files = false;
        static const Catalogue kKinds = builtin();
        return !hasErrors(validate(m_case.pipeline, kKinds, options).issues);
    }

    /// A lookup_join or a score behind `end`, where one can stand there. By random numbers of its own: a case
    /// without is what it was before there were any.
    std::string growFromElsewhere(const std::string& end) {
        const Pipeline before = m_case.pipeline;
        const std::string id = "elsewhere";
        const bool left = m_beside() % 2 == 0;
        if (m_beside() % 2 == 0) {
            add(id, "lookup_join",
                {{"database", shop().path("items.sqlite")},
                 {"table", "items"},
                 {"columns", {"k STRING", "price INT"}},
                 {"on", "left.k = right.k"},
                 {"kind", left ? "left" : "inner"}});
        } else {
            add(id, "score",
                {{"model", shop().path("model.json")}, {"features", {"v AS a"}}, {"columns", {"y DOUBLE"}}});
        }
        join(end, id);
        if (isValid()) return id;
        m_case.pipeline = before;
        return end;
    }

    /// Adds a node behind `end` that can stand there; `other` is a source that nobody reads yet.
    std::string grow(const std::string& end, const std::string& other) {
        for (int tries = 0; tries < 20; ++tries) {
            const Pipeline before = m_case.pipeline;
            const std::string id = "n" + std::to_string(m_number++);
            place(id, end, other);
            if (isValid()) return id;
            m_case.pipeline = before;
        }
        return end;
    }

    Json window() {
        switch (below(4)) {
            case 0:
                return {{"window", "tumble"}, {"size", "4s"}};
            case 1:
                return {{"window", "hop"}, {"size", "5s"}, {"slide", "2s"}};
            case 2:
                return {{"window", "cumulate"}, {"size", "6s"}, {"step", "2s"}};
            default:
                return {{"window", "session"}, {"gap", "2s"}};
        }
    }

    Json with(Json params, Json more) {
        params.update(more);
        return params;
    }

    void place(const std::string& id, const std::string& end, const std::string& other) {
        const Json keys = once(4) ? Json::array() : Json::array({"k"});
        const char* const kinds[] = {"inner", "left", "right", "full"};
        const char* const on = "left.k = right.k";
        const bool two = !other.empty() && once(2);
        if (two) {
            const int which = below(5);
            if (which == 0) {
                add(id, "union", Json::object());
                join(end, id);
                join(other, id);
                return;
            }
            if (which == 1)
                add(id, "interval_join",
                    {{"on", on}, {"lower", "-2s"}, {"upper", "1s"}, {"kind", kinds[below(4)]}});
            if (which == 2) {
                static const char* const all[] = {"inner", "left", "right", "full", "semi", "anti"};
                add(id, "window_join",
                    {{"on", on}, {"window", "tumble"}, {"size", "4s"}, {"kind", all[below(6)]}});
            }
            if (which == 3) add(id, "temporal_join", {{"on", on}, {"kind", kinds[below(2)]}});
            if (which == 4) add(id, "join", {{"on", on}, {"kind", kinds[below(4)]}});
            join(end, id, "left");
            join(other, id, "right");
            return;
        }
        switch (below(18)) {
            case 0:
                add(id, "filter", {{"condition", "v > 0"}});
                break;
            case 1:
                add(id, "select", {{"columns", {"*", "v * 2 AS w" + std::to_string(m_number)}}});
                break;
            case 2:
                add(id, "route", {{"branches", {"out: v > 1"}}});
                break;
            case 3:
            case 4:
                add(id, "window_aggregate",
                    with(window(), {{"keys", keys}, {"aggregates", {"COUNT(*) AS v", "MAX(v) AS best"}}}));
                break;
            case 5:
                add(id, "window_aggregate",
                    with(window(), {{"keys", keys},
                                    {"allowed_lateness", "3s"},
                                    {"aggregates", {"SUM(v) AS v", "COUNT(*) AS n"}}}));
                break;
            case 6:
                add(id, "over_aggregate",
                    {{"partition_by", keys},
                     {"frame", once(2) ? "ROWS 2 PRECEDING" : "RANGE '3s' PRECEDING"},
                     {"aggregates", {"SUM(v) AS s" + std::to_string(m_number)}}});
                break;
            case 7:
                add(id, "deduplicate", {{"keys", {"k"}}, {"keep", once(2) ? "first" : "last"}});
                break;
            case 8:
                add(id, "top_n", {{"by", {"v DESC"}}, {"limit", 1 + below(3)}, {"partition_by", keys}});
                break;
            case 9:
                add(id, "group_aggregate",
                    {{"keys", keys}, {"aggregates", {"SUM(v) AS v", "COUNT(*) AS n"}}});
                break;
            case 10:
                add(id, "sort", Json::object());
                m_renumbers = true;
                break;
            case 11:
                // Behind a sort or an alert a row's number, by which it is drawn, counts all rows before it.
                if (!m_renumbers) add(id, "sample", {{"fraction", 0.6}});
                break;
            case 12:
                add(id, "event_time", {{"column", "ts"}, {"watermark_delay", "1s"}});
                break;
            case 13:
                add(id, "limit", {{"count", 1 + below(20)}});
                break;
            case 14:
                add(id, "throttle", {{"rate", 1'000'000}});
                break;
            case 15:
                add(id + "s", "select", {{"columns", {"*", "CONCAT('[', CAST(v AS STRING), ', 7]') AS js"}}});
                join(end, id + "s");
                add(id, "flatten", {{"column", "js"}, {"keep_empty", true}, {"columns", {"e STRING"}}});
                join(id + "s", id);
                return;
            case 16:
                // Without `for`: a row that time alone raises has no number, and is not found again behind a
                // throttle.
                add(id, "alert", {{"condition", "v > 1"}, {"keys", keys}, {"message", "{k}"}});
                m_renumbers = true;
                break;
            default:
                add(id, "pattern",
                    {{"partition_by", keys},
                     {"pattern", "A B"},
                     {"after_match", once(2) ? "PAST LAST ROW" : "TO NEXT ROW"},
                     {"define", {"A AS v > 0", "B AS v > 1"}},
                     {"measures", {"LAST(B.v) AS v"}}});
        }
        join(end, id);
    }

    /// A source without a reader would not run.
    void dropUnread() {
        Pipeline& pipeline = m_case.pipeline;
        std::erase_if(pipeline.nodes, [&](const Node& node) {
            const bool read = std::any_of(pipeline.wires.begin(), pipeline.wires.end(),
                                          [&](const Wire& wire) { return wire.from.node == node.id; });
            if (node.id == m_case.last || read) return false;
            m_case.sources.erase(node.id);
            return true;
        });
    }

    std::mt19937 m_random, m_beside;
    int m_number = 0;
    bool m_renumbers = false;
    RandomCase m_case{};
};

}  // namespace

RandomCase randomCase(std::uint32_t seed) {
    return Maker(seed).make();
}

RandomCase learningCase(std::uint32_t seed) {
    return Maker(seed).makeLearning();
}

}  // namespace rw::test
