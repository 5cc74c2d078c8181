// sql_sink: what it takes and refuses while designing. That it writes as a node must, the contract tests try
// by themselves.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "tests/support/pipeline_of.h"
#include "tests/unit/nodes/driver.h"

namespace rw {
NodeKind sql_sinkKind();
}  // namespace rw

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& sink() {
    static const NodeKind kKind = sql_sinkKind();
    return kKind;
}

Json writing(const Json& more = Json::object()) {
    Json params = {{"connection", "shop"}, {"table", "totals"}};
    params.update(more);
    return params;
}

StreamType changing() {
    StreamType stream = sampleStream();
    stream.updating = true;
    stream.key = {0};
    return stream;
}

BoundForTest boundSqlSink(const Json& params, StreamType stream = sampleStream()) {
    return bindNode(sink(), params, {{std::move(stream)}});
}

bool isSaid(const BoundForTest& bound, const char* words) {
    return !bound.node && bound.said().find(words) != std::string::npos;
}

}  // namespace

class TestSqlSink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tablesAreSubjects() {
        QVERIFY(sink().param("table")->subject);
        QVERIFY(boundSqlSink(writing()).node);
        QVERIFY(boundSqlSink(writing({{"table", "sales.totals"}})).node);
    }

    void wrongTablesAreRefused() {
        QVERIFY(isSaid(boundSqlSink(writing({{"table", "a.b.c"}})), "can't be the name of a table"));
        QVERIFY(isSaid(boundSqlSink(writing({{"table", "_rill_sinks"}})), "belong to this program"));
    }

    void changingRowsNeedUpsertAndTheirKey() {
        QVERIFY(isSaid(boundSqlSink(writing(), changing()), "sends changing rows"));
        QVERIFY(boundSqlSink(writing({{"mode", "upsert"}}), changing()).node);
        QVERIFY(isSaid(boundSqlSink(writing({{"mode", "upsert"}, {"key", {"v"}}}), changing()),
                       "change by another key"));
        StreamType nameless = changing();
        nameless.key.clear();
        nameless.multiset = true;
        QVERIFY(isSaid(boundSqlSink(writing({{"mode", "upsert"}}), nameless), "no key names"));
    }

    void whatIsGuaranteed() {
        using Promise = Guarantee::Promise;
        const Guarantee adds = boundSqlSink(writing()).node->guarantee;
        QVERIFY(adds.promise == Promise::ExactlyOnce && adds.means == Guarantee::Means::Transaction);
        QVERIFY(inRun(adds, false).promise == Promise::AtLeastOnce);
        const Guarantee often = boundSqlSink(writing({{"delivery", "at_least_once"}})).node->guarantee;
        QVERIFY(often.promise == Promise::AtLeastOnce);
        const Guarantee byKey = boundSqlSink(writing({{"mode", "upsert"}, {"key", {"k"}}})).node->guarantee;
        QVERIFY(byKey.promise == Promise::ExactlyOnce && byKey.means == Guarantee::Means::ByKey);
    }

    void upsertNeedsAKey() {
        QVERIFY(isSaid(boundSqlSink(writing({{"mode", "upsert"}})), "needs the columns that name a row"));
        QVERIFY(boundSqlSink(writing({{"mode", "upsert"}, {"key", {"k"}}})).node);
    }

    void onlyExactlyOnceDecides() {
        const BoundForTest once = boundSqlSink(writing());
        QCOMPARE(once.node->decidesWith, std::string("shop"));
        QCOMPARE(once.node->waiver.param, std::string("delivery"));
        QVERIFY(boundSqlSink(writing({{"delivery", "at_least_once"}})).node->decidesWith.empty());
        QVERIFY(boundSqlSink(writing({{"mode", "upsert"}, {"key", {"k"}}})).node->decidesWith.empty());
    }
};

QTEST_GUILESS_MAIN(TestSqlSink)
#include "test_sql_sink.moc"
