// sql_source: what it takes and refuses while designing. That it reads as a source must, the contract tries.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"

namespace rw {
NodeKind sql_sourceKind();
}  // namespace rw

using namespace rw;

namespace {

const NodeKind& sqlSource() {
    static const NodeKind kKind = sql_sourceKind();
    return kKind;
}

struct Reading {
    BoundNodeRef node{};
    std::vector<Issue> issues{};
    std::string said() const {
        std::string all;
        for (const Issue& issue : issues) all += english(issue.message) + "\n";
        return all;
    }
};

Reading bindReading(const Json& more) {
    Node node;
    node.id = "src";
    node.type = "sql_source";
    node.params = {
        {"connection", "shop"}, {"table", "sales.orders"}, {"columns", {"id BIGINT", "ts TIMESTAMP(3)"}}};
    node.params.update(more);
    const Settings settings;
    Reading out;
    BindContext context(node, sqlSource().params, settings, "/nowhere", {}, out.issues);
    out.node = sqlSource().bind(context);
    return out;
}

bool isRefused(const Reading& bound, const char* words) {
    return !bound.node && bound.said().find(words) != std::string::npos;
}

/// The issues of a pipeline with that source, where the connection leads to a system of that kind.
std::string validated(const Json& more, const char* kind) {
    Json params = {
        {"connection", "shop"}, {"table", "orders"}, {"columns", {"id BIGINT", "ts TIMESTAMP(3)"}}};
    params.update(more);
    Node node;
    node.id = "src";
    node.type = "sql_source";
    node.params = params;
    Pipeline pipeline;
    pipeline.nodes.push_back(node);
    KnownConnectionList known;
    known.connections.push_back({"shop", kind, "db:1/shop"});
    ValidateOptions options;
    options.connections = std::make_shared<const KnownConnectionList>(known);
    std::string said;
    for (const Issue& issue : validate(pipeline, builtin(), options).issues)
        said += english(issue.message) + "\n";
    return said;
}

}  // namespace

class TestSqlSource : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aSnapshotEnds() {
        const Reading bound = bindReading(Json::object());
        QVERIFY2(bound.node, bound.said().c_str());
        QVERIFY(!bound.node->live);
        QVERIFY(bound.node->outputs.front().sourceOrder && !bound.node->outputs.front().updating);
        QVERIFY(sqlSource().param("table")->subject && sqlSource().param("query")->subject);
    }

    void changesAreAnUpdatingStreamByTheKey() {
        const Reading bound = bindReading({{"mode", "changes"}, {"key", {"id"}}, {"slot", "orders_live"}});
        QVERIFY2(bound.node, bound.said().c_str());
        const StreamType& rows = bound.node->outputs.front();
        QVERIFY(bound.node->live && rows.updating && rows.sharedPositions);
        QVERIFY(rows.key == std::vector<int>{0});
    }

    void changesNeedAKeyAndASlot() {
        QVERIFY(isRefused(bindReading({{"mode", "changes"}, {"slot", "s"}}), "tell the rows apart"));
        QVERIFY(isRefused(bindReading({{"mode", "changes"}, {"slot", "s"}, {"key", {"nope"}}}), "nope"));
        for (const char* const wrong : {"Slot", "a-b", "a b"})
            QVERIFY2(isRefused(bindReading({{"mode", "changes"}, {"key", {"id"}}, {"slot", wrong}}),
                               "name of a slot"),
                     wrong);
    }

    void aQueryHasNoChanges() {
        const Reading bound = bindReading(
            {{"read", "query"}, {"query", "SELECT 1"}, {"mode", "changes"}, {"key", {"id"}}, {"slot", "s"}});
        QVERIFY(isRefused(bound, "no changes"));
        QVERIFY(bindReading({{"read", "query"}, {"query", "SELECT id, ts FROM t"}}).node != nullptr);
    }

    void aTableThatGrowsNeedsACursor() {
        QVERIFY(isRefused(bindReading({{"mode", "growing"}}), "new rows follow"));
        // It may be a column that is not read.
        const Reading bound = bindReading({{"mode", "growing"}, {"cursor", {"xid", "number"}}});
        QVERIFY2(bound.node, bound.said().c_str());
        QVERIFY(bound.node->live);
    }

    void namesOfTablesAreRead() {
        QVERIFY(isRefused(bindReading({{"table", "a.b.c"}}), "a.b.c"));
        QVERIFY(bindReading({{"table", "\"Sales 2024\".orders"}}).node != nullptr);
    }

    void whatMariadbCanNotDoIsSaidBefore() {
        const Json growing = {{"mode", "growing"}, {"cursor", {"id"}}};
        QVERIFY(validated(growing, "mariadb").find("commit late") != std::string::npos);
        QVERIFY(validated(growing, "postgresql").find("commit late") == std::string::npos);
        const Json changes = {{"mode", "changes"}, {"key", {"id"}}, {"slot", "s"}};
        QVERIFY(validated(changes, "mariadb").find("PostgreSQL alone") != std::string::npos);
        QVERIFY(validated(changes, "postgresql").find("PostgreSQL alone") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestSqlSource)
#include "test_sql_source.moc"
