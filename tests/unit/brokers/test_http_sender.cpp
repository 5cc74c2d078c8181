// Bodies sent to services that take them, that are busy, and that refuse.
#include <QtTest/QtTest>
#include <atomic>
#include <thread>

#include "core/connect/web/http_sender.h"
#include "tests/support/worlds/bad_wire.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

NodeConnection connectionTo(const std::string& address) {
    const Connection made{"shop", "http", {{"address", address}}, {}};
    return NodeConnection(
        made, std::make_shared<const Connections>(std::vector<Connection>{made}, environmentSecret));
}

FakeServer::Reply inTurn(std::vector<FakeAnswer> answers) {
    auto next = std::make_shared<std::size_t>(0);
    return [answers = std::move(answers), next](const FakeRequest&) {
        return answers[std::min((*next)++, answers.size() - 1)];
    };
}

FakeAnswer with(const std::string& header, int status) {
    FakeAnswer said = answer({}, status);
    said.bytes.insert(said.bytes.find("\r\n") + 2, header + "\r\n");
    return said;
}

HttpSender::About about() {
    HttpSender::About made;
    made.path = "in";
    made.giveUpAfter = 20000;
    return made;
}

Result<HttpSender::Sent> send(HttpSender& sender) {
    return sender.send("[1]", "application/json", "key-1");
}

bool is(const Result<HttpSender::Sent>& sent, HttpSender::Sent::Outcome outcome) {
    return sent.ok() && sent->outcome == outcome;
}

using Outcome = HttpSender::Sent::Outcome;

}  // namespace

class TestHttpSender : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aBodyIsTaken() {
        FakeServer fake(inTurn({answer({}, 204)}));
        HttpSender::About how = about();
        how.headers = {{"X-Team", "shop"}};
        HttpSender sender(connectionTo(fake.address()), how);
        QVERIFY(sender.open().ok());
        QVERIFY(is(send(sender), Outcome::Taken));
        const FakeRequest request = fake.requests().front();
        QCOMPARE(request.line, std::string("POST /in"));
        QCOMPARE(request.body, std::string("[1]"));
        for (const char* const header :
             {"Content-Type: application/json", "Idempotency-Key: key-1", "X-Team: shop"})
            QVERIFY2(request.head.find(header) != std::string::npos, header);
        QVERIFY(sender.takeNotes().empty());
    }

    void aBusyServiceIsAskedAsLateAsItSays() {
        FakeServer fake(inTurn({with("Retry-After: 1", 429), answer({}, 503), answer({}, 200)}));
        HttpSender sender(connectionTo(fake.address()), about());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(is(send(sender), Outcome::Taken));
        QVERIFY(timer.elapsed() >= 900);
        const std::vector<FakeRequest> requests = fake.requests();
        QCOMPARE(requests.size(), std::size_t{3});
        for (const FakeRequest& request : requests)
            QVERIFY(request.head.find("Idempotency-Key: key-1") != std::string::npos);
        QCOMPARE(sender.takeNotes().size(), std::size_t{1});
    }

    void aConnectionThatIsResetIsMadeAgain() {
        FakeServer fake(inTurn({answer({}, 204)}));
        BadWire wire(fake.address());
        wire.faults().cutAfter = 5;
        wire.faults().resets = true;
        HttpSender sender(connectionTo(wire.address()), about());
        std::atomic<bool> taken{false};
        std::thread other([&] { taken = is(send(sender), Outcome::Taken); });
        fake.awaitRequests(2);
        wire.faults().cutAfter = 0;
        other.join();
        QVERIFY(taken);
    }

    void refusalsAreTold() {
        FakeServer fake(inTurn({answer("too much", 413), answer("no such row", 422), answer({}, 401),
                                answer({}, 404), answer({}, 501)}));
        HttpSender sender(connectionTo(fake.address()), about());
        QVERIFY(is(send(sender), Outcome::TooLarge));
        const auto refused = send(sender);
        QVERIFY(is(refused, Outcome::Refused));
        QVERIFY(english(refused->reason).find("no such row") != std::string::npos);
        QCOMPARE(send(sender).error().code, ErrorCode::Denied);
        QCOMPARE(send(sender).error().code, ErrorCode::NotFound);
        QCOMPARE(send(sender).error().code, ErrorCode::Refused);
    }

    void itGivesUpInTime() {
        HttpSender::About how = about();
        how.giveUpAfter = 300;
        HttpSender sender(connectionTo(nobodysAddress()), how);
        QCOMPARE(send(sender).error().code, ErrorCode::Io);
    }

    void aRunThatIsStoppedIsNotHeld_data() {
        QTest::addColumn<bool>("silent");
        QTest::newRow("by a service that is silent") << true;
        QTest::newRow("by one that is away") << false;
    }
    void aRunThatIsStoppedIsNotHeld() {
        QFETCH(const bool, silent);
        FakeServer fake([](const FakeRequest&) { return FakeAnswer{{}, true, false}; });
        HttpSender::About how = about();
        how.giveUpAfter = 600000;
        how.stopping = [] { return true; };
        HttpSender sender(connectionTo(silent ? fake.address() : nobodysAddress()), how);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(send(sender).error().code, ErrorCode::Cancelled);
        QVERIFY2(timer.elapsed() < 5000, std::to_string(timer.elapsed()).c_str());
    }
};

QTEST_GUILESS_MAIN(TestHttpSender)
#include "test_http_sender.moc"
