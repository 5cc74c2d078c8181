// Whom an outbox tells of alerts, and how it goes on where that fails: services and mail servers of the test.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <mutex>
#include <vector>

#include "core/connect/alerts/alert_ledger.h"
#include "core/connect/alerts/alert_mail.h"
#include "core/connect/alerts/alert_outbox.h"
#include "tests/support/worlds/fake_server.h"
#include "tests/support/worlds/mail_world.h"
#include "tests/support/worlds/wire_badness.h"

using namespace rw;
using namespace rw::test;

namespace {

using State = AlertDelivery::State;
using Telling = AlertBoard::Telling;

/// What was shown.
struct Desktop {
    std::mutex mutex;
    std::vector<std::string> titles;
    bool there = true;
    void show(const std::string& title) {
        const std::lock_guard lock(mutex);
        titles.push_back(title);
    }
    std::vector<std::string> shown() {
        const std::lock_guard lock(mutex);
        return titles;
    }
};

class DesktopOfTest final : public DesktopNotifier {
 public:
    explicit DesktopOfTest(Desktop& desktop) : m_desktop(desktop) {}
    Status notify(const Note& note) override {
        if (!m_desktop.there) return {ErrorCode::NotFound, RW_TEXT("test", "nobody is there")};
        m_desktop.show(note.title);
        return {};
    }
    std::vector<Pressed> takePressed() override { return {}; }

 private:
    Desktop& m_desktop;
};

struct World {
    Desktop desktop;
    std::shared_ptr<AlertBoard> board = std::make_shared<AlertBoard>();
    AlertOutboxOptions options;
    std::vector<Connection> connections;
    Millis firstPause = 20;

    void add(const char* name, const char* kind, const std::string& address) {
        Connection& made = connections.emplace_back();
        made.name = name;
        made.kind = kind;
        made.fields["address"] = address;
        if (std::string_view(kind) == "smtp") {
            made.fields["security"] = "off";
            made.fields["sender"] = "alerts@example.org";
            made.fields["recipients"] = "ops@example.org, anna@example.org";
        }
    }
    void open(std::vector<AlertTarget> targets) {
        options.pipeline = "this-computer";
        options.firstPause = firstPause;
        options.longestPause = std::max<Millis>(firstPause, 100);
        options.connections = std::make_shared<const Connections>(connections, SecretSource());
        options.desktop = [this] { return std::make_unique<DesktopOfTest>(desktop); };
        board->setCarrier(std::make_shared<AlertOutbox>(options, board));
        AlertRule rule;
        rule.node = "n";
        rule.title = "Busiest core";
        rule.condition = "load > 85";
        rule.targets = std::move(targets);
        board->begin(rule);
    }
    void raise(const char* core, AlertStage stage = AlertStage::Open) const {
        Alert alert;
        alert.node = "n";
        alert.key = {{"core", core}};
        alert.stage = stage;
        alert.start = 1'000;
        alert.raised = 2'000;
        if (stage == AlertStage::Cleared) alert.ended = 3'000;
        alert.value = 92.5;
        alert.message = "hot\r\nX-Evil: 1";
        board->put(alert, Telling::Now);
    }
    AlertDelivery delivery(std::size_t entry = 0, std::size_t place = 0) const {
        return board->look().entries.at(entry).deliveries.at(place);
    }
};

const AlertTarget kHook{AlertTarget::Kind::Webhook, "ops-hook"};
const AlertTarget kMail{AlertTarget::Kind::Mail, "post"};

/// Raises two alerts, of which the second is told a pause behind the first.
void twoAreToldWithAPause(World& world, const AlertTarget& target) {
    world.firstPause = 1'000;
    world.open({target});
    QElapsedTimer timer;
    timer.start();
    world.raise("7");
    world.raise("8");
    QTRY_COMPARE(world.board->undelivered(), std::size_t{0});
    QVERIFY2(timer.elapsed() >= 1'000, qPrintable(QString::number(timer.elapsed())));
}

}  // namespace

class TestAlertOutbox : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void mailGoesWithoutTlsOnlyWhereThatIsSaid() {
        World world;
        world.add("post", "smtp", "127.0.0.1:25");
        const auto securityOf = [&world](const char* text) {
            world.connections.front().fields["security"] = text;
            const auto all = std::make_shared<const Connections>(world.connections, SecretSource());
            const Result<MailServer> server = mailServer(NodeConnection(*all->named("post"), all));
            return server.ok() ? server->security : MailServer::Security::Clear;
        };
        QVERIFY(securityOf("off") == MailServer::Security::Clear);
        QVERIFY(securityOf("tls") == MailServer::Security::Tls);
        QVERIFY(securityOf("TLS") == MailServer::Security::StartTls);  // a mistake in the file
    }

