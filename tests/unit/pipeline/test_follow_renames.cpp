// A column that gets another name, and the nodes behind it: what names it follows, byte for byte but for the
// name; what is called alike and comes from elsewhere stays.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/renaming/follow_renames.h"
#include "core/pipeline/renaming/item_renames.h"

using namespace rw;

namespace {

const std::string kOrders =
    R"json({"id":"orders","type":"rows","params":{"columns":["city STRING","price DOUBLE","ts TIMESTAMP(3)"],
        "rows":[["a",1.5,"2024-03-01 12:00:00"]],"event_time":"ts"}})json";

class Case {
 public:
    Case(const std::string& nodes, const std::string& wires) {
        auto loaded = loadPipeline(R"json({"rill":1,"variables":{"least":"2"},"nodes":[)json" + nodes +
                                   R"json(],"wires":[)json" + wires + "]}");
        if (!loaded.ok()) qFatal("%s", english(loaded.error().message).c_str());
        m_before = loaded->pipeline;
        m_known = validate(m_before, m_catalogue, m_options);
    }

    const Validated& known() const { return m_known; }

    /// Puts `value` in, and gives what follows.
    FollowedRenames edit(const NodeId& node, const std::string& param, Json value) {
        m_after = m_before;
        m_after.find(node)->params[param] = std::move(value);
        FollowedRenames followed = followRenames(m_before, m_known, m_after, node, m_catalogue, m_options);
        for (const FollowedParam& change : followed.params)
            m_after.find(change.node)->params[change.param] = change.value;
        return followed;
    }
    Json param(const NodeId& node, const char* name) const { return m_after.find(node)->params[name]; }
    QStringList issues() const {
        QStringList said;
        for (const Issue& issue : validate(m_after, m_catalogue, m_options).issues)
            said << QString::fromStdString(english(issue));
        return said;
    }

 private:
    const Catalogue m_catalogue = builtin();
    const ValidateOptions m_options{.folder = {}, .variables = {}, .files = false};
    Pipeline m_before, m_after;
    Validated m_known;
};

const Json kTown = {"town STRING", "price DOUBLE", "ts TIMESTAMP(3)"};

}  // namespace

class TestFollowRenames : public QObject {
    Q_OBJECT
    static void compare(const Json& is, const Json& wanted) {
        QCOMPARE(QString::fromStdString(is.dump()), QString::fromStdString(wanted.dump()));
    }

