// http_source, webhook_source, websocket_source, system_log and http_sink: what they take and refuse while
// designing. That they read and write as a node must, the contract tests try by themselves.
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

Json with(Json params, const Json& more) {
    params.update(more);
    return params;
}

BoundForTest http(const Json& more = Json::object()) {
    return bindNode(
        kindOf("http_source"),
        with({{"connection", "shop"}, {"path", "orders"}, {"columns", {"id BIGINT", "s STRING"}}}, more), {});
}

BoundForTest webhook(const Json& more = Json::object()) {
    return bindNode(kindOf("webhook_source"),
                    with({{"token", "environment:SHOP_TOKEN"}, {"columns", {"id BIGINT"}}}, more), {});
}

BoundForTest websocket(const Json& more = Json::object()) {
    return bindNode(kindOf("websocket_source"),
                    with({{"connection", "shop"}, {"columns", {"id BIGINT"}}}, more), {});
}

BoundForTest sink(const Json& more = Json::object(), const StreamType& stream = sampleStream()) {
    return bindNode(kindOf("http_sink"), with({{"connection", "shop"}, {"path", "in"}}, more), {{stream}});
}

bool isSaid(const BoundForTest& bound, const char* words) {
    return !bound.node && bound.said().find(words) != std::string::npos;
}

bool warns(const BoundForTest& bound, const char* words) {
    return bound.node && bound.said().find(words) != std::string::npos;
}

}  // namespace

class TestWebNodes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aServiceIsAConnectionOrAnAddress() {
        QVERIFY2(http().node, http().said().c_str());
        QVERIFY(http().node->live);
        const BoundForTest url = http({{"server", "url"}, {"url", "https://api.example/v1"}});
        QVERIFY2(url.node, url.said().c_str());
        QCOMPARE(url.node->accesses.size(), std::size_t{1});
        QCOMPARE(url.node->accesses.front().target, std::string("https://api.example/v1"));
        QVERIFY(isSaid(http({{"server", "url"}, {"url", "api.example"}}), "not the address"));
        QVERIFY(isSaid(http({{"server", "url"}, {"url", "https://me:secret@api.example"}}),
                       "no place for a name"));
    }

    void wrongParametersOfAServiceAreRefused() {
        QVERIFY(isSaid(http({{"items", "data"}}), "no path to rows"));
        QVERIFY(isSaid(http({{"key", {"nothing"}}}), "nothing"));
        QVERIFY(isSaid(http({{"pages", "number"}, {"page_param", "a&b"}}), "can't be the name"));
        QVERIFY(http({{"key", {"id"}}, {"pages", "link"}}).node);
        QVERIFY(http({{"format", "csv"}, {"split", "lines"}, {"skip_lines", 1}}).node);
    }

    void whatIsGuaranteed() {
        using Promise = Guarantee::Promise;
        QVERIFY(http().node->guarantee.promise == Promise::AtMostOnce);
        QVERIFY(webhook().node->guarantee.promise == Promise::AtLeastOnce);
        QVERIFY(webhook({{"journal", false}}).node->guarantee.promise == Promise::AtMostOnce);
        QVERIFY(websocket().node->guarantee.promise == Promise::AtMostOnce);
        QVERIFY(sink().node->guarantee.promise == Promise::AtLeastOnce);
        const Guarantee log = bindNode(kindOf("system_log"), Json::object(), {}).node->guarantee;
        QVERIFY(log.promise == Promise::ExactlyOnce && inRun(log, false).promise == Promise::AtMostOnce);
    }

    void aWebhookNeedsThePlaceOfAToken() {
        QVERIFY2(webhook().node, webhook().said().c_str());
        QVERIFY(webhook({{"token", "keyring:shop"}}).node);
        const BoundForTest secret = webhook({{"token", "my marker secret"}});
        QVERIFY(isSaid(secret, "not where the token is"));
        QVERIFY(secret.said().find("marker") == std::string::npos);
        QVERIFY(!webhook({{"token", "environment:2 words"}}).node);
    }

    void whereItListensIsTold() {
        const BoundForTest here = webhook();
        QCOMPARE(here.node->accesses.size(), std::size_t{1});
        QVERIFY(here.node->accesses.front().alone);
        QVERIFY(english(here.node->accesses.front().description).find("this computer") != std::string::npos);
        QVERIFY(here.said().find("Other computers") == std::string::npos);
        const BoundForTest all = webhook({{"listen", "0.0.0.0:8077"}});
        QVERIFY(warns(all, "Other computers can reach"));
        QVERIFY(english(all.node->accesses.front().description).find("anybody") != std::string::npos);
        QVERIFY(isSaid(webhook({{"listen", "shop.example"}}), "no address to listen at"));
        QVERIFY(isSaid(webhook({{"path", "/in?x=1"}}), "no parameters"));
    }

    void aWebsocketConnectsOrListens() {
        QVERIFY2(websocket().node, websocket().said().c_str());
        QVERIFY(websocket({{"mode", "url"}, {"url", "wss://api.example/feed"}}).node);
        QVERIFY(isSaid(websocket({{"mode", "url"}, {"url", "https://api.example"}}),
                       "no address of a WebSocket"));
        QVERIFY(websocket({{"mode", "listen"}, {"listen", "127.0.0.1:8078"}}).node);
        QVERIFY(
            isSaid(websocket({{"mode", "listen"}, {"listen", "0.0.0.0:8078"}}), "Anybody in the network"));
        QVERIFY(websocket({{"mode", "listen"}, {"listen", "0.0.0.0:8078"}, {"token", "keyring:shop"}}).node);
    }

    void aLogOfFilesEnds() {
        const BoundForTest here = bindNode(kindOf("system_log"), {{"unit", "nginx"}}, {});
        QVERIFY2(here.node, here.said().c_str());
        QVERIFY(here.node->live);
        QCOMPARE(here.node->accesses.size(), std::size_t{1});
        const BoundForTest files = bindNode(kindOf("system_log"), {{"path", "logs"}}, {});
        QVERIFY(files.node && !files.node->live && files.node->accesses.empty());
    }

    void rowsAreSentInAFormThatFits() {
        QVERIFY2(sink().node, sink().said().c_str());
        QVERIFY(isSaid(sink({{"format", "csv"}}), "Only rows of JSON"));
        QVERIFY(sink({{"format", "csv"}, {"body", "lines"}}).node);
        QVERIFY(isSaid(sink({{"headers", {{"Authorization", "Bearer x"}}}}), "would be a secret"));
        QVERIFY(isSaid(sink({{"headers", {{"X-Api-Key", "x"}}}}), "would be a secret"));
        QVERIFY(isSaid(sink({{"headers", {{"X Y", "1"}}}}), "can't be a header"));
        StreamType changing = sampleStream();
        changing.updating = true;
        changing.key = {0};
        QVERIFY(isSaid(sink(Json::object(), changing), "Choose the format Debezium"));
        QVERIFY(sink({{"format", "debezium"}}, changing).node);
    }
};

QTEST_APPLESS_MAIN(TestWebNodes)
#include "test_web_nodes.moc"