    void aServiceIsToldInJson() {
        FakeServer service([](const FakeRequest&) { return answer("", 204); });
        World world;
        world.add("ops-hook", "http", service.address());
        world.open({kHook});
        world.raise("7");
        QTRY_COMPARE(world.delivery().state, State::Done);
        QCOMPARE(world.delivery().answer, std::string("204"));
        world.raise("7", AlertStage::Cleared);
        QTRY_COMPARE(world.board->undelivered(), std::size_t{0});
        const std::vector<FakeRequest> requests = service.requests();
        QCOMPARE(requests.size(), std::size_t{2});
        const Json raised = Json::parse(requests[0].body), over = Json::parse(requests[1].body);
        QCOMPARE(raised["state"].get<std::string>(), std::string("alert"));
        QCOMPARE(raised["key"]["core"].get<std::string>(), std::string("7"));
        QCOMPARE(raised["raised"].get<std::string>(), std::string("1970-01-01T00:00:02.000Z"));
        QVERIFY(raised["ended"].is_null());
        QCOMPARE(raised["provisional"].get<bool>(), false);
        QCOMPARE(over["state"].get<std::string>(), std::string("cleared"));
        QCOMPARE(over["id"], raised["id"]);
        QVERIFY(requests[0].head.find("Idempotency-Key: ") != std::string::npos);
    }

    void aBusyServiceIsAskedAgainWithTheSameKey() {
        std::atomic<int> asked{0};
        FakeServer service([&asked](const FakeRequest&) { return answer("", ++asked < 3 ? 503 : 200); });
        World world;
        world.add("ops-hook", "http", service.address());
        world.open({kHook});
        world.raise("7");
        QTRY_COMPARE(world.delivery().state, State::Done);
        QCOMPARE(world.delivery().tries, 3);
        const std::vector<FakeRequest> requests = service.requests();
        const auto keyOf = [](const FakeRequest& request) {
            return request.head.substr(request.head.find("Idempotency-Key: "), 49);
        };
        QCOMPARE(keyOf(requests[0]), keyOf(requests[2]));
    }

    void aRefusalIsForGoodAndOthersAreToldAllTheSame() {
        FakeServer service([](const FakeRequest& request) {
            return answer("", request.body.find("\"7\"") != std::string::npos ? 400 : 200);
        });
        World world;
        world.add("ops-hook", "http", service.address());
        world.open({kHook});
        world.raise("7");
        world.raise("8");
        QTRY_COMPARE(world.delivery(0).state, State::Done);
        QCOMPARE(world.delivery(1).state, State::Failed);
        QCOMPARE(world.delivery(1).answer, std::string("400"));
        QVERIFY(!world.delivery(1).trouble.empty());
    }

    /// A wrong password is not tried a thousand times a second.
    void whoIsNotLetInWaitsBeforeTheNextLetter() {
        FakeServer service([](const FakeRequest&) { return answer("", 401); });
        World world;
        world.add("ops-hook", "http", service.address());
        twoAreToldWithAPause(world, kHook);
        QCOMPARE(service.requests().size(), std::size_t{2});
        QCOMPARE(world.delivery(0).state, State::Failed);
    }

    /// Many in a row are how a server finds senders that it shuts out.
    void whoRefusesAMailIsNotSentTheNextOneAtOnce() {
        MailWorld post(MailWorld::Answers{{"MAIL", "550 not from you"}});
        World world;
        world.add("post", "smtp", post.address());
        twoAreToldWithAPause(world, kMail);
        QCOMPARE(world.delivery(0).state, State::Failed);
    }

