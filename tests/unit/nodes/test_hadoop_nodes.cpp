// webhdfs_source, webhdfs_sink, hbase_sink and flume_sink: what they take and refuse while designing. That
// they read and write as a node must, the contract tests try by themselves.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& kindOf(const char* type) {
    static const Catalogue kKinds = builtin();
    return *kKinds.find(type);
}

/// `more`: null is nothing more.
Json with(Json params, const Json& more) {
    if (!more.is_null()) params.update(more);
    return params;
}

StreamType changing(std::vector<int> key) {
    StreamType stream = sampleStream();
    stream.updating = true;
    stream.multiset = key.empty();
    stream.key = std::move(key);
    return stream;
}

BoundForTest files(const Json& more = Json::object()) {
    return bindNode(
        kindOf("webhdfs_source"),
        with({{"connection", "lake"}, {"path", "/in"}, {"columns", {"id BIGINT", "s STRING"}}}, more), {});
}

BoundForTest intoFiles(const Json& more = Json::object(), const StreamType& stream = sampleStream()) {
    return bindNode(kindOf("webhdfs_sink"), with({{"connection", "lake"}, {"path", "/out"}}, more),
                    {{stream}});
}

BoundForTest intoTable(const Json& more = Json::object(), const StreamType& stream = sampleStream()) {
    return bindNode(kindOf("hbase_sink"),
                    with({{"connection", "base"}, {"table", "orders"}, {"row_key", {"k"}}}, more),
                    {{stream}});
}

BoundForTest intoFlume(const Json& more = Json::object(), const StreamType& stream = sampleStream()) {
    return bindNode(kindOf("flume_sink"), with({{"connection", "agent"}}, more), {{stream}});
}

bool isSaid(const BoundForTest& bound, const char* words) {
    return !bound.node && bound.said().find(words) != std::string::npos;
}

}  // namespace

class TestHadoopNodes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// On a card: nothing stands before the dot where the connection has the whole address.
    void aFlumeAgentWithoutAPathHasASummary() {
        QCOMPARE(english(intoFlume().node->summary), std::string("/ · JSON"));
        QCOMPARE(english(intoFlume({{"path", "events"}}).node->summary), std::string("/events · JSON"));
    }

    void filesAreReadOnceOrFollowed() {
        QVERIFY2(files().node, files().said().c_str());
        QVERIFY(!files().node->live);
        QVERIFY(files({{"follow", true}}).node->live);
        QVERIFY(files({{"path", "data/day=*/o?.json"}}).node);
        QVERIFY(files({{"format", "csv"}, {"header", true}}).node);
        QVERIFY(isSaid(files({{"path", "/data/../etc"}}), "can't be a path"));
        QVERIFY(isSaid(files({{"path", "hdfs://namenode/in"}}), "can't be a path"));
    }

    void filesAreWrittenIntoAFolder() {
        QVERIFY2(intoFiles().node, intoFiles().said().c_str());
        QVERIFY(isSaid(intoFiles({{"path", "/out/*"}}), "one folder"));
        QVERIFY(isSaid(intoFiles({}, changing({0})), "rows of the input change"));
        QVERIFY(intoFiles({{"format", "debezium"}}, changing({0})).node);
        QVERIFY(isSaid(intoFiles({{"format", "text"}}), "one column"));
    }

    /// Its records are no lines.
    void noneOffersAvro() {
        for (const char* const type : {"webhdfs_source", "webhdfs_sink", "flume_sink"}) {
            const ParamSpec* const format = kindOf(type).param("format");
            QVERIFY(format != nullptr && !format->choices.empty());
            for (const Choice& choice : format->choices) QVERIFY(choice.value != "avro");
            QVERIFY(kindOf(type).param("registry") == nullptr);
        }
    }

    void whatIsGuaranteed() {
        using Promise = Guarantee::Promise;
        using Means = Guarantee::Means;
        const Guarantee source = files().node->guarantee, sink = intoFiles().node->guarantee,
                        table = intoTable().node->guarantee, flume = intoFlume().node->guarantee;
        QVERIFY(source.promise == Promise::ExactlyOnce && source.means == Means::Position);
        QVERIFY(sink.promise == Promise::ExactlyOnce && sink.means == Means::Rename);
        QVERIFY(inRun(sink, false).promise == Promise::AtLeastOnce);
        QVERIFY(table.promise == Promise::ExactlyOnce && table.means == Means::ByKey);
        QVERIFY(flume.promise == Promise::AtLeastOnce);
    }

    void aRowOfHbaseNeedsAKeyAndACell() {
        QVERIFY2(intoTable().node, intoTable().said().c_str());
        QVERIFY(intoTable({{"row_key", {"k", "v"}}}).node);
        QVERIFY(isSaid(intoTable({{"row_key", {"k", "v"}}, {"separator", ""}}), "between them"));
        QVERIFY(isSaid(intoTable({{"row_key", {"k", "v", "d", "b", "ts"}}}), "needs a cell"));
        QVERIFY(isSaid(intoTable({{"row_key", {"nothing"}}}), "nothing"));
        QVERIFY(isSaid(intoTable({{"table", "a b"}}), "name of a table"));
        QVERIFY(intoTable({{"table", "shop:orders"}}).node);
        QVERIFY(isSaid(intoTable({{"family", "a:b"}}), "column family"));
        QVERIFY(intoTable({{"timestamp", "ts"}}).node);
    }

    void rowsOfHbaseChangeByTheirOwnKey() {
        QVERIFY2(intoTable({}, changing({0})).node, intoTable({}, changing({0})).said().c_str());
        QVERIFY(isSaid(intoTable({}, changing({1})), "change by another key"));
        QVERIFY(isSaid(intoTable({}, changing({})), "have no key"));
        QVERIFY(isSaid(intoTable({{"timestamp", "ts"}}, changing({0})), "times that grow"));
    }

    void eventsOfFlumeHaveHeaders() {
        QVERIFY2(intoFlume().node, intoFlume().said().c_str());
        QVERIFY(
            intoFlume({{"headers", {{"topic", "a"}}}, {"header_columns", {"k"}}, {"timestamp", "ts"}}).node);
        QVERIFY(isSaid(intoFlume({{"header_columns", {"nothing"}}}), "nothing"));
        QVERIFY(isSaid(intoFlume({}, changing({0})), "rows of the input change"));
    }
};

QTEST_APPLESS_MAIN(TestHadoopNodes)
#include "test_hadoop_nodes.moc"
