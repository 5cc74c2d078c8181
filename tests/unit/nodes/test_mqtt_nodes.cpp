// mqtt_source, mqtt_sink, tcp_source, udp_source: what they take and refuse while designing. That they read
// and write as a node must, the contract tests try by themselves.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/node_kind.h"
#include "tests/unit/nodes/driver.h"

namespace rw {
NodeKind mqtt_sourceKind();
NodeKind mqtt_sinkKind();
NodeKind tcp_sourceKind();
NodeKind udp_sourceKind();
}  // namespace rw

using namespace rw;
using namespace rw::test;

namespace {

Json readingOf(const Json& more) {
    Json params{{"columns", {"id BIGINT", "ts TIMESTAMP(3)"}}};
    params.update(more);
    return params;
}

BoundForTest bindMqtt(const Json& more) {
    static const NodeKind kKind = mqtt_sourceKind();
    Json params = readingOf({{"connection", "plant"}, {"topic", "plant/#"}});
    params.update(more);
    return bindNode(kKind, params, {});
}

BoundForTest bindTcp(const Json& more) {
    static const NodeKind kKind = tcp_sourceKind();
    return bindNode(kKind, readingOf(more), {});
}

BoundForTest bindSink(const Json& more, bool updating = false) {
    static const NodeKind kKind = mqtt_sinkKind();
    StreamType stream = sampleStream();
    stream.updating = updating;
    if (updating) stream.key = {0};
    Json params{{"connection", "plant"}};
    params.update(more);
    return bindNode(kKind, params, {{stream}});
}

bool isRefused(const BoundForTest& bound, const char* words) {
    return !bound.node && bound.said().find(words) != std::string::npos;
}

}  // namespace

class TestMqttNodes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filtersAndPartsAreTaken() {
        const BoundForTest bound = bindMqtt(
            {{"topic", "$share/readers/plant/+/t"},
             {"columns", {"id BIGINT", "topic STRING FROM TOPIC", "kept STRING FROM HEADER 'retained'"}}});
        QVERIFY2(bound.node, bound.said().c_str());
        QVERIFY(bound.node->live);
        QVERIFY(bound.node->outputs.front().sourceOrder);
    }

    void aFilterThatIsNoneIsRefused() {
        QVERIFY(isRefused(bindMqtt({{"topic", "plant/#/t"}}), "is no filter of topics"));
    }

    void theJournalIsOnWhereMessagesAreAcknowledged() {
        QVERIFY(mqtt_sourceKind().param("journal")->defaultValue == Json(true));
        QVERIFY(tcp_sourceKind().param("journal")->defaultValue == Json(false));
        QVERIFY(udp_sourceKind().param("journal")->defaultValue == Json(false));
    }

    void whatIsGuaranteed() {
        using Promise = Guarantee::Promise;
        const auto promised = [](const BoundForTest& bound) { return bound.node->guarantee.promise; };
        const Guarantee reads = bindMqtt(Json::object()).node->guarantee;
        QVERIFY(reads.promise == Promise::AtLeastOnce && reads.means == Guarantee::Means::Journal);
        QVERIFY(inRun(reads, false).promise == Promise::AtMostOnce);
        QVERIFY(promised(bindMqtt({{"qos", "0"}})) == Promise::AtMostOnce);
        QVERIFY(promised(bindMqtt({{"journal", false}})) == Promise::AtMostOnce);
        QVERIFY(promised(bindSink({{"topic", "plant/alarms"}})) == Promise::AtLeastOnce);
        QVERIFY(promised(bindSink({{"topic", "plant/alarms"}, {"qos", "0"}})) == Promise::AtMostOnce);
        QVERIFY(promised(bindTcp({{"address", "127.0.0.1:7777"}, {"journal", true}})) == Promise::AtMostOnce);
    }

    void aSinkNeedsATopic() {
        QVERIFY(bindSink({{"topic", "alarms"}}).node);
        QVERIFY(isRefused(bindSink(Json::object()), "can't be a topic"));
        QVERIFY(isRefused(bindSink({{"topic", "a/#"}}), "can't be a topic"));
        QVERIFY(bindSink({{"topics", "column"}, {"topic_from", "k"}}).node);
        QVERIFY(isRefused(bindSink({{"topics", "column"}, {"topic_from", "v"}}), "v"));
    }

    void rowsThatChangeNeedATopicEach() {
        QVERIFY(isRefused(bindSink({{"topic", "alarms"}}, true), "nobody can tell"));
        QVERIFY(bindSink({{"topics", "column"}, {"topic_from", "k"}}, true).node);
        QVERIFY(bindSink({{"topic", "alarms"}, {"format", "debezium"}}, true).node);
    }

    void othersNeedATokenToSendRows() {
        QVERIFY(bindTcp({{"address", "127.0.0.1:7777"}}).node);
        QVERIFY(isRefused(bindTcp({{"address", "0.0.0.0:7777"}}), "anybody could send rows"));
        QVERIFY(bindTcp({{"address", "0.0.0.0:7777"}, {"token", "environment:PLANT_TOKEN"}}).node);
        QVERIFY(
            isRefused(bindTcp({{"address", "127.0.0.1:7777"}, {"token", "secret"}}), "where the token is"));
        QVERIFY(isRefused(bindTcp({{"address", "nowhere"}}), "no address to listen at"));
        QVERIFY(bindTcp({{"mode", "connect"}, {"address", "plant.example:7777"}}).node);
    }

    void peopleAreToldBeforeARun() {
        const BoundForTest bound = bindTcp({{"mode", "connect"}, {"address", "plant.example:7777"}});
        QVERIFY(bound.node);
        QCOMPARE(bound.node->accesses.size(), std::size_t{1});
        QCOMPARE(bound.node->accesses.front().target, std::string("tcp://plant.example:7777"));
        static const NodeKind kUdp = udp_sourceKind();
        const BoundForTest udp = bindNode(kUdp, readingOf({{"address", "127.0.0.1:7777"}}), {});
        QVERIFY(udp.node);
        QCOMPARE(udp.node->accesses.front().target, std::string("udp:127.0.0.1:7777"));
    }
};

QTEST_APPLESS_MAIN(TestMqttNodes)
#include "test_mqtt_nodes.moc"
