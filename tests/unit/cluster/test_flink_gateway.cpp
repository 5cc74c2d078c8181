// Sessions, statements and pages of Flink's SQL gateway, as a scripted server plays it.
#include <QtTest/QtTest>

#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/flink/flink_query.h"
#include "core/cluster/flink/flink_rest.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kSession = "/v3/sessions/s1";
constexpr const char* kNotReady = "{\"resultType\": \"NOT_READY\"}";

HttpServer serverOf(const FakeServer& fake) {
    HttpServer server;
    server.address = fake.address();
    server.answerWithin = 60'000;
    server.firstPause = 1;
    return server;
}

template <class T>
std::string wordsFor(const Result<T>& result) {
    return result.ok() ? "ok" : english(result.error());
}

/// A page with the columns n BIGINT, d DECIMAL(10, 3), b BOOLEAN, ts TIMESTAMP(3), s STRING.
std::string page(const std::string& rows, int next, const std::string& job = "j1") {
    return fmt::format(
        "{{\"resultType\": \"{}\", \"isQueryResult\": true, \"jobID\": \"{}\", \"nextResultUri\": {}, "
        "\"results\": {{\"columns\": ["
        "{{\"name\": \"n\", \"logicalType\": {{\"type\": \"BIGINT\", \"nullable\": true}}}},"
        "{{\"name\": \"d\", \"logicalType\": {{\"type\": \"DECIMAL\", \"precision\": 10, \"scale\": 3}}}},"
        "{{\"name\": \"b\", \"logicalType\": {{\"type\": \"BOOLEAN\"}}}},"
        "{{\"name\": \"ts\", \"logicalType\": {{\"type\": \"TIMESTAMP_WITHOUT_TIME_ZONE\"}}}},"
        "{{\"name\": \"s\", \"logicalType\": {{\"type\": \"VARCHAR\"}}}}], "
        "\"rowFormat\": \"PLAIN_TEXT\", \"data\": [{}]}}}}",
        next > 0 ? "PAYLOAD" : "EOS", job,
        next > 0 ? fmt::format("\"/elsewhere/operations/o1/result/{}?rowFormat=PLAIN_TEXT\"", next) : "null",
        rows);
}

std::string row(const std::string& kind, int number) {
    return fmt::format(
        "{{\"kind\": \"{}\", \"fields\": [\"{}\", \"1.500\", \"TRUE\", \"2024-03-01 00:00\", null]}}", kind,
        number);
}

std::string failed(const std::string& trace) {
    Json errors = Json::object();
    errors["errors"] = {"Internal server error.",
                        "<Exception on server side:\n" + trace + "\nEnd of exception>"};
    return errors.dump();
}

/// A gateway in which a statement has the pages that the test says; of several the last one comes again.
struct Gateway {
    std::map<std::string, std::vector<FakeAnswer>> pages{};  ///< by their numbers
    FakeServer server{[this](const FakeRequest& request) { return reply(request); }};

    FakeAnswer reply(const FakeRequest& request) {
        const std::string& line = request.line;
        if (line == "POST /v3/sessions") return answer("{\"sessionHandle\": \"s1\"}");
        if (line == std::string("POST ") + kSession + "/statements")
            return answer("{\"operationHandle\": \"o1\"}");
        const std::string result = std::string("GET ") + kSession + "/operations/o1/result/";
        if (!line.starts_with(result)) return answer("{\"status\": \"CLOSED\"}");
        auto& said = pages[line.substr(result.size())];
        if (said.empty()) return answer("{\"errors\": [\"no such page\"]}", 500);
        const FakeAnswer first = said.front();
        if (said.size() > 1) said.erase(said.begin());
        return first;
    }
    void say(int number, FakeAnswer what) {
        pages[fmt::format("{}?rowFormat=PLAIN_TEXT", number)].push_back(std::move(what));
    }
    std::unique_ptr<FlinkSession> session(const FlinkSettings& settings = {}) {
        auto opened = FlinkSession::open(serverOf(server), settings);
        return opened.ok() ? std::move(*opened) : nullptr;
    }
};

}  // namespace

