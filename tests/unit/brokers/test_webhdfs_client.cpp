// A client of WebHDFS: the two steps of files' bytes, where a token goes, and what errors mean.
#include <QtTest/QtTest>

#include "core/connect/hadoop/webhdfs_client.h"
#include "tests/support/worlds/hdfs_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char *kTokenName = "RILLWRIGHT_TEST_HDFS_TOKEN", *kToken = "marker-secret";

NodeConnection connectionTo(const HdfsWorld& world, std::map<std::string, std::string> fields = {},
                            const std::string& token = {}) {
    const auto all = world.connections("lake", std::move(fields), token);
    return NodeConnection(*all->named("lake"), all);
}

WebhdfsRequest asking(const std::string& path, const std::string& op) {
    WebhdfsRequest request;
    request.path = path;
    request.op = op;
    return request;
}

WebhdfsRequest creating(const std::string& path, std::string_view bytes) {
    WebhdfsRequest request = asking(path, "CREATE");
    request.method = HttpMethod::Put;
    request.bytes = bytes;
    return request;
}

Result<HttpAnswer> ask(WebhdfsClient& client, WebhdfsRequest request) {
    return client.ask(std::move(request), [] { return false; });
}

/// The same data node by another name of this computer.
std::string byAnotherName(const HdfsWorld& world) {
    std::string address = world.dataAddress();
    const std::string number = "127.0.0.1";
    return address.replace(address.find(number), number.size(), "localhost");
}

}  // namespace