    void whoIsAwayKeepsNobodyElseWaiting() {
        MailWorld post;
        World world;
        world.add("ops-hook", "http", nobodysAddress());
        world.add("post", "smtp", post.address());
        world.options.tries = 3;
        world.open({kHook, kMail});
        world.raise("7");
        QTRY_COMPARE(world.delivery(0, 1).state, State::Done);
        QTRY_COMPARE(world.delivery(0, 0).state, State::Failed);  // after three tries
        QCOMPARE(world.delivery(0, 0).tries, 3);
    }

    void aMailHasNoHeadOfOthers() {
        MailWorld post;
        World world;
        world.add("post", "smtp", post.address());
        world.open({kMail});
        world.raise("7\r\nBcc: x@y.z");
        QTRY_COMPARE(post.mails().size(), std::size_t{1});
        const MailWorld::Taken mail = post.mails().front();
        QCOMPARE(mail.to.size(), std::size_t{2});
        QVERIFY(mail.content.find("Bcc: x") == std::string::npos);
        // A line for each recipient: those of many would be longer than servers take.
        QVERIFY(mail.content.find("@example.org,\r\n ") != std::string::npos);
        QVERIFY(mail.content.find("Auto-Submitted: auto-generated") != std::string::npos);
        QTRY_COMPARE(world.delivery().answer, std::string("250"));
    }

    /// Whoever got the first one, and whose answer was lost, may leave out another one of its name: with it
    /// would go the alerts that have come since.
    void aMailOfMoreAlertsIsAnotherOne() {
        World world;
        world.add("post", "smtp", "127.0.0.1:25");
        const auto all = std::make_shared<const Connections>(world.connections, SecretSource());
        const NodeConnection post(*all->named("post"), all);
        std::vector<AlertLetter> letters(2);
        letters[0].alert.key = {{"core", "7"}};
        letters[1].alert.key = {{"core", "8"}};
        const auto nameOf = [&](std::size_t count) {
            const std::span some(letters.data(), count);
            const Mail mail = alertMail(
                some, post, "p", [](const Text& text) { return english(text); }, 0);
            const std::size_t at = mail.content.find("Message-ID: <");
            return mail.content.substr(at, mail.content.find('\r', at) - at);
        };
        QVERIFY(nameOf(1) != nameOf(2));
        QCOMPARE(nameOf(2), nameOf(2));
        QVERIFY(nameOf(1).find(letters[0].id()) != std::string::npos);
    }

    void manyAlertsAreFewMails() {
        MailWorld post(MailWorld::Answers{{"MAIL", "451 later"}});
        World world;
        world.add("post", "smtp", post.address());
        world.open({kMail});
        for (const char* core : {"1", "2", "3", "4"}) world.raise(core);
        QTRY_COMPARE(world.delivery().state, State::Retrying);
        post.answerWith({});
        QTRY_COMPARE(world.board->undelivered(), std::size_t{0});
        QVERIFY(post.mails().size() <= 2);
    }

