// A schema registry with scripted answers, and what becomes of messages when it does not answer as it should.
#include "core/connect/formats/schema_registry.h"

#include <QtTest/QtTest>

#include "core/connect/avro/avro_bytes.h"
#include "core/connect/connections/http_connection.h"
#include "tests/support/worlds/fake_server.h"
#include "tests/unit/connect/fixtures/messages_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

HttpServer serverAt(const std::string& address) {
    HttpServer server;
    server.address = address;
    server.answerWithin = 20'000;
    server.firstPause = 1;
    return server;
}

/// The answer to a question for a schema.
std::string schemaAnswer(const std::string& schema, const std::string& more = {}) {
    Json answer = Json::object();
    answer["schema"] = schema;
    std::string text = answer.dump();
    text.pop_back();
    return text + more + "}";
}

constexpr const char* kRow = R"({"type":"record","name":"row","fields":[{"name":"a","type":"long"}]})";

/// A message of that schema, whose column `a` is 7.
std::string messageOf(std::uint32_t id) {
    std::string message = bytesOf("\0");
    for (int shift = 24; shift >= 0; shift -= 8) message += static_cast<char>(id >> shift);
    appendAvroLong(message, 7);
    return message;
}

/// Messages of these schemas, asked for and decoded.
struct Story {
    explicit Story(FakeServer::Reply reply) : fake(std::move(reply)), registry(serverAt(fake.address())) {}

    /// Empty: no error.
    std::string learn(const std::vector<std::uint32_t>& ids) {
        values.clear();
        for (const std::uint32_t id : ids) values.push_back(messageOf(id));
        const Status status = registry.learn(received(format(), valuesOf(values)), *schemas);
        return status.ok() ? std::string() : english(status.error());
    }
    Lines rows() const { return decoded(format(), values, schemas); }
    static MessageFormat format() {
        MessageFormat format = formatWith(FormatKind::Avro, {"a BIGINT"});
        format.registry = "registry";
        return format;
    }

    FakeServer fake;
    SchemaRegistry registry;
    std::shared_ptr<WriterSchemas> schemas = std::make_shared<WriterSchemas>();
    Lines values{};
};

FakeServer::Reply always(const FakeAnswer& same) {
    return [same](const FakeRequest&) { return same; };
}

}  // namespace