class TestFlinkGateway : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aStatementToItsEnd() {
        Gateway gateway;
        gateway.say(0, answer(kNotReady));
        gateway.say(0, answer(kNotReady));
        gateway.say(0, answer(page("", 1)));
        gateway.say(1, answer(page(row("INSERT", 1) + "," + row("UPDATE_BEFORE", 1), 2)));
        gateway.say(2, answer(page(row("UPDATE_AFTER", 2) + "," + row("DELETE", 2), 0)));
        const auto session = gateway.session({{"parallelism.default", "2"}});
        QVERIFY(session != nullptr);
        const auto table = session->run("SELECT \"x\"\nFROM t", {{"pipeline.name", "n"}});
        QCOMPARE(wordsFor(table), std::string("ok"));
        QCOMPARE(table->job, std::string("j1"));
        QVERIFY(table->updating());
        std::string types, kinds;
        for (const FlinkColumn& column : table->columns)
            types += column.name + " " + toString(*column.type) + " ";
        QCOMPARE(types, std::string("n BIGINT d DECIMAL(10,3) b BOOLEAN ts TIMESTAMP(3) s STRING "));
        for (const ChangeRow& each : table->rows) kinds += std::string(toString(each.kind)) + *each.cells[0];
        QCOMPARE(kinds, std::string("+I1-U1+U2-D2"));
        const std::vector<TextCell> cells{"1", "1.500", "true", "2024-03-01 00:00:00.000", std::nullopt};
        QVERIFY(table->rows[0].cells == cells);
        const auto requests = gateway.server.requests();
        QCOMPARE(requests[0].body, std::string("{\"properties\":{\"parallelism.default\":\"2\"}}"));
        QCOMPARE(requests[1].body, std::string("{\"statement\":\"SELECT \\\"x\\\"\\nFROM t\","
                                               "\"executionConfig\":{\"pipeline.name\":\"n\"}}"));
    }

    /// Flink shows them as x'00ff'; texts of ours are Base64.
    void bytesBecomeBase64() {
        Gateway gateway;
        std::string said = page(
            "{\"kind\": \"INSERT\", \"fields\": [\"1\", \"1.000\", \"TRUE\", \"2024-03-01 00:00\", "
            "\"x'00FF'\"]}",
            0);
        said.replace(said.find("VARCHAR"), 7, "VARBINARY");
        gateway.say(0, answer(said));
        const auto table = gateway.session()->run("SELECT 1");
        QCOMPARE(wordsFor(table), std::string("ok"));
        QVERIFY(table->columns[4].type->is(TypeId::Bytes));
        QVERIFY(table->rows[0].cells[4] == TextCell("AP8="));
    }

    void numbersKeepTheirDigits() {
        Gateway gateway;
        gateway.say(0, answer(page("{\"kind\": \"INSERT\", \"fields\": [\"9223372036854775807\", "
                                   "\"12345678901234567890123456789.500\", \"FALSE\", "
                                   "\"2024-03-01T10:00:00.1234Z\", \"TRUE\"]}",
                                   0)));
        const auto table = gateway.session()->run("SELECT 1");
        QCOMPARE(wordsFor(table), std::string("ok"));
        const std::vector<TextCell> cells{"9223372036854775807", "12345678901234567890123456789.500", "false",
                                          "2024-03-01 10:00:00.123", "TRUE"};
        QVERIFY(table->rows[0].cells == cells);
    }

    /// Pages are as long as they are, and one whose answer was lost is asked for again and counts once.
    void pagesAreNeitherLostNorDoubled() {
        Gateway gateway;
        std::string rows;
        for (int i = 0; i < 6'000; ++i) rows += (i > 0 ? "," : "") + row("INSERT", i);
        const FakeAnswer long_ = answer(page(rows, 1));
        gateway.say(0, {long_.bytes.substr(0, long_.bytes.size() / 2)});
        gateway.say(0, long_);
        gateway.say(1, {});
        gateway.say(1, answer(page(row("INSERT", 6'000), 0)));
        const auto table = gateway.session()->run("SELECT 1");
        QCOMPARE(wordsFor(table), std::string("ok"));
        QCOMPARE(table->rows.size(), std::size_t{6'001});
        for (int i = 0; i <= 6'000; ++i)
            QCOMPARE(*table->rows[static_cast<std::size_t>(i)].cells[0], std::to_string(i));
    }

    void whatThePlannerSays_data() {
        QTest::addColumn<QByteArray>("trace");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("validator")
            << QByteArray(
                   "org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed\n"
                   "\tat a.B.c(B.java:1)\n"
                   "Caused by: org.apache.flink.table.api.ValidationException: SQL validation failed. "
                   "From line 3, column 7 to line 3, column 11: Column 'prize' not found\n"
                   "\tat a.B.c(B.java:2)\n\t... 8 more\n"
                   "Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Column 'prize' "
                   "not found in any table\n\tat a.B.c(B.java:3)\n")
            << QByteArray("Flink: Column 'prize' not found in any table") << QByteArray("3 7 3 11");
        QTest::newRow("parser")
            << QByteArray(
                   "x.Y: z\n\tat a\nCaused by: org.apache.calcite.runtime.ParseException: Encountered "
                   "\">\" at line 3, column 13.\nWas expecting one of:\n    \"(\" ...\n\tat a\n")
            << QByteArray(
                   "Flink: Encountered \">\" at line 3, column 13.\nWas expecting one of:\n    \"(\" ...")
            << QByteArray("3 13 3 13");
        QTest::newRow("planner")
            << QByteArray("org.apache.flink.table.api.TableException: not supported.\n\tat a.B.c(B.java:1)\n")
            << QByteArray("Flink: not supported.") << QByteArray();
    }

    void whatThePlannerSays() {
        QFETCH(QByteArray, trace);
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, place);
        Gateway gateway;
        gateway.say(0, answer(failed(trace.toStdString()), 500));
        const auto session = gateway.session();
        QCOMPARE(wordsFor(session->run("SELECT 1")), words.toStdString());
        std::string at;
        if (const auto& found = session->place())
            at = fmt::format("{} {} {} {}", found->line, found->column, found->endLine, found->endColumn);
        QCOMPARE(at, place.toStdString());
        QVERIFY(session->keepAlive().ok());
        QVERIFY(!session->place());
    }

    void strangeGateways_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no object") << QByteArray("[1, 2]");
        QTest::newRow("no type") << QByteArray("{\"results\": {}}");
        QTest::newRow("no next page") << QByteArray("{\"resultType\": \"PAYLOAD\"}");
        QTest::newRow("a next page without a number")
            << QByteArray("{\"resultType\": \"PAYLOAD\", \"nextResultUri\": \"/result/-1\"}");
        QTest::newRow("too few fields")
            << QByteArray::fromStdString(page("{\"kind\": \"INSERT\", \"fields\": []}", 0));
        QTest::newRow("no kind") << QByteArray::fromStdString(page("{\"fields\": [1, 2, 3, 4, 5]}", 0));
        QTest::newRow("a number") << QByteArray::fromStdString(
            page("{\"kind\": \"INSERT\", \"fields\": [1, \"2\", \"TRUE\", null, null]}", 0));
        QTest::newRow("a job whose id is a path")
            << QByteArray::fromStdString(page("", 1, "../../jobs/other"));
        QTest::newRow("rows that are none") << QByteArray::fromStdString(page("1, null, []", 0));
    }

    void strangeGateways() {
        QFETCH(QByteArray, said);
        Gateway gateway;
        gateway.say(0, answer(said.toStdString()));
        const std::string words = wordsFor(gateway.session()->run("SELECT 1"));
        QVERIFY2(words.find("is not what was expected") != std::string::npos, words.c_str());
    }

    void anotherServerThanAGateway() {
        FakeServer rest([](const FakeRequest&) { return answer("{\"errors\": [\"Not found: /v3\"]}", 404); });
        const auto opened = FlinkSession::open(serverOf(rest));
        QVERIFY(wordsFor(opened).find("SQL gateway") != std::string::npos);
        FakeServer empty([](const FakeRequest&) { return answer("{}"); });
        QVERIFY(wordsFor(FlinkSession::open(serverOf(empty))).find("sessionHandle") != std::string::npos);
    }

    void aStatementThatNeverEndsIsLeft() {
        Gateway gateway;
        gateway.say(0, answer(kNotReady));
        const auto session = gateway.session();
        QVERIFY(wordsFor(session->run("SELECT 1", {}, 50)).find("in time") != std::string::npos);
        std::thread other([&] {
            gateway.server.awaitRequests(gateway.server.requests().size() + 5);
            session->http().cancel();
        });
        const auto table = session->run("SELECT 1", {}, 600'000);
        other.join();
        QVERIFY(!table.ok() && table.error().code == ErrorCode::Cancelled);
    }

    void anInsertGivesItsJob() {
        Gateway gateway;
        gateway.say(0, answer(kNotReady));
        gateway.say(0, answer(page(row("INSERT", 1), 1, "j7")));
        const auto session = gateway.session();
        const auto job = session->startJob("INSERT INTO t SELECT 1");
        QVERIFY(job.ok() && *job == "j7");
        gateway.pages.clear();
        gateway.say(0, answer(page("", 0, "")));
        QVERIFY(wordsFor(session->startJob("INSERT INTO t SELECT 1")).find("it lacks “jobID”") !=
                std::string::npos);
    }

    /// Closed before its tasks run, a query takes the TaskManager with it.
    void aQueryIsClosedWhenItRuns() {
        std::vector<std::string> states{"CREATED", "DEPLOYING", "INITIALIZING", "RUNNING"};
        Gateway gateway;
        std::size_t asked = 0;
        FakeServer rest([&](const FakeRequest&) {
            const std::string& state = states[std::min(asked++, states.size() - 1)];
            return answer(
                "{\"jid\": \"j1\", \"state\": \"RUNNING\", \"vertices\": [{\"status\": \"RUNNING\"}, "
                "{\"status\": \"" +
                state + "\"}]}");
        });
        FlinkRest jobs(serverOf(rest));
        gateway.say(0, answer(kNotReady));
        gateway.say(0, answer(page("", 1)));
        const auto session = gateway.session();
        auto operation = session->submit("SELECT 1");
        QVERIFY(operation.ok());
        FlinkQuery query(*session, *operation);
        session->http().cancel();  // Stop is pressed before it has a job
        jobs.http().cancel();
        QVERIFY(query.close(jobs).ok());
        QCOMPARE(asked, states.size());
        QCOMPARE(gateway.server.requests().back().line,
                 std::string("DELETE ") + kSession + "/operations/o1/close");

        // One that never comes to run is left alone, unless nothing of it was started.
        states = {"INITIALIZING"};
        const auto stuck = query.close(jobs, 100);
        QVERIFY(!stuck.ok());
        QVERIFY(english(stuck.error()).find("is still RUNNING") != std::string::npos);
    }

    /// A query that was cancelled, failed or took too long gives its slots back; the client stays cancelled.
    void whatIsGivenUpIsClosed() {
        FakeServer rest([](const FakeRequest&) {
            return answer("{\"state\": \"RUNNING\", \"vertices\": [{\"status\": \"RUNNING\"}]}");
        });
        Gateway gateway;
        gateway.say(0, answer(page(row("INSERT", 1), 1)));
        gateway.say(1, answer(page(row("INSERT", 2) + "," + row("INSERT", 3), 1)));  // and again, for ever
        const auto session = gateway.session();
        session->endJobsAt(serverOf(rest));
        const auto closed = [&] {
            const auto requests = gateway.server.requests();
            const std::string end = std::string("DELETE ") + kSession + "/operations/o1/close";
            return std::count_if(requests.begin(), requests.end(),
                                 [&end](const FakeRequest& request) { return request.line == end; });
        };
        QVERIFY(wordsFor(session->run("SELECT 1", {}, 600'000, 10)).find("more than 10 rows") !=
                std::string::npos);
        QVERIFY(closed() == 1);
        QVERIFY(wordsFor(session->run("SELECT 1", {}, 200)).find("in time") != std::string::npos);
        QVERIFY(closed() == 2);
        std::thread other([&] {
            gateway.server.awaitRequests(gateway.server.requests().size() + 5);
            session->http().cancel();
        });
        const auto table = session->run("SELECT 1", {}, 600'000);
        other.join();
        QVERIFY(!table.ok() && table.error().code == ErrorCode::Cancelled);
        QVERIFY(session->http().cancelled());
        QVERIFY(closed() == 3);
    }

    /// Its vertices are not known yet: they may come to run any moment.
    void aJobWithoutVerticesIsLeft() {
        FakeServer rest(
            [](const FakeRequest&) { return answer("{\"state\": \"INITIALIZING\", \"vertices\": []}"); });
        FlinkRest jobs(serverOf(rest));
        Gateway gateway;
        gateway.say(0, answer(page("", 1)));
        const auto session = gateway.session();
        FlinkQuery query(*session, "o1");
        QVERIFY(!query.close(jobs, 100).ok());
        QVERIFY(gateway.server.lines().find("DELETE") == std::string::npos);
    }

    /// The gateway is away, and does not say how far the query is: it may be about to begin.
    void aQueryOfWhichNobodyTellsIsLeft() {
        FakeServer rest([](const FakeRequest&) { return answer("{}"); });
        FlinkRest jobs(serverOf(rest));
        Gateway gateway;
        gateway.say(0, {});
        const auto session = gateway.session();
        FlinkQuery query(*session, "o1");
        QVERIFY(!query.close(jobs, 100).ok());
        QVERIFY(gateway.server.lines().find("DELETE") == std::string::npos);
        // It comes back in time.
        gateway.pages.clear();
        gateway.say(0, {});
        gateway.say(0, {});
        gateway.say(0, {});
        gateway.say(0, {});
        gateway.say(0, answer(page("", 0)));
        QVERIFY(query.close(jobs, 60'000).ok());
    }

    /// The end of a session is the end of its queries, also of those that are too young for it.
    void aSessionWithAYoungQueryIsLeft() {
        FakeServer rest(
            [](const FakeRequest&) { return answer("{\"state\": \"INITIALIZING\", \"vertices\": []}"); });
        Gateway gateway;
        gateway.say(0, answer(page("", 1)));
        gateway.say(1, answer(page("", 1)));
        const auto session = gateway.session();
        session->endJobsAt(serverOf(rest));
        QVERIFY(!session->run("SELECT 1", {}, 200).ok());
        QVERIFY(session->close().ok());
        QVERIFY(gateway.server.lines().find("DELETE") == std::string::npos);
    }

    /// A trace that never ends is neither kept nor shown whole.
    void wordsWithoutEndAreCut() {
        Gateway gateway;
        gateway.say(0, answer(failed("a.B: " + std::string(1'000'000, 'x')), 500));
        const auto session = gateway.session();
        QVERIFY(wordsFor(session->run("SELECT 1")).size() < 10'000);
        QVERIFY(session->refusal().size() < 10'000);
    }

    void aQueryThatWaitsForASlotCanBeClosed() {
        FakeServer rest([](const FakeRequest&) {
            return answer("{\"state\": \"RUNNING\", \"vertices\": [{\"status\": \"SCHEDULED\"}]}");
        });
        FlinkRest jobs(serverOf(rest));
        Gateway gateway;
        gateway.say(0, answer(page("", 1)));
        const auto session = gateway.session();
        FlinkQuery query(*session, "o1");
        QVERIFY(query.close(jobs, 100).ok());
        QVERIFY(gateway.server.lines().find("DELETE") != std::string::npos);
    }

    void aSessionThatIsBegunCanBeCancelled() {
        FakeServer never([](const FakeRequest&) { return FakeAnswer{{}, true}; });
        const auto session = FlinkSession::unopened(serverOf(never));
        std::thread other([&] {
            never.awaitRequests(1);
            session->http().cancel();
        });
        const Status begun = session->begin();
        other.join();
        QVERIFY(!begun.ok() && begun.error().code == ErrorCode::Cancelled);
        session->http().resume();
        QVERIFY(session->close().ok());  // there is none: no request is sent
        QCOMPARE(never.requests().size(), std::size_t{1});
    }

    void aLookDoesNotWait() {
        Gateway gateway;
        gateway.say(0, answer(kNotReady));
        gateway.say(0, answer(page("", 1)));
        gateway.say(1, answer(page(row("INSERT", 1), 0)));
        const auto session = gateway.session();
        FlinkQuery query(*session, "o1");
        QVERIFY(query.look()->rows.empty() && query.job().empty());
        QVERIFY(query.look()->rows.empty() && query.job() == "j1" && !query.ended());
        QVERIFY(query.look()->rows.size() == 1 && query.ended());
    }
};

QTEST_APPLESS_MAIN(TestFlinkGateway)
#include "test_flink_gateway.moc"