    void whatWasDeliveredIsNotDeliveredByTheNextRun() {
        QTemporaryDir folder;
        const std::string ledger = folder.filePath(QStringLiteral("told")).toStdString();
        FakeServer service([](const FakeRequest&) { return answer("", 200); });
        for (int run = 0; run < 2; ++run) {
            World world;
            world.add("ops-hook", "http", service.address());
            world.options.ledger = ledger;
            world.open({kHook});
            world.raise("7");
            QTRY_COMPARE(world.delivery().state, State::Done);
            world.board->finish(1'000);
        }
        QCOMPARE(service.requests().size(), std::size_t{1});
    }

    void aLedgerOfAnybodyIsRead() {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("told")).toStdString();
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("\0\xff\n0123\n", 8) + QByteArray(32, 'a') + "\n" + QByteArray(200, 'b'));
        file.close();
        AlertLedger ledger(path);
        QVERIFY(ledger.has(std::string(32, 'a')));
        QVERIFY(!ledger.has("0123"));
        ledger.add({std::string(32, 'c')});
        QVERIFY(AlertLedger(path).has(std::string(32, 'c')));
    }

    void theDesktopSumsUp() {
        World world;
        world.options.desktopEvery = 600'000;
        world.open({{AlertTarget::Kind::Desktop, {}}});
        world.raise("1");
        QTRY_COMPARE(world.desktop.shown().size(), std::size_t{1});
        for (const char* core : {"2", "3", "4"}) world.raise(core);
        QTRY_COMPARE(world.board->undelivered(), std::size_t{3});  // the first is told of after it was shown
        world.board->finish(20'000);                               // its minute is not waited for
        QCOMPARE(world.desktop.shown().size(), std::size_t{2});
        QCOMPARE(world.desktop.shown().back(), std::string("Alert: Busiest core, core 4, and 2 more"));
        QCOMPARE(world.board->undelivered(), std::size_t{0});
    }

    void withoutADesktopNothingIsShown() {
        World world;
        world.desktop.there = false;
        world.open({{AlertTarget::Kind::Desktop, {}}});
        world.raise("1");
        QTRY_COMPARE(world.delivery().state, State::Impossible);
    }

    void aConnectionThatIsNotThereIsSaid() {
        World world;
        world.open({kHook});
        world.raise("1");
        QTRY_COMPARE(world.delivery().state, State::Impossible);
        QVERIFY(!world.delivery().trouble.empty());
    }

    void aBadLineLosesNoDelivery_data() {
        QTest::addColumn<bool>("byMail");
        QTest::addColumn<int>("badness");
        for (int i = 0; i < static_cast<int>(std::size(kBadnesses)); ++i) {
            QTest::addRow("webhook, %s", kBadnesses[i].name) << false << i;
            QTest::addRow("mail, %s", kBadnesses[i].name) << true << i;
        }
    }
    void aBadLineLosesNoDelivery() {
        QFETCH(const bool, byMail);
        QFETCH(const int, badness);
        FakeServer service([](const FakeRequest&) { return answer("", 204); });
        MailWorld post;
        BadWire wire(byMail ? post.address() : service.address());
        World world;
        world.add("ops-hook", "http", wire.address());
        world.add("post", "smtp", wire.place());
        world.options.tries = 1'000;
        world.open({byMail ? kMail : kHook});
        std::size_t raised = 0;
        const auto core = [](std::size_t number) { return "c" + std::to_string(number) + "e"; };
        {
            const Disturbance disturbance({&wire}, kBadnesses[badness]);
            for (; !disturbance.isOver(); ++raised) {
                world.raise(core(raised).c_str());
                QTest::qWait(40);
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(world.board->undelivered(), std::size_t{0}, 30'000);
        QByteArray arrived;
        for (const FakeRequest& request : service.requests())
            arrived += QByteArray::fromStdString(request.body);
        for (const MailWorld::Taken& mail : post.mails()) {
            const QByteArray content = QByteArray::fromStdString(mail.content);
            arrived += QByteArray::fromBase64(content.mid(content.indexOf("\r\n\r\n")));
        }
        QVERIFY(wire.came() > 0 && raised > 0);
        for (std::size_t i = 0; i < raised; ++i) {
            QCOMPARE(world.delivery(i).state, State::Done);
            QVERIFY2(arrived.contains(core(i).c_str()), core(i).c_str());
        }
    }

    void aSilentLineIsLeftAtTheEnd() {
        MailWorld post;
        BadWire wire(post.address());
        wire.faults().silent = true;
        World world;
        world.add("post", "smtp", wire.place());
        world.open({kMail});
        world.raise("7");
        QTRY_COMPARE(wire.came(), 1);
        QElapsedTimer timer;
        timer.start();
        world.board->finish(100);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(world.board->undelivered(), std::size_t{1});
    }

    void aServiceThatDoesNotAnswerIsLeftAtTheEnd() {
        FakeServer service([](const FakeRequest&) { return FakeAnswer{{}, true, false}; });
        World world;
        world.add("ops-hook", "http", service.address());
        world.open({kHook});
        world.raise("7");
        service.awaitRequests(1);
        QElapsedTimer timer;
        timer.start();
        world.board->finish(100);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(world.board->undelivered(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestAlertOutbox)
#include "test_alert_outbox.moc"
