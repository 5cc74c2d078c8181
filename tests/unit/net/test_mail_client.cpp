// Mails over SMTP against a server of the test: what it takes, what it refuses, encryption, and leaving it.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <fstream>

#include "core/net/mail_client.h"
#include "tests/support/worlds/mail_world.h"

using namespace rw;
using namespace rw::test;

namespace {

MailServer serverAt(const MailWorld& world, MailServer::Security security = MailServer::Security::Clear) {
    MailServer server;
    server.host = "127.0.0.1";
    server.port = world.port();
    server.security = security;
    return server;
}

Mail mailOfTest() {
    return {"alerts@example.org",
            {"ops@example.org", "anna@example.org"},
            "Subject: hot\r\n\r\nfirst\r\n.\r\nlast\r\n"};
}

const auto kNever = [] { return false; };

}  // namespace

class TestMailClient : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aMailIsTakenWhole() {
        MailWorld world;
        const Result<long> sent = sendMail(serverAt(world), mailOfTest(), kNever);
        QVERIFY2(sent.ok(), sent.ok() ? "" : english(sent.error()).c_str());
        QCOMPARE(*sent, 250L);
        QCOMPARE(world.mails().size(), std::size_t{1});
        const MailWorld::Taken mail = world.mails().front();
        QCOMPARE(mail.from, std::string("<alerts@example.org>"));
        QCOMPARE(mail.to.size(), std::size_t{2});
        QVERIFY(mail.content.find("..\r\nlast") != std::string::npos);  // a dot alone does not end it
        QVERIFY(mail.signedIn.empty());
    }

    void refusalsAreForGoodOrForNow_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("passes");
        QTest::newRow("unknown recipient") << "RCPT"
                                           << "550 no such user" << false;
        QTest::newRow("sender not allowed") << "MAIL"
                                            << "553 not you" << false;
        QTest::newRow("greylisted") << "RCPT"
                                    << "451 try later" << true;
        QTest::newRow("full") << "."
                              << "452 no room" << true;
        QTest::newRow("spam") << "."
                              << "554 no" << false;
    }
    void refusalsAreForGoodOrForNow() {
        QFETCH(QString, line);
        QFETCH(QString, answer);
        QFETCH(bool, passes);
        MailWorld world(MailWorld::Answers{{line.toStdString(), answer.toStdString()}});
        const Result<long> sent = sendMail(serverAt(world), mailOfTest(), kNever);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().code == ErrorCode::Io, passes);
        QVERIFY(world.mails().empty());
    }

    void encryptionIsNeverGivenUp() {
        MailWorld plain;
        const Result<long> clear =
            sendMail(serverAt(plain, MailServer::Security::StartTls), mailOfTest(), kNever);
        QVERIFY(!clear.ok());
        QCOMPARE(clear.error().code, ErrorCode::Refused);
        QVERIFY(plain.mails().empty());

        const Certificate certificate("IP:127.0.0.1");
        MailWorld world(MailWorld::Answers(), &certificate);
        MailServer server = serverAt(world, MailServer::Security::StartTls);
        QVERIFY(!sendMail(server, mailOfTest(), kNever).ok());  // nobody trusts it
        QTemporaryDir folder;
        server.caFile = folder.filePath(QStringLiteral("ca.pem")).toStdString();
        std::ofstream(server.caFile) << certificate.pem();
        server.user = "rill";
        server.password = Secret("secret-of-the-test");
        const Result<long> sent = sendMail(server, mailOfTest(), kNever);
        QVERIFY2(sent.ok(), sent.ok() ? "" : english(sent.error()).c_str());
        QVERIFY(world.mails().front().encrypted);
        QVERIFY(!world.mails().front().signedIn.empty());
    }

    void aWrongPasswordIsSaid() {
        MailWorld world(MailWorld::Answers{{"AUTH", "535 no"}});
        MailServer server = serverAt(world);
        server.user = "rill";
        server.password = Secret("wrong");
        const Result<long> sent = sendMail(server, mailOfTest(), kNever);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().code, ErrorCode::Denied);
    }

    void addressesThatAreNoneGoNowhere() {
        MailWorld world;
        for (const char* address : {"", "ops", "a@b@c", "ops@example.org>\r\nRCPT TO:<x@y", "a b@c"}) {
            Mail mail = mailOfTest();
            mail.recipients = {address};
            QVERIFY2(!sendMail(serverAt(world), mail, kNever).ok(), address);
        }
        QCOMPARE(world.visits(), 0);
        QVERIFY(isMailAddress("ops@example.org"));
    }

    void aPasswordGoesNowhereInTheClear() {
        MailServer server;
        server.host = "mail.invalid";
        server.port = 25;
        server.security = MailServer::Security::Clear;
        server.user = "rill";
        const Result<long> sent = sendMail(server, mailOfTest(), kNever);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().code, ErrorCode::Refused);
    }

    void itCanBeLeft() {
        MailWorld world;
        std::atomic<int> asked{0};
        MailServer server = serverAt(world);
        const Result<long> sent = sendMail(server, mailOfTest(), [&asked] { return ++asked > 0; });
        // It may have been taken before anybody was asked.
        QVERIFY(sent.ok() || sent.error().code == ErrorCode::Cancelled);
    }

    /// Of a mail that was taken it is told at once, though the server does not say goodbye.
    void aServerThatDoesNotSayGoodbyeHoldsNobodyUp() {
        MailWorld world(MailWorld::Answers{{"QUIT", MailWorld::kSilence}});
        QElapsedTimer took;
        took.start();
        const Result<long> sent = sendMail(serverAt(world), mailOfTest(), kNever);
        QVERIFY2(sent.ok(), sent.ok() ? "" : english(sent.error()).c_str());
        QCOMPARE(world.mails().size(), std::size_t{1});
        QVERIFY2(took.elapsed() < 10'000, qPrintable(QString::number(took.elapsed())));
    }

    /// In the middle it is a failure that time may mend, told within the time for answers.
    void aServerThatFallsSilentIsGivenUp() {
        MailWorld world(MailWorld::Answers{{"MAIL", MailWorld::kSilence}});
        MailServer server = serverAt(world);
        server.answerWithin = 1'000;
        QElapsedTimer took;
        took.start();
        const Result<long> sent = sendMail(server, mailOfTest(), kNever);
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().code, ErrorCode::Io);
        QVERIFY2(took.elapsed() < 10'000, qPrintable(QString::number(took.elapsed())));
    }
};

QTEST_APPLESS_MAIN(TestMailClient)
#include "test_mail_client.moc"
