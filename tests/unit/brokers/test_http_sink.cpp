// Rows as bodies of requests: batches, rows that a service does not take, and keys of requests.
#include <QtTest/QtTest>
#include <set>

#include "core/connect/web/http_sink.h"
#include "core/data/state_reader.h"
#include "core/pipeline/pipeline.h"
#include "tests/support/batch_of.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

std::shared_ptr<const Connections> connectionsTo(const std::string& address) {
    return std::make_shared<const Connections>(
        std::vector<Connection>{{"shop", "http", {{"address", address}}, {}}}, environmentSecret);
}

SchemaRef numbers() {
    return std::make_shared<Schema>(Schema{{{"n", Type::of(TypeId::Bigint)}}});
}

Batch batchFrom(std::int64_t first, std::int64_t until) {
    Rows rows;
    for (std::int64_t n = first; n < until; ++n) rows.push_back({Value{n}});
    Batch batch = batchOf(numbers(), rows);
    batch.positions.first = first;
    return batch;
}

HttpTarget target(std::size_t batch) {
    HttpTarget made;
    made.path = "in";
    made.batch = batch;
    made.encoder.schema = numbers();
    return made;
}

std::unique_ptr<HttpSink> sinkOf(const HttpTarget& to, const std::string& address, const std::string& line) {
    MakeContext context;
    context.node = "out";
    context.clock = systemClock();
    context.checkpoints = line;
    context.connections = connectionsTo(address);
    return std::make_unique<HttpSink>(to, context, *connectionOf(context, "shop"));
}

std::vector<std::string> bodies(const FakeServer& fake) {
    std::vector<std::string> all;
    for (const FakeRequest& request : fake.requests()) all.push_back(request.body);
    return all;
}

std::set<std::string> keys(const FakeServer& fake, std::size_t from = 0) {
    std::set<std::string> all;
    const std::vector<FakeRequest> requests = fake.requests();
    for (std::size_t i = from; i < requests.size(); ++i) {
        const std::string& head = requests[i].head;
        const std::size_t at = head.find("Idempotency-Key: ");
        all.insert(head.substr(at, head.find("\r\n", at) - at));
    }
    return all;
}

using Lines = std::vector<std::string>;

}  // namespace

