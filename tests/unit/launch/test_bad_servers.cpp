// Connections of every kind to places where no such server is: nobody, nobody of that name, one that is
// silent, hangs up, speaks something else, or does not stop speaking. A test of the connection says so in
// its time, with what to do, and can be left. A new kind is tried without being named here.
#include <QElapsedTimer>
#include <QtTest/QtTest>
#include <thread>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/connections.h"
#include "core/launch/connection_testers.h"
#include "tests/support/worlds/bad_server.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kBadServerWithin = 1'000;
// Milliseconds: as clients wait by themselves, and longer ones whom nobody stops.
constexpr qint64 kBadServerLate = 5'000, kBadServerLeft = 20'000;
constexpr const char* kSecretWord = "open-sesame-1";

/// Without TLS, and with a password or a token where it takes one.
Connection plainTo(const ConnectionKind& kind, const std::string& at) {
    Connection made;
    made.name = "plain";
    made.kind = kind.name;
    for (const ConnectionFieldSpec& field : kind.fields) {
        if (field.required) made.fields[field.name] = field.example.empty() ? "words" : field.example;
    }
    const bool byUrl = connectionField(kind, "address")->type == ConnectionFieldSpec::Type::Url;
    made.fields["address"] = (byUrl ? "http://" : "") + at;
    if (connectionField(kind, "tls") != nullptr) made.fields["tls"] = "off";
    if (const ConnectionFieldSpec* const security = connectionField(kind, "security"); security != nullptr)
        made.fields["security"] = security->choices.back().value;  // none
    if (connectionField(kind, "user") != nullptr) made.fields["user"] = "me";
    for (const ConnectionSecretSpec& secret : kind.secrets) {
        if (secret.name == "password" || secret.name == "token")
            made.secrets[secret.name] = {SecretRef::Kind::Environment, "ANY"};
    }
    return made;
}

Result<Secret> theSecret(const SecretRef&) {
    return Secret(kSecretWord);
}

std::string wordsOf(const ConnectionReport& report) {
    std::string all;
    for (const ConnectionStep& step : report.steps)
        all += english(step.name) + ": " + english(step.detail) + " | " + english(step.mend) + "\n";
    return all;
}

struct Place {
    const char* what;
    BadManner manner;
    const char* name;  ///< in place of the server's address; null: that
};
constexpr Place kPlaces[] = {
    {"nobody", BadManner::Nobody, nullptr},   {"no such name", BadManner::Nobody, "nobody.invalid:9"},
    {"hangs up", BadManner::Closes, nullptr}, {"silent", BadManner::Silent, nullptr},
    {"foreign", BadManner::Foreign, nullptr}, {"endless", BadManner::Endless, nullptr}};

}  // namespace

class TestBadServers : public QObject {
    Q_OBJECT

    static void eachKind() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("place");
        for (const ConnectionKind& kind : connectionKinds()) {
            for (int i = 0; i < static_cast<int>(std::size(kPlaces)); ++i)
                QTest::addRow("%s, %s", kind.name.c_str(), kPlaces[i].what)
                    << QString::fromStdString(kind.name) << i;
        }
    }

 private Q_SLOTS:
    void aTestSaysSo_data() { eachKind(); }
    void aTestSaysSo() {
        QFETCH(const QString, kind);
        QFETCH(const int, place);
        const BadServer server(kPlaces[place].manner);
        const Connection connection = plainTo(*connectionKind(kind.toStdString()),
                                              kPlaces[place].name ? kPlaces[place].name : server.address());
        QElapsedTimer took;
        took.start();
        const ConnectionReport report =
            testConnection(connection, theSecret, allConnectionTesters(), nullptr, kBadServerWithin);
        QVERIFY2(took.elapsed() < kBadServerLate, qPrintable(QString::number(took.elapsed())));
        const std::string words = wordsOf(report);
        const ConnectionStep* const failure = report.failure();
        // Of a protocol that is not spoken here the port alone is tried, which is a warning.
        const bool reached = kPlaces[place].manner != BadManner::Nobody;
        QVERIFY2(failure != nullptr || (reached && report.warns()), words.c_str());
        QVERIFY2(words.find(kSecretWord) == std::string::npos, words.c_str());
        if (failure == nullptr) return;
        QVERIFY2(!failure->detail.empty() && !failure->mend.empty(), words.c_str());
    }

    void aTestCanBeLeft_data() { eachKind(); }
    void aTestCanBeLeft() {
        QFETCH(const QString, kind);
        QFETCH(const int, place);
        if (kPlaces[place].manner != BadManner::Silent) return;
        const BadServer server(BadManner::Silent);
        std::atomic<bool> cancelled{false};
        std::thread later([&cancelled] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            cancelled = true;
        });
        QElapsedTimer took;
        took.start();
        (void)testConnection(plainTo(*connectionKind(kind.toStdString()), server.address()), theSecret,
                             allConnectionTesters(), &cancelled, 60'000);
        later.join();
        QVERIFY2(took.elapsed() < kBadServerLeft, qPrintable(QString::number(took.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestBadServers)
#include "test_bad_servers.moc"