 private Q_SLOTS:
    void textsStayButForTheName() {
        Case tried(kOrders +
                       R"json(,{"id":"keep","type":"filter","params":{"condition":
                         "city  <> 'city' -- the city\n AND price > ${least} /* city */ AND UPPER(city) = 'A'"}},
                         {"id":"out","type":"table_view"})json",
                   R"json({"from":"orders","to":"keep"},{"from":"keep","to":"out"})json");
        const FollowedRenames followed = tried.edit("orders", "columns", kTown);
        QCOMPARE(followed.nodes, std::vector<NodeId>{"keep"});
        QVERIFY(followed.left.empty());
        compare(tried.param("keep", "condition"),
                "town  <> 'city' -- the city\n AND price > ${least} /* city */ AND UPPER(town) = 'A'");
        QCOMPARE(tried.issues(), QStringList());
    }

    void aNameThatNeedsQuotesGetsThem() {
        Case tried(kOrders + R"json(,{"id":"keep","type":"filter","params":{"condition":"city = 'a'"}},
                         {"id":"out","type":"table_view"})json",
                   R"json({"from":"orders","to":"keep"},{"from":"keep","to":"out"})json");
        tried.edit("orders", "columns", {"`the town` STRING", "price DOUBLE", "ts TIMESTAMP(3)"});
        compare(tried.param("keep", "condition"), "`the town` = 'a'");
    }

    void keysChartsAndSinksFollowThroughAWindow() {
        Case tried(
            kOrders +
                R"json(,{"id":"sums","type":"window_aggregate","params":{"keys":["city"],"window":"tumble",
                         "size":"10s","aggregates":["SUM(price) FILTER (WHERE city <> 'b') AS total"]}},
                         {"id":"chart","type":"bar_chart","params":{"category":"city","value":"total"}})json",
            R"json({"from":"orders","to":"sums"},{"from":"sums","to":"chart"})json");
        const FollowedRenames followed = tried.edit("orders", "columns", kTown);
        compare(tried.param("sums", "keys"), {"town"});
        compare(tried.param("sums", "aggregates"), {"SUM(price) FILTER (WHERE town <> 'b') AS total"});
        const Json& label = tried.param("chart", "category");
        compare(label, "town");
        QCOMPARE(followed.nodes, (std::vector<NodeId>{"sums", "chart"}));
    }

    void anAggregateIsSortedAndSelectedByItsName() {
        Case tried(
            kOrders +
                R"json(,{"id":"sums","type":"window_aggregate","params":{"keys":["city"],"window":"tumble",
                         "size":"10s","aggregates":["SUM(price) AS total","COUNT(*) AS n"]}},
                         {"id":"best","type":"top_n","params":{"by":["total DESC"],"partition_by":["city"],"limit":3}},
                         {"id":"large","type":"select","params":{"columns":["city","total","total * 2 AS twice"]}},
                         {"id":"out","type":"table_view"})json",
            R"json({"from":"orders","to":"sums"},{"from":"sums","to":"best"},{"from":"best","to":"large"},
                         {"from":"large","to":"out"})json");
        const FollowedRenames followed =
            tried.edit("sums", "aggregates", {"SUM(price) AS sum", "COUNT(*) AS n"});
        QCOMPARE(followed.renames, (ColumnRenames{{"total", "sum"}}));
        compare(tried.param("best", "by"), {"sum DESC"});
        compare(tried.param("large", "columns"), {"city", "sum", "sum * 2 AS twice"});
    }

    void aSourceNamesItsOwnColumns() {
        Case tried(kOrders + R"json(,{"id":"out","type":"table_view"})json",
                   R"json({"from":"orders","to":"out"})json");
        const FollowedRenames followed =
            tried.edit("orders", "columns", {"city STRING", "price DOUBLE", "at TIMESTAMP(3)"});
        QCOMPARE(followed.nodes, std::vector<NodeId>{"orders"});
        compare(tried.param("orders", "event_time"), "at");
        QCOMPARE(tried.issues(), QStringList());
    }

    // “city” of the other side is another column.
    void aJoinKnowsItsSides() {
        Case tried(
            kOrders +
                R"json(,{"id":"shops","type":"rows","params":{"columns":["city STRING","shop STRING","town INT"],
                         "rows":[["a","b",1]]}},
                         {"id":"met","type":"join","params":{"on":"left.city = right.city AND price > 2 AND shop <> ''"}},
                         {"id":"out","type":"table_view"})json",
            R"json({"from":"orders","to":"met.left"},{"from":"shops","to":"met.right"},{"from":"met","to":"out"})json");
        tried.edit("orders", "columns", {"city STRING", "town DOUBLE", "ts TIMESTAMP(3)"});
        compare(tried.param("met", "on"), "left.city = right.city AND left.town > 2 AND shop <> ''");
        tried.edit("shops", "columns", {"place STRING", "shop STRING", "town INT"});
        compare(tried.param("met", "on"), "left.city = right.place AND price > 2 AND shop <> ''");
    }

    void anotherExpressionIsAnotherColumn() {
        Case tried(
            kOrders +
                R"json(,{"id":"some","type":"select","params":{"columns":["city","price AS p"]}},
                         {"id":"keep","type":"filter","params":{"condition":"city = 'a' AND p > 1"}},
                         {"id":"out","type":"table_view"})json",
            R"json({"from":"orders","to":"some"},{"from":"some","to":"keep"},{"from":"keep","to":"out"})json");
        QVERIFY(tried.edit("some", "columns", {"city", "price * 2 AS q"}).empty());
        QVERIFY(tried.edit("some", "columns", {"UPPER(city) AS town", "price AS p"}).empty());
        QVERIFY(tried.edit("some", "columns", {"city", "price AS p", "city AS town"}).empty());
        // Its name is still there, or was before.
        QVERIFY(tried.edit("some", "columns", {"city", "price AS city"}).empty());
        const FollowedRenames both = tried.edit("some", "columns", {"city AS town", "price AS cost"});
        QCOMPARE(both.renames.size(), std::size_t{2});
        compare(tried.param("keep", "condition"), "town = 'a' AND cost > 1");
    }

    void aNameThatIsTakenBehindIsLeft() {
        Case tried(kOrders +
                       R"json(,{"id":"more","type":"select","params":{"columns":["city","price AS town"]}},
                         {"id":"out","type":"table_view"})json",
                   R"json({"from":"orders","to":"more"},{"from":"more","to":"out"})json");
        const FollowedRenames followed = tried.edit("orders", "columns", kTown);
        QCOMPARE(followed.left, std::vector<NodeId>{"more"});
        compare(tried.param("more", "columns"), {"city", "price AS town"});
    }

    void aUnionOfOtherRowsIsLeft() {
        Case tried(
            kOrders + "," +
                QString::fromStdString(kOrders)
                    .replace(QLatin1String("\"orders\""), QLatin1String("\"more\""))
                    .toStdString() +
                R"json(,{"id":"all","type":"union"},{"id":"out","type":"table_view"})json",
            R"json({"from":"orders","to":"all"},{"from":"more","to":"all"},{"from":"all","to":"out"})json");
        QCOMPARE(tried.edit("orders", "columns", kTown).left, std::vector<NodeId>{"all"});
    }

    void disabledNodesFollowAndArePassedBy() {
        Case tried(
            kOrders +
                R"json(,{"id":"off","type":"filter","disabled":true,"params":{"condition":"city = 'x'"}},
                         {"id":"keep","type":"filter","params":{"condition":"city = 'a'"}},
                         {"id":"out","type":"table_view"})json",
            R"json({"from":"orders","to":"off"},{"from":"off","to":"keep"},{"from":"keep","to":"out"})json");
        tried.edit("orders", "columns", kTown);
        compare(tried.param("off", "condition"), "town = 'x'");
        compare(tried.param("keep", "condition"), "town = 'a'");
    }

    void alertsPatternsAndBranches() {
        Case tried(
            kOrders +
                R"json(,{"id":"bell","type":"alert","params":{"condition":"price > 3","keys":["city"],
                  "message":"{{city}} {city} is at {price}","value":"price * 2"}},
                  {"id":"ways","type":"route","params":{"branches":["a: city = 'a'","b: price > 2"]}},
                  {"id":"rise","type":"pattern","params":{"partition_by":["city"],"pattern":"A B+",
                   "define":["B: B.price > LAST(A.price)"],"measures":["FINAL LAST(B.price) AS top","FIRST(A.price) AS low"]}},
                  {"id":"out","type":"table_view"},{"id":"out2","type":"table_view"})json",
            R"json({"from":"orders","to":"bell"},{"from":"orders","to":"ways"},{"from":"orders","to":"rise"},
                  {"from":"ways.a","to":"out"},{"from":"rise","to":"out2"})json");
        tried.edit("orders", "columns", {"town STRING", "cost DOUBLE", "ts TIMESTAMP(3)"});
        compare(tried.param("bell", "condition"), "cost > 3");
        compare(tried.param("bell", "message"), "{{city}} {town} is at {cost}");
        compare(tried.param("bell", "value"), "cost * 2");
        compare(tried.param("ways", "branches"), {"a: town = 'a'", "b: cost > 2"});
        compare(tried.param("rise", "define"), {"B: B.cost > LAST(A.cost)"});
        compare(tried.param("rise", "measures"), {"FINAL LAST(B.cost) AS top", "FIRST(A.cost) AS low"});
    }

    void nothingFollowsAnError() {
        Case tried(kOrders + R"json(,{"id":"keep","type":"filter","params":{"condition":"city = 'a'"}},
                         {"id":"out","type":"table_view"})json",
                   R"json({"from":"orders","to":"keep"},{"from":"keep","to":"out"})json");
        QVERIFY(tried.edit("orders", "columns", {"price STRING", "price DOUBLE", "ts TIMESTAMP(3)"}).empty());
        QVERIFY(tried.edit("orders", "columns", {"", "price DOUBLE", "ts TIMESTAMP(3)"}).empty());
        QVERIFY(tried.edit("keep", "condition", "city = 'b'").empty());
    }
};

QTEST_APPLESS_MAIN(TestFollowRenames)
#include "test_follow_renames.moc"