class TestHttpSink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsGoInBatches_data() {
        QTest::addColumn<int>("body");
        QTest::addColumn<QString>("first");
        QTest::newRow("array") << 0 << "[{\"n\":0},{\"n\":1}]";
        QTest::newRow("lines") << 1 << "{\"n\":0}\n{\"n\":1}\n";
        QTest::newRow("each") << 2 << "{\"n\":0}";
    }
    void rowsGoInBatches() {
        QFETCH(const int, body);
        QFETCH(const QString, first);
        FakeServer fake([](const FakeRequest&) { return answer({}, 204); });
        HttpTarget to = target(2);
        to.body = static_cast<HttpTarget::Body>(body);
        const auto sink = sinkOf(to, fake.address(), {});
        QVERIFY(sink->open().ok());
        QVERIFY(sink->onBatch(batchFrom(0, 5)).ok());
        QCOMPARE(bodies(fake).size(), std::size_t(body == 2 ? 5 : 3));
        QCOMPARE(bodies(fake).front(), first.toStdString());
        QCOMPARE(keys(fake).size(), bodies(fake).size());
    }

    void aPoisonRowIsLeftOutAlone() {
        FakeServer fake([](const FakeRequest& request) {
            const bool poison = request.body.find("{\"n\":6}") != std::string::npos;
            return poison ? answer("six is not wanted", 422) : answer({}, 204);
        });
        const HttpTarget to = target(10);
        const auto sink = sinkOf(to, fake.address(), {});
        QVERIFY(sink->open().ok());
        QVERIFY(sink->onBatch(batchFrom(0, 10)).ok());
        const auto left = sink->takeUnwritable();
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left.front().position, std::int64_t{6});
        QVERIFY(english(left.front().reason).find("six is not wanted") != std::string::npos);
        QVERIFY(sink->takeUnwritable().empty());
    }

    void whatIsTooLargeGoesInHalves() {
        FakeServer fake(
            [](const FakeRequest& request) { return answer({}, request.body.size() > 20 ? 413 : 204); });
        const HttpTarget to = target(4);
        const auto sink = sinkOf(to, fake.address(), {});
        QVERIFY(sink->open().ok());
        QVERIFY(sink->onBatch(batchFrom(0, 4)).ok());
        QCOMPARE(bodies(fake), (Lines{"[{\"n\":0},{\"n\":1},{\"n\":2},{\"n\":3}]", "[{\"n\":0},{\"n\":1}]",
                                      "[{\"n\":2},{\"n\":3}]"}));
        QVERIFY(sink->takeUnwritable().empty());
    }

    void eventsOfFlumeHaveHeadersAndAText() {
        FakeServer fake([](const FakeRequest&) { return answer({}); });
        HttpTarget to = target(10);
        to.encoder.schema = schemaOf({{"n", Type::of(TypeId::Bigint)},
                                      {"s", Type::of(TypeId::String)},
                                      {"ts", Type::of(TypeId::Timestamp)}});
        to.body = HttpTarget::Body::Events;
        to.event.fixed = {{"from", "a \"test\""}};
        to.event.columns = {1};
        to.event.timestamp = 2;
        const auto sink = sinkOf(to, fake.address(), {});
        QVERIFY(sink->open().ok());
        const Rows rows{{Value{std::int64_t{1}}, Value{std::string("x")}, Value{Instant{1'000}}},
                        {Value{std::int64_t{2}}, Value{}, Value{}}};
        QVERIFY(sink->onBatch(batchOf(to.encoder.schema, rows)).ok());
        const Json sent = Json::parse(bodies(fake).front());
        QCOMPARE(sent.size(), std::size_t{2});
        QCOMPARE(sent[0]["headers"], (Json{{"from", "a \"test\""}, {"s", "x"}, {"timestamp", "1000"}}));
        QCOMPARE(sent[1]["headers"], (Json{{"from", "a \"test\""}}));
        QCOMPARE(Json::parse(sent[0]["body"].get<std::string>())["n"], Json(1));
        QVERIFY(fake.requests().front().head.find("Content-Type: application/json") != std::string::npos);
    }

    void aPageIsNoAnswerOfFlume() {
        FakeServer fake([](const FakeRequest&) { return answer("<html>Sign in</html>"); });
        HttpTarget to = target(10);
        to.body = HttpTarget::Body::Events;
        const auto sink = sinkOf(to, fake.address(), {});
        QVERIFY(sink->open().ok());
        const Status status = sink->onBatch(batchFrom(0, 3));
        QVERIFY(!status.ok() && english(status.error()).find("a page for people") != std::string::npos);
        // Another service may well say so.
        const auto other = sinkOf(target(10), fake.address(), {});
        QVERIFY(other->open().ok() && other->onBatch(batchFrom(0, 3)).ok());
    }

    void requestsKeepTheirKeysOverAFailure() {
        FakeServer fake([](const FakeRequest&) { return answer({}, 204); });
        const HttpTarget to = target(3);
        std::string state;
        {
            const auto sink = sinkOf(to, fake.address(), "line");
            QVERIFY(sink->isTransactional());
            QVERIFY(sink->open().ok());
            QVERIFY(sink->onBatch(batchFrom(0, 3)).ok());
            QVERIFY(sink->prepare(1).ok());
            StateWriter writer;
            QVERIFY(sink->snapshot(writer).ok());
            state = writer.finish();
            QVERIFY(sink->onBatch(batchFrom(3, 9)).ok());
        }
        const std::size_t before = fake.requests().size();
        const auto resumed = sinkOf(to, fake.address(), "line");
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok() && resumed->restore(*reader).ok() && resumed->open().ok());
        QVERIFY(resumed->onBatch(batchFrom(3, 9)).ok());
        std::set<std::string> first = keys(fake), again = keys(fake, before);
        QCOMPARE(first.size(), std::size_t{3});  // the second run brought no other
        QCOMPARE(again.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestHttpSink)
#include "test_http_sink.moc"
