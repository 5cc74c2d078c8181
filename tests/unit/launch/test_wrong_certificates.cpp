// Connections of every kind that speaks TLS, to servers whose certificates have expired, are not valid yet,
// are for another name, or are signed by nobody who is known: none of them is told anything. A new kind is
// tried without being named here, unless its TLS comes after words in the clear.
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <fstream>
#include <map>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/connections.h"
#include "core/launch/connection_testers.h"
#include "tests/support/run_of.h"
#include "tests/support/worlds/tls_server.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kWithin = 6'000;

TlsGreeting greetingOf(const std::string& kind) {
    static const std::map<std::string, TlsGreeting> kGreetings{{"postgresql", TlsGreeting::Postgresql},
                                                               {"mariadb", TlsGreeting::Mariadb}};
    const auto found = kGreetings.find(kind);
    return found == kGreetings.end() ? TlsGreeting::None : found->second;
}

/// One that uses TLS from the first byte on, or behind its greeting, with a password where it takes one.
Connection securedOf(const ConnectionKind& kind, int port, const std::string& caFile) {
    Connection made;
    made.name = "secured";
    made.kind = kind.name;
    for (const ConnectionFieldSpec& field : kind.fields) {
        if (field.required) made.fields[field.name] = field.example.empty() ? "words" : field.example;
    }
    const ConnectionFieldSpec* const address = connectionField(kind, "address");
    const std::string at = "localhost:" + std::to_string(port);
    const bool byUrl = address->type == ConnectionFieldSpec::Type::Url;
    made.fields["address"] = (byUrl ? "https://" : "") + at;
    if (kind.tls) made.fields[kind.tls->param] = kind.tls->values.front();
    if (!caFile.empty()) made.fields["ca_file"] = caFile;
    // Its client takes “localhost” for a socket that is a file.
    if (kind.name == "mariadb") made.fields["address"] = "127.0.0.1:" + std::to_string(port);
    return made;
}

struct WrongCertificate {
    const char* what;
    const char* name;
    CertificateTime time;
    bool known;  ///< it is the CA file, too
};
constexpr const char* kRightName = "DNS:localhost,IP:127.0.0.1";
constexpr WrongCertificate kWrongOnes[] = {
    {"expired", kRightName, CertificateTime::Past, true},
    {"not valid yet", kRightName, CertificateTime::Future, true},
    {"of another", "DNS:elsewhere.example", CertificateTime::Now, true},
    {"self-signed", kRightName, CertificateTime::Now, false}};

std::string reportText(const ConnectionReport& report) {
    std::string all;
    for (const ConnectionStep& step : report.steps)
        all += english(step.name) + ": " + english(step.detail) + " " + english(step.mend) + "\n";
    return all;
}

}  // namespace

class TestWrongCertificates : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder{};

    std::string fileOf(const Certificate& certificate) const {
        const std::string path = m_folder.filePath(QStringLiteral("ca.pem")).toStdString();
        std::ofstream(path) << certificate.pem();
        return path;
    }

 private Q_SLOTS:
    void nobodyIsTrustedByMistake_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("wrong");
        for (const ConnectionKind& kind : connectionKinds()) {
            if (!usesTls(securedOf(kind, 1, {}))) continue;
            for (int i = 0; i < static_cast<int>(std::size(kWrongOnes)); ++i)
                QTest::addRow("%s, %s", kind.name.c_str(), kWrongOnes[i].what)
                    << QString::fromStdString(kind.name) << i;
        }
    }
    void nobodyIsTrustedByMistake() {
        QFETCH(const QString, kind);
        QFETCH(const int, wrong);
        const WrongCertificate& one = kWrongOnes[wrong];
        const Certificate certificate(one.name, one.time);
        const TlsServer server(certificate, greetingOf(kind.toStdString()));
        const Connection connection = securedOf(*connectionKind(kind.toStdString()), server.port(),
                                                one.known ? fileOf(certificate) : std::string());
        const ConnectionReport report =
            testConnection(connection, environmentSecret, allConnectionTesters(), nullptr, kWithin);
        const std::string words = reportText(report);
        QVERIFY2(report.failure() != nullptr, words.c_str());
        QVERIFY2(words.find("certificate") != std::string::npos, words.c_str());
        QVERIFY(server.clients() > 0);
        QCOMPARE(server.received(), std::size_t{0});
    }

    /// It is the certificate that the others lack: with it they are told what the protocol says first.
    void whoHasTheRightOneIsTrusted_data() {
        QTest::addColumn<QString>("kind");
        for (const ConnectionKind& kind : connectionKinds()) {
            if (usesTls(securedOf(kind, 1, {})))
                QTest::newRow(kind.name.c_str()) << QString::fromStdString(kind.name);
        }
    }
    void whoHasTheRightOneIsTrusted() {
        QFETCH(const QString, kind);
        const Certificate certificate(kRightName);
        const TlsServer server(certificate, greetingOf(kind.toStdString()));
        const Connection connection =
            securedOf(*connectionKind(kind.toStdString()), server.port(), fileOf(certificate));
        const ConnectionReport report =
            testConnection(connection, environmentSecret, allConnectionTesters(), nullptr, kWithin);
        // Of a protocol that is not spoken yet the handshake is all.
        QVERIFY2(server.received() > 0 || report.failure() == nullptr, reportText(report).c_str());
    }

    /// librdkafka verifies by itself.
    void aRunFromKafka_data() {
        QTest::addColumn<int>("wrong");
        for (int i = 0; i < static_cast<int>(std::size(kWrongOnes)); ++i)
            QTest::newRow(kWrongOnes[i].what) << i;
    }
    void aRunFromKafka() {
        QFETCH(const int, wrong);
        const WrongCertificate& one = kWrongOnes[wrong];
        const Certificate certificate(one.name, one.time);
        const TlsServer server(certificate, TlsGreeting::None);
        Connection connection = securedOf(*connectionKind("kafka"), server.port(),
                                          one.known ? fileOf(certificate) : std::string());
        RunOptions options;
        options.connections =
            std::make_shared<const Connections>(std::vector<Connection>{connection}, environmentSecret);
        Pipeline pipeline;
        pipeline.nodes = {node("in", "kafka_source",
                               {{"connection", "secured"},
                                {"topic", "t"},
                                {"columns", {"n BIGINT"}},
                                {"give_up_after", "1s"}}),
                          node("out", "table_view")};
        pipeline.wires = {wire("in", "out")};
        const auto run = runToEnd(planOf(pipeline), options);
        QVERIFY(run == nullptr || !run->status().ok());
        if (run) {
            const std::string words = english(run->status().error());
            QVERIFY2(words.find("certificate") != std::string::npos, words.c_str());
        }
        QVERIFY(server.clients() > 0);
        QCOMPARE(server.received(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestWrongCertificates)
#include "test_wrong_certificates.moc"