class TestSchemaRegistry : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eachSchemaIsAskedForOnce() {
        Story story([](const FakeRequest& request) {
            return request.line.ends_with("/1")
                       ? answer(schemaAnswer(kRow))
                       : answer(R"({"error_code":40403,"message":"Schema not found"})", 404);
        });
        QCOMPARE(story.learn({1, 1, 2, 1}), std::string());
        const Lines rows = story.rows();
        QCOMPARE((Lines{rows[0], rows[1], rows[3]}), (Lines{"7", "7", "7"}));
        QVERIFY2(rows[2].starts_with("!The registry has no schema 2. # base64:"), rows[2].c_str());
        QCOMPARE(story.learn({2, 1}), std::string());
        QCOMPARE(story.fake.lines(), std::string("GET /schemas/ids/1, GET /schemas/ids/2"));
        QVERIFY(story.fake.requests().front().head.find("Accept: application/vnd.schemaregistry.v1+json") !=
                std::string::npos);
    }

    /// What begins with a byte 0 by chance has another id each time.
    void bytesThatAreNoMessagesAskForFewSchemas() {
        Story story([](const FakeRequest& request) {
            return request.line.ends_with("/1000007") || request.line.ends_with("/1000900")
                       ? answer(schemaAnswer(kRow))
                       : answer(R"({"error_code":40403,"message":"Schema not found"})", 404);
        });
        QCOMPARE(story.learn({1'000'007}), std::string());
        std::vector<std::uint32_t> garbage;
        for (std::uint32_t i = 0; i < 500; ++i) garbage.push_back(0x40000000 + i);
        QCOMPARE(story.learn(garbage), std::string());
        const std::size_t asked = story.fake.requests().size();
        QCOMPARE(asked, std::size_t{1 + WriterSchemas::kMostFarMisses});
        const Lines rows = story.rows();
        QVERIFY2(rows.back().find("was not asked for") != std::string::npos, rows.back().c_str());
        // A schema that is registered meanwhile is among the next ids.
        QCOMPARE(story.learn({1'000'900, 0x50000000}), std::string());
        QCOMPARE(story.fake.requests().size(), asked + 1);
        QCOMPARE(story.rows().front(), std::string("7"));
    }

    void whatIsMissingIsForgottenAgain() {
        WriterSchemas schemas;
        schemas.miss(7, Text{"test", "none"}, 1'000);
        QVERIFY(schemas.find(7) && !schemas.find(7)->schema);
        QVERIFY(!schemas.mayAsk(7, 1'000 + WriterSchemas::kForgottenAfter - 1));
        QVERIFY(schemas.mayAsk(7, 1'000 + WriterSchemas::kForgottenAfter));
        for (std::uint32_t id = 0; id < 5'000; ++id) schemas.miss(10'000 + id, Text{"test", "none"}, 2'000);
        QVERIFY2(!schemas.find(7), "only the newest are kept");
        QVERIFY(schemas.find(14'999).has_value());
    }

    /// Messages without a head, or without a value, ask for nothing.
    void whoHasNoHead() {
        Story story(always(answer("", 500)));
        std::vector<ReceivedMessage> messages(3);
        messages[1].value = "";
        messages[2].value = "no head";
        QVERIFY(story.registry.learn(received(Story::format(), messages), *story.schemas).ok());
        QCOMPARE(story.fake.lines(), std::string());
    }

    void schemasThatCannotBeUsed_data() {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const std::string& reply, const char* why) {
            QTest::newRow(name) << QByteArray::fromStdString(reply) << QString::fromUtf8(why);
        };
        row("protobuf", schemaAnswer("x", R"(,"schemaType":"PROTOBUF")"),
            "!The schema 1 is of the kind PROTOBUF, and not Avro.");
        row("references", schemaAnswer(kRow, R"(,"references":[{"name":"a"}])"),
            "!The schema 1 refers to other schemas, which are not read here.");
        row("broken", schemaAnswer("{"),
            "!The schema 1 of the registry can't be used: The schema is no JSON.");
    }
    void schemasThatCannotBeUsed() {
        QFETCH(QByteArray, reply);
        QFETCH(QString, why);
        Story story(always(answer(reply.toStdString())));
        QCOMPARE(story.learn({1}), std::string());
        QVERIFY2(story.rows().front().starts_with(why.toStdString()), story.rows().front().c_str());
    }
    void whatIsFine() {
        Story story(always(answer(schemaAnswer(kRow, R"(,"schemaType":"AVRO","references":[])"))));
        QCOMPARE(story.learn({1}), std::string());
        QCOMPARE(story.rows(), Lines{"7"});
    }

    /// Nothing is learnt, so that it is asked again.
    void errors_data() {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("why");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* reply, int status, const char* why,
                            ErrorCode code) {
            QTest::newRow(name) << QByteArray(reply) << status << QString::fromUtf8(why)
                                << static_cast<int>(code);
        };
        row("no registry", "<html>Welcome</html>", 200, "is not what was expected: it is no schema registry",
            ErrorCode::Io);
        row("no schema", "{}", 200, "is not what was expected: it is no schema registry", ErrorCode::Io);
        row("elsewhere", "<html>Not found</html>", 404, "answers HTTP 404.", ErrorCode::NotFound);
        row("password", R"({"error_code":40101,"message":"Unauthorized"})", 401,
            "answers HTTP 401: Unauthorized", ErrorCode::Denied);
        row("broken", R"({"error_code":50001,"message":"Error in the backend"})", 500,
            "answers HTTP 500: Error in the backend", ErrorCode::Io);
    }
    void errors() {
        QFETCH(QByteArray, reply);
        QFETCH(int, status);
        QFETCH(QString, why);
        QFETCH(int, code);
        Story story(always(answer(reply.toStdString(), status)));
        const Lines values{messageOf(1)};
        const Status failed =
            story.registry.learn(received(Story::format(), valuesOf(values)), *story.schemas);
        QVERIFY(!failed.ok());
        QVERIFY2(english(failed.error()).find(why.toStdString()) != std::string::npos,
                 english(failed.error()).c_str());
        QCOMPARE(static_cast<int>(failed.error().code), code);
        QVERIFY(!story.schemas->find(1));
    }

    /// What copies such a tree would go as deep.
    void anAnswerThatIsNestedTooDeep() {
        const std::size_t levels = 500'000;
        Story story(always(
            answer(R"({"schema":"x","y":)" + std::string(levels, '[') + std::string(levels, ']') + "}")));
        QVERIFY(story.learn({1}).find("it is no schema registry") != std::string::npos);
    }

    void nobodyAnswers() {
        SchemaRegistry registry([] {
            HttpServer server = serverAt(nobodysAddress());
            server.tries = 1;
            return server;
        }());
        WriterSchemas schemas;
        const Lines values{messageOf(1)};
        const Status failed = registry.learn(received(Story::format(), valuesOf(values)), schemas);
        QVERIFY(!failed.ok() && errorKindOf(failed.error().code) == ErrorKind::Transient);
    }

    /// As long as it is patient, a run that is being stopped is not.
    void whoAsksIsNotHeldBack() {
        FakeAnswer silent;
        silent.never = true;
        Story story(always(silent));
        QElapsedTimer timer;
        timer.start();
        story.registry.cancelWhen([&timer] { return timer.elapsed() > 300; });
        const Result<std::uint32_t> id = story.registry.idOf("orders", kRow);
        QVERIFY(!id.ok());
        QCOMPARE(static_cast<int>(id.error().code), static_cast<int>(ErrorCode::Cancelled));
        QVERIFY2(timer.elapsed() < 5'000, "it gives up soon");
    }

    void schemasAreRegistered() {
        Story story([](const FakeRequest& request) {
            if (request.line.find("taken") != std::string::npos)
                return answer(R"({"error_code":409,"message":"incompatible"})", 409);
            return answer(R"({"id":42})");
        });
        const Result<std::uint32_t> id = story.registry.idOf("shop/orders-value", kRow);
        QVERIFY(id.ok());
        QCOMPARE(*id, 42U);
        QCOMPARE(story.fake.lines(), std::string("POST /subjects/shop%2Forders-value/versions"));
        const FakeRequest request = story.fake.requests().front();
        QCOMPARE(request.body, schemaAnswer(kRow));
        QVERIFY(request.head.find("Content-Type: application/vnd.schemaregistry.v1+json") !=
                std::string::npos);
        const Result<std::uint32_t> taken = story.registry.idOf("taken", kRow);
        QVERIFY(!taken.ok());
        QCOMPARE(static_cast<int>(taken.error().code), static_cast<int>(ErrorCode::Refused));
        QVERIFY(english(taken.error()).find("does not take the schema for “taken”") != std::string::npos);
    }

    void addressAndSecretsOfAConnection() {
        Connection made{"registry", "http", {{"address", "https://registry.example"}, {"user", "shop"}}, {}};
        made.fields["headers"] = "X-Team: shop";
        made.secrets["password"] = {SecretRef::Kind::Keyring, "x"};
        made.secrets["api_key"] = {SecretRef::Kind::Keyring, "key"};
        const auto connections = std::make_shared<const Connections>(
            std::vector<Connection>{made},
            [](const SecretRef&) -> Result<Secret> { return Secret("sesame"); });
        Result<HttpServer> server = registryServer(NodeConnection(made, connections));
        QVERIFY(server.ok());
        QCOMPARE(server->address, std::string("https://registry.example"));
        QCOMPARE(server->user, std::string("shop"));
        QVERIFY(server->password.reveal([](std::string_view text) { return text == "sesame"; }));
        QVERIFY(server->bearer.empty());
        QVERIFY(server->certificate.file.empty());
        QCOMPARE(server->headers.size(), std::size_t{1});
        QCOMPARE(server->headers.front().value, std::string("shop"));
        QCOMPARE(server->keyHeader, std::string("X-Api-Key"));
        QVERIFY(server->key.reveal([](std::string_view text) { return text == "sesame"; }));
    }

    /// The user of a file system is no one to sign in with over HTTP.
    void otherKindsSignInInTheirOwnWay() {
        const Connection made{"hdfs", "webhdfs", {{"address", "http://127.0.0.1:1"}, {"user", "me"}}, {}};
        const auto connections =
            std::make_shared<const Connections>(std::vector<Connection>{made}, environmentSecret);
        const Result<HttpServer> server = httpServer(NodeConnection(made, connections));
        QVERIFY(server.ok());
        QVERIFY(server->user.empty());
    }

    void aConnectionsCertificateIsShown() {
        Connection made{"registry",
                        "http",
                        {{"address", "https://registry.example"},
                         {"client_certificate", "/me.pem"},
                         {"client_key", "/me.key"}},
                        {}};
        made.secrets["key_passphrase"] = {SecretRef::Kind::Keyring, "x"};
        const auto connections = std::make_shared<const Connections>(
            std::vector<Connection>{made},
            [](const SecretRef&) -> Result<Secret> { return Secret("sesame"); });
        Result<HttpServer> server = registryServer(NodeConnection(made, connections));
        QVERIFY(server.ok());
        QCOMPARE(server->certificate.file, std::string("/me.pem"));
        QCOMPARE(server->certificate.keyFile, std::string("/me.key"));
        QVERIFY(
            server->certificate.passphrase.reveal([](std::string_view text) { return text == "sesame"; }));
    }
};

QTEST_APPLESS_MAIN(TestSchemaRegistry)
#include "test_schema_registry.moc"
