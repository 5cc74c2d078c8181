// The reader of an HTTP source against services that do as they should, and against those that don't.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/connect/formats/message_decoder.h"
#include "core/connect/web/http_reader.h"
#include "tests/support/worlds/bad_wire.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 30000;  // milliseconds
constexpr const char *kTokenName = "RILLWRIGHT_TEST_READER_TOKEN", *kToken = "marker secret";

/// Keeps what a reader gives.
class Given final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const HttpChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.messages.size(); ++i)
            rows.emplace_back(piece.messages.value(i).value_or("NULL"));
        behind = piece.behind;
        ++pieces;
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState told, Text reason, int) override {
        state = told;
        if (!reason.empty()) why = english(reason);
    }
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    std::vector<std::string> rows{}, notes{};
    HttpPosition behind{};
    PartitionState state = PartitionState::Live;
    std::string why{};
    int pieces = 0;
};

HttpPolling polling(const std::string& items = "$.data[*]") {
    HttpPolling made;
    made.every = 20;
    made.items = *parseHttpItems(items);
    return made;
}

std::shared_ptr<const MessageDecoder> decoderOf(const char* column) {
    MessageFormat format;
    format.columns = Schema{{{column, Type::of(TypeId::Bigint)}}};
    format.parts.resize(1);
    format.paths.push_back(sql::JsonPath::toField(column));
    DecoderOptions options;
    options.schema = std::make_shared<Schema>(format.columns);
    return makeMessageDecoder(format, options);
}

NodeConnection connectionTo(const std::string& address, const std::string& caFile = {}) {
    Connection made{"shop", "http", {{"address", address}, {"headers", "X-Team: shop"}}, {}};
    if (!caFile.empty()) made.fields["ca_file"] = caFile;
    made.secrets["token"] = {SecretRef::Kind::Environment, kTokenName};
    const auto all = std::make_shared<const Connections>(std::vector<Connection>{made}, environmentSecret);
    return NodeConnection(made, all);
}

class Reading {
 public:
    Reading(const std::string& address, HttpPolling how, HttpPosition from = {}) {
        HttpReader::About about;
        about.polling = std::move(how);
        about.from = std::move(from);
        about.clock = systemClock();
        if (!about.polling.key.empty()) about.decoder = decoderOf("id");
        reader = std::make_unique<HttpReader>(connectionTo(address), std::move(about));
    }
    /// Until that holds, or an error. Whether it holds.
    template <class Holds>
    bool until(Holds&& holds) {
        QElapsedTimer timer;
        timer.start();
        while (!holds() && status.ok() && timer.elapsed() < kPatience) {
            QElapsedTimer call;
            call.start();
            const Result<SourceReader::Read> read = reader->read(20, given);
            longest = std::max(longest, call.elapsed());
            if (!read.ok()) status = read.status();
        }
        return holds();
    }
    std::string said() const { return status.ok() ? std::string() : english(status.error()); }

    Given given{};
    std::unique_ptr<HttpReader> reader{};
    Status status{};
    qint64 longest = 0;
};

FakeServer::Reply inTurn(std::vector<FakeAnswer> answers) {
    auto next = std::make_shared<std::size_t>(0);
    return [answers = std::move(answers), next](const FakeRequest&) {
        return answers[std::min((*next)++, answers.size() - 1)];
    };
}

FakeAnswer with(const std::string& header, const std::string& body, int status = 200) {
    FakeAnswer said = answer(body, status);
    said.bytes.insert(said.bytes.find("\r\n") + 2, header + "\r\n");
    return said;
}

using Lines = std::vector<std::string>;

}  // namespace