class TestWebhdfsClient : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { qputenv(kTokenName, kToken); }

    void bytesGoToTheDataNode() {
        HdfsWorld world;
        WebhdfsClient client(connectionTo(world));
        const std::string name = "/data/a b%\xc3\xa9?.json";
        QVERIFY(ask(client, creating(name, "{\"n\":1}\n")).ok());
        QCOMPARE(world.file(name).value_or("none"), std::string("{\"n\":1}\n"));
        QCOMPARE(world.calls(), (std::vector<std::string>{"CREATE " + name, "data CREATE " + name}));
        WebhdfsRequest part = asking(name, "OPEN");
        part.params = {{"offset", "2"}, {"length", "3"}};
        const Result<HttpAnswer> read = ask(client, part);
        QVERIFY(read.ok());
        QCOMPARE(read->body, std::string("n\":"));
    }

    void theUserIsNamedWhereThereIsNoToken() {
        HdfsWorld world;
        std::string user, token;
        world.setFault([&](const HdfsCall& call) {
            user = call.param("user.name");
            token = call.param("delegation");
            return std::optional<FakeAnswer>();
        });
        WebhdfsClient plain(connectionTo(world));
        QVERIFY(ask(plain, asking("/", "GETFILESTATUS")).ok());
        QCOMPARE(user + '/' + token, std::string("rill/"));
        WebhdfsClient secured(connectionTo(world, {}, kTokenName));
        QVERIFY(ask(secured, asking("/", "GETFILESTATUS")).ok());
        QCOMPARE(user + '/' + token, std::string("/") + kToken);
    }

    /// It is in the address of the redirection, for so the protocol has it.
    void aTokenGoesToNoHostThatIsNotNamed() {
        HdfsWorld world;
        world.put("/a", "rows");
        const std::string other = byAnotherName(world);
        world.leadTo(other);
        WebhdfsClient client(connectionTo(world, {}, kTokenName));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "OPEN"));
        QVERIFY(!refused.ok());
        const std::string said = english(refused.error());
        QVERIFY2(said.find("another host") != std::string::npos, said.c_str());
        QVERIFY2(said.find("marker") == std::string::npos, said.c_str());
        QCOMPARE(world.calls(), std::vector<std::string>{"OPEN /a"});

        WebhdfsClient named(connectionTo(world, {{"datanodes", "other, local*"}}, kTokenName));
        const Result<HttpAnswer> read = ask(named, asking("/a", "OPEN"));
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        QCOMPARE(read->body, std::string("rows"));
        WebhdfsClient tokenless(connectionTo(world));
        QVERIFY(ask(tokenless, asking("/a", "OPEN")).ok());
    }

    void hostsThatAreNotNamedAreNotAsked() {
        HdfsWorld world;
        world.put("/a", "rows");
        world.leadTo(byAnotherName(world));
        WebhdfsClient client(connectionTo(world, {{"datanodes", "*.hadoop.example"}}));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "OPEN"));
        QVERIFY(!refused.ok() && refused.error().code == ErrorCode::Refused);
        QVERIFY(english(refused.error()).find("none of the data nodes") != std::string::npos);
    }

    /// The name of a data node is often known within its cluster only.
    void aDataNodeThatIsOutOfReachIsSaid() {
        HdfsWorld world;
        world.put("/a", "1");
        world.leadTo("http://datanode-1.invalid:9864");
        WebhdfsClient client(connectionTo(world));
        const Result<HttpAnswer> read = ask(client, asking("/a", "OPEN"));
        QVERIFY(!read.ok() && read.error().code == ErrorCode::Io);
        const std::string said = english(read.error());
        QVERIFY2(said.find("the names of the data nodes") != std::string::npos, said.c_str());
        QVERIFY2(said.find(world.address() + " leads there") != std::string::npos, said.c_str());
    }

    void aTokenNeedsTls() {
        HdfsWorld world;
        WebhdfsClient client(connectionTo(world, {{"address", "http://namenode.example:9870"}}, kTokenName));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "OPEN"));
        QVERIFY(!refused.ok());
        QVERIFY(english(refused.error()).find("for everybody to read") != std::string::npos);
    }

    void aRedirectionLeadsNoFurther() {
        HdfsWorld world;
        world.put("/a", "rows");
        world.leadTo(world.address());  // which leads on
        WebhdfsClient client(connectionTo(world, {}, kTokenName));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "OPEN"));
        QVERIFY(!refused.ok());
        QVERIFY(english(refused.error()).find("yet another address") != std::string::npos);
        QVERIFY(english(refused.error()).find("marker") == std::string::npos);
    }

    void whatExceptionsMean_data() {
        QTest::addColumn<QString>("exception");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, int status, ErrorCode code, const char* words) {
            QTest::newRow(name) << QString::fromLatin1(name) << status << static_cast<int>(code)
                                << QString::fromLatin1(words);
        };
        row("SafeModeException", 403, ErrorCode::Io, "safe mode");
        row("StandbyException", 403, ErrorCode::Io, "active");
        row("RetriableException", 403, ErrorCode::Io, "it says why");
        row("AlreadyBeingCreatedException", 403, ErrorCode::Io, "it says why");
        row("DSQuotaExceededException", 403, ErrorCode::Io, "quota");
        row("AccessControlException", 403, ErrorCode::Denied, "setfacl");
        row("InvalidToken", 403, ErrorCode::Denied, "new token");
        row("FileNotFoundException", 404, ErrorCode::NotFound, "path");
        row("FileAlreadyExistsException", 403, ErrorCode::Refused, "it says why");
        row("UnsupportedOperationException", 400, ErrorCode::Refused, "it says why");
    }
    void whatExceptionsMean() {
        QFETCH(const QString, exception);
        QFETCH(const int, status);
        QFETCH(const int, code);
        QFETCH(const QString, words);
        HdfsWorld world;
        world.setFault([&](const HdfsCall&) {
            return std::optional(HdfsWorld::thrown(exception.toStdString(), "it says why", status));
        });
        WebhdfsClient client(connectionTo(world));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "GETFILESTATUS"));
        QVERIFY(!refused.ok());
        QCOMPARE(static_cast<int>(refused.error().code), code);
        const std::string said = english(refused.error());
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
    }

    /// Others stand behind Hadoop's words.
    void whatHadoopSaysIsASentence_data() {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("end");
        QTest::newRow("open") << "diskspace consumed = 128 MB"
                              << "consumed = 128 MB.";
        QTest::newRow("closed") << "Name node is in safe mode."
                                << "is in safe mode.";
        QTest::newRow("first line") << "File does not exist: /a\\n\\tat org.apache"
                                    << "does not exist: /a.";
    }
    void whatHadoopSaysIsASentence() {
        QFETCH(const QString, message);
        QFETCH(const QString, end);
        HdfsWorld world;
        world.setFault([&](const HdfsCall&) {
            return std::optional(HdfsWorld::thrown("IOException", message.toStdString(), 403));
        });
        WebhdfsClient client(connectionTo(world));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "GETFILESTATUS"));
        QVERIFY(!refused.ok());
        const std::string said = english(refused.error().message);
        QVERIFY2(said.ends_with(end.toStdString()), said.c_str());
    }

    void aTokenThatIsRepeatedIsNotShown() {
        HdfsWorld world;
        world.setFault([](const HdfsCall&) {
            return std::optional(
                HdfsWorld::thrown("InvalidToken", "token (" + std::string(kToken) + ") is unknown", 403));
        });
        WebhdfsClient client(connectionTo(world, {}, kTokenName));
        const Result<HttpAnswer> refused = ask(client, asking("/a", "GETFILESTATUS"));
        QVERIFY(!refused.ok());
        const std::string said = english(refused.error());
        QVERIFY2(said.find("is unknown") != std::string::npos, said.c_str());
        QVERIFY2(said.find("marker") == std::string::npos, said.c_str());
    }

    /// A gateway that wants somebody to sign in is not the file, but a file may be a page.
    void aPageIsNoFile() {
        HdfsWorld world;
        world.put("/a", "<html>of the file</html>");
        WebhdfsClient client(connectionTo(world));
        const Result<HttpAnswer> file = ask(client, asking("/a", "OPEN"));
        QVERIFY(file.ok() && file->body == "<html>of the file</html>");
        world.setFault([](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if (!call.atData) return std::nullopt;
            FakeAnswer page;
            page.bytes =
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 20\r\n\r\n"
                "<html>Sign in</html>";
            return page;
        });
        const Result<HttpAnswer> page = ask(client, asking("/a", "OPEN"));
        QVERIFY(!page.ok() && page.error().code == ErrorCode::Refused);
        QVERIFY(english(page.error()).find("a page for people: “Sign in”") != std::string::npos);
    }

    void aServerOfSomethingElseTakesNoFile() {
        FakeServer other([](const FakeRequest&) { return answer("<html>hello</html>"); });
        HdfsWorld world;
        WebhdfsClient client(connectionTo(world, {{"address", other.address()}}));
        const Result<HttpAnswer> refused = ask(client, creating("/a", "rows"));
        QVERIFY(!refused.ok());
        QVERIFY(english(refused.error()).find("where the bytes are to go") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestWebhdfsClient)
#include "test_webhdfs_client.moc"