class TestHttpReader : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { qputenv(kTokenName, kToken); }

    void elementsAreRows() {
        FakeServer fake(
            [](const FakeRequest&) { return answer("{\"n\":2,\"data\":[ {\"id\":1}, {\"id\":2} ]}"); });
        HttpPolling how = polling();
        how.path = "orders?new=1";
        Reading reading(fake.address(), how);
        QVERIFY2(reading.until([&] { return reading.given.rows.size() >= 4; }), reading.said().c_str());
        QCOMPARE(reading.given.rows[0], std::string("{\"id\":1}"));
        QCOMPARE(reading.given.rows[3], std::string("{\"id\":2}"));
        const FakeRequest first = fake.requests().front();
        QCOMPARE(first.line, std::string("GET /orders?new=1"));
        QVERIFY(first.head.find("X-Team: shop") != std::string::npos);
        QVERIFY(first.head.find(std::string("Authorization: Bearer ") + kToken) != std::string::npos);
    }

    void rowsOfKnownKeysAreLeftOut() {
        FakeServer fake(inTurn({answer("{\"data\":[{\"id\":1},{\"id\":2}]}"),
                                answer("{\"data\":[{\"id\":2},{\"id\":\"odd\"},{\"id\":3}]}"),
                                answer("{\"data\":[{\"id\":\"odd\"},{\"id\":3},{\"id\":4}]}")}));
        HttpPolling how = polling();
        how.key = {0};
        Reading reading(fake.address(), how);
        QVERIFY2(reading.until([&] { return reading.given.rows.size() >= 5; }), reading.said().c_str());
        const Lines expected{"{\"id\":1}", "{\"id\":2}", "{\"id\":\"odd\"}", "{\"id\":3}", "{\"id\":4}"};
        QCOMPARE(reading.given.rows, expected);
        // One that goes on knows them, too.
        Reading resumed(fake.address(), how, reading.given.behind);
        const std::size_t asked = fake.requests().size();
        QVERIFY(resumed.until([&] { return fake.requests().size() >= asked + 3; }));
        QCOMPARE(resumed.given.rows, Lines());
    }

    void anAnswerThatIsNotNewHasNoRows() {
        FakeServer fake([](const FakeRequest& request) {
            const bool known = request.head.find("If-None-Match: \"v1\"") != std::string::npos;
            return known ? answer({}, 304) : with("ETag: \"v1\"", "{\"data\":[{\"id\":1}]}");
        });
        Reading reading(fake.address(), polling());
        QVERIFY(reading.until([&] { return fake.requests().size() >= 4; }));
        QCOMPARE(reading.given.rows.size(), std::size_t{1});
        QCOMPARE(reading.given.state, PartitionState::Live);
    }

    void aBusyServiceIsLeftAlone() {
        FakeServer fake(inTurn({with("Retry-After: 1", {}, 429), answer("{\"data\":[{\"id\":1}]}")}));
        Reading reading(fake.address(), polling());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(reading.until([&] { return reading.given.state == PartitionState::Disconnected; }));
        QVERIFY2(reading.given.why.find("HTTP 429") != std::string::npos, reading.given.why.c_str());
        QVERIFY(reading.until([&] { return !reading.given.rows.empty(); }));
        QVERIFY(timer.elapsed() >= 900);
        QVERIFY(reading.until([&] { return reading.given.state == PartitionState::Live; }));
    }

    void aBrokenServiceIsAskedAgain() {
        FakeServer fake(inTurn({answer("oh no", 500), answer("{\"data\":[{\"id\":1}]}")}));
        Reading reading(fake.address(), polling());
        QVERIFY2(reading.until([&] { return !reading.given.rows.empty(); }), reading.said().c_str());
        QVERIFY(reading.given.notes.front().find("oh no") != std::string::npos);
    }

    void aPageForPeopleIsSaidWithItsFirstWords() {
        const std::string page =
            "<!DOCTYPE html>\n<html><head><title>Please log in</title></head><body>…</body></html>";
        FakeServer fake([&page](const FakeRequest&) { return answer(page); });
        Reading reading(fake.address(), polling());
        QVERIFY(!reading.until([] { return false; }));
        QVERIFY2(reading.said().find("“Please log in") != std::string::npos, reading.said().c_str());
        // Later it is an outage, as while a service is kept up.
        FakeServer later(inTurn({answer("{\"data\":[{\"id\":1}]}"), answer(page)}));
        Reading goesOn(later.address(), polling());
        QVERIFY(goesOn.until([&] { return goesOn.given.state == PartitionState::Disconnected; }));
        QVERIFY(goesOn.status.ok());
    }

    void aWrongTokenEndsTheRun() {
        FakeServer fake(inTurn({answer("{\"data\":[]}"), answer({}, 401)}));
        Reading reading(fake.address(), polling());
        QVERIFY(!reading.until([] { return false; }));
        QCOMPARE(reading.status.error().code, ErrorCode::Denied);
    }

    void anotherServerNeverGetsTheToken() {
        FakeServer other([](const FakeRequest&) { return answer("{\"data\":[]}"); });
        FakeServer redirects(
            [&other](const FakeRequest&) { return with("Location: " + other.address() + "/x", {}, 302); });
        Reading redirected(redirects.address(), polling());
        QVERIFY(!redirected.until([] { return false; }));
        QVERIFY2(redirected.said().find(other.address()) != std::string::npos, redirected.said().c_str());
        FakeServer links([&other](const FakeRequest&) {
            return with("Link: <" + other.address() + "/2>; rel=\"next\"", "{\"data\":[{\"id\":1}]}");
        });
        HttpPolling how = polling();
        how.pages = HttpPolling::Pages::Link;
        Reading linked(links.address(), how);
        QVERIFY(!linked.until([] { return false; }));
        QVERIFY(other.requests().empty());
    }

    void pagesAreTurned() {
        FakeServer numbers([](const FakeRequest& request) {
            const bool last = request.line.find("page=3") != std::string::npos;
            const std::string id = request.line.substr(request.line.find("page=") + 5, 1);
            return answer(last ? "{\"data\":[]}" : "{\"data\":[{\"id\":" + id + "}]}");
        });
        HttpPolling how = polling();
        how.pages = HttpPolling::Pages::Number;
        how.pageParam = "page";
        Reading counted(numbers.address(), how);
        QVERIFY(counted.until([&] { return counted.given.rows.size() >= 3; }));
        QCOMPARE(counted.given.rows, (Lines{"{\"id\":1}", "{\"id\":2}", "{\"id\":1}"}));
        FakeServer links([&](const FakeRequest& request) {
            const bool second = request.line == "GET /more";
            return second ? answer("{\"data\":[{\"id\":2}]}")
                          : with("Link: </last>; rel=\"last\", </more>; rel=\"next\"",
                                 "{\"data\":[{\"id\":1}]}");
        });
        how.pages = HttpPolling::Pages::Link;
        Reading linked(links.address(), how);
        QVERIFY(linked.until([&] { return linked.given.rows.size() >= 3; }));
        QCOMPARE(linked.given.rows, (Lines{"{\"id\":1}", "{\"id\":2}", "{\"id\":1}"}));
    }

    void aBodyWithoutEndIsGivenUp() {
        const std::string endless(std::size_t{65} << 20, 'x');
        FakeServer fake([&endless](const FakeRequest&) {
            return FakeAnswer{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + endless, true, false};
        });
        Reading reading(fake.address(), polling());
        QVERIFY(!reading.until([] { return false; }));
        QVERIFY2(reading.said().find("longer than") != std::string::npos, reading.said().c_str());
    }

    void aServiceThatIsSilentHoldsNobodyUp() {
        FakeServer fake([](const FakeRequest&) { return FakeAnswer{{}, true, false}; });
        Reading reading(fake.address(), polling());
        QVERIFY(reading.until([&] { return !fake.requests().empty(); }));
        for (int i = 0; i < 5; ++i) QVERIFY(reading.reader->read(20, reading.given).ok());
        QVERIFY2(reading.longest < 1000, std::to_string(reading.longest).c_str());
    }

    void aBadLineIsWaitedFor() {
        FakeServer fake([](const FakeRequest&) { return answer("{\"data\":[{\"id\":1}]}"); });
        BadWire wire(fake.address());
        wire.faults().refuses = true;
        Reading reading(wire.address(), polling());
        QVERIFY(reading.until([&] { return reading.given.state == PartitionState::Disconnected; }));
        wire.faults().refuses = false;
        wire.faults().piece = 3;
        wire.faults().delay = 1;
        QVERIFY(reading.until([&] { return reading.given.rows.size() == 1; }));
        wire.faults().cutAfter = 40;
        wire.faults().resets = true;
        QVERIFY(reading.until([&] { return reading.given.state == PartitionState::Disconnected; }));
        wire.faults().cutAfter = 0;
        const std::size_t before = reading.given.rows.size();
        QVERIFY(reading.until([&] { return reading.given.rows.size() > before; }));
        QVERIFY2(reading.status.ok(), reading.said().c_str());
    }

    void certificatesAreVerified() {
        const Certificate certificate("IP:127.0.0.1");
        FakeServer fake([](const FakeRequest&) { return answer("{\"data\":[]}"); }, &certificate);
        Reading reading(fake.address(), polling());
        QVERIFY(!reading.until([] { return false; }));
        QVERIFY2(reading.said().find("self-signed") != std::string::npos, reading.said().c_str());
    }

    void aNameThatIsNotKnownIsAskedAgain() {
        Reading reading("https://no.such.name.invalid", polling());
        QVERIFY(reading.until([&] { return reading.given.state == PartitionState::Disconnected; }));
        QVERIFY2(reading.given.why.find("no.such.name.invalid") != std::string::npos,
                 reading.given.why.c_str());
    }

    void itIsGivenUpWhenThatWasAsked() {
        HttpPolling how = polling();
        how.giveUpAfter = 10;
        Reading reading(nobodysAddress(), how);
        QVERIFY(!reading.until([] { return false; }));
        QCOMPARE(reading.status.error().code, ErrorCode::Io);
    }

    void noMessageHasTheToken() {
        FakeServer fake([](const FakeRequest&) { return answer("no", 500); });
        Reading reading(fake.address(), polling());
        QVERIFY(reading.until([&] { return !reading.given.notes.empty(); }));
        for (const std::string& text : {reading.given.why, reading.given.notes.front()})
            QVERIFY(text.find(kToken) == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestHttpReader)
#include "test_http_reader.moc"
