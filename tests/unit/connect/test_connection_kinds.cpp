// The kinds of connections as data, and the checks that a connection passes before it is stored.
#include <QTemporaryDir>
#include <fstream>
#include <set>

#include <QtTest/QtTest>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/host_port.h"
#include "core/connect/connections/usable_connection.h"

using namespace rw;

namespace {

/// One that is usable, by its kind's declaration alone.
Connection madeOf(const ConnectionKind& kind) {
    Connection made;
    made.name = "made";
    made.kind = kind.name;
    for (const ConnectionFieldSpec& field : kind.fields) {
        if (field.required) made.fields[field.name] = field.example.empty() ? "words" : field.example;
    }
    return made;
}

Connection shop() {
    return {"shop", "kafka", {{"address", "broker:9093"}, {"security", "sasl_ssl"}, {"user", "rill"}}, {}};
}

std::string paramOf(const Status& status) {
    return status.ok() ? std::string("fine") : status.error().param;
}

}  // namespace

class TestConnectionKinds : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// What every form, table and check relies on.
    void everyKindIsWholeAndItsExamplesAreUsable() {
        std::set<std::string> kinds;
        for (const ConnectionKind& kind : connectionKinds()) {
            QVERIFY2(kinds.insert(kind.name).second, kind.name.c_str());
            QVERIFY2(!kind.label.empty() && !kind.help.empty() && !kind.icon.empty(), kind.name.c_str());
            QVERIFY2(connectionField(kind, "address") != nullptr, kind.name.c_str());
            std::set<std::string> names;
            for (const ConnectionFieldSpec& field : kind.fields) {
                const std::string at = kind.name + "." + field.name;
                QVERIFY2(names.insert(field.name).second && !field.label.empty(), at.c_str());
                QVERIFY2((field.type == ConnectionFieldSpec::Type::Choice) == !field.choices.empty(),
                         at.c_str());
                if (field.appliesWhen)
                    QVERIFY2(connectionField(kind, field.appliesWhen->param) != nullptr, at.c_str());
            }
            for (const ConnectionSecretSpec& secret : kind.secrets)
                QVERIFY2(names.insert(secret.name).second && !secret.label.empty(), secret.name.c_str());
            const Status usable = usableConnection(madeOf(kind));
            QVERIFY2(usable.ok(), usable.ok() ? "" : (kind.name + ": " + english(usable.error())).c_str());
            QVERIFY2(connectionField(kind, "ca_file") != nullptr, kind.name.c_str());
        }
        for (const char* kind :
             {"kafka", "postgresql", "mariadb", "mqtt", "http", "webhdfs", "hbase", "smtp", "superset"})
            QVERIFY2(kinds.count(kind) == 1, kind);
    }

    void whatIsWrongNamesItsField() {
        QVERIFY(usableConnection(shop()).ok());
        const auto with = [](const char* field, const char* value) {
            Connection changed = shop();
            changed.fields[field] = value;
            return paramOf(usableConnection(changed));
        };
        QCOMPARE(with("address", ""), std::string("address"));
        QCOMPARE(with("address", "user:secret@broker:9093"), std::string("address"));
        QCOMPARE(with("address", "broker:0"), std::string("address"));
        QCOMPARE(with("address", "broker:65536"), std::string("address"));
        QCOMPARE(with("address", "a:1, b c:2"), std::string("address"));
        QCOMPARE(with("address", "http://broker:1"), std::string("address"));
        QCOMPARE(with("address", "broker:1\nother:2"), std::string("address"));
        QCOMPARE(with("security", "none"), std::string("security"));
        QCOMPARE(with("user", ""), std::string("user"));
        QCOMPARE(with("password", "hunter2"), std::string("password"));
        QCOMPARE(with("client_certificate", "/etc/me.pem"), std::string("client_key"));
        Connection plain = shop();
        plain.fields = {{"address", "broker"}, {"security", "plaintext"}};
        QVERIFY2(usableConnection(plain).ok(), "no user applies, and the port is the usual one");
        Connection strange = shop();
        strange.kind = "carrier pigeon";
        QCOMPARE(paramOf(usableConnection(strange)), std::string("kind"));
    }

    /// A value that was typed into the wrong field is the secret itself.
    void aSecretIsNeverRepeated() {
        Connection typed = shop();
        typed.secrets["password"] = {SecretRef::Kind::Environment, "hunter 2!"};
        const Status wrong = usableConnection(typed);
        QCOMPARE(paramOf(wrong), std::string("password"));
        QVERIFY(english(wrong.error()).find("hunter") == std::string::npos);
        Connection http{"api", "http", {{"address", "https://api.example"}}, {}};
        http.fields["headers"] = "X-Team: shop\nauthorization: Bearer hunter2";
        const Status header = usableConnection(http);
        QCOMPARE(paramOf(header), std::string("headers"));
        QVERIFY(english(header.error()).find("hunter") == std::string::npos);
        for (const char* secret : {"X-Api-Key: hunter2", "Cookie: hunter2", "x-auth-token:hunter2",
                                   "X-Shop: Bearer hunter2hunter2", "Ocp-Apim-Subscription-Key: hunter2",
                                   "X-Shop: hunter2hunter3hunter4hunter5", "hunter2"}) {
            http.fields["headers"] = secret;
            const Status refused = usableConnection(http);
            QCOMPARE(paramOf(refused), std::string("headers"));
            QVERIFY2(english(refused.error()).find("hunter") == std::string::npos, secret);
        }
        for (const char* open : {"X-Team: shop", "Accept: application/vnd.kafka.json.v2+json",
                                 "X-Tenant: 550e8400-e29b-41d4-a716-446655440000", "Idempotency-Key: 1"}) {
            http.fields["headers"] = open;
            QVERIFY2(usableConnection(http).ok(), open);
        }
        http.fields["api_key_header"] = "no header";
        QCOMPARE(paramOf(usableConnection(http)), std::string("api_key_header"));
        http.fields["api_key_header"] = "X-Api-Key";
        QVERIFY(usableConnection(http).ok());
        http.fields["address"] = "https://me:hunter2@api.example";
        const Status address = usableConnection(http);
        QCOMPARE(paramOf(address), std::string("address"));
        QVERIFY(english(address.error()).find("hunter") == std::string::npos);
    }

    void secretsGoOverTlsOrToThisComputer() {
        Connection http{"api", "http", {{"address", "http://api.example"}}, {}};
        QVERIFY(usableConnection(http).ok());
        http.secrets["token"] = {SecretRef::Kind::Environment, "TOKEN"};
        QCOMPARE(paramOf(usableConnection(http)), std::string("address"));
        for (const char* address : {"https://api.example", "http://127.0.0.1:8080", "http://localhost"}) {
            http.fields["address"] = address;
            QVERIFY2(usableConnection(http).ok(), address);
        }
        http.secrets = {{"api_key", {SecretRef::Kind::Environment, "KEY"}}};
        QVERIFY(usableConnection(http).ok());
        http.fields["address"] = "http://api.example";
        QCOMPARE(paramOf(usableConnection(http)), std::string("address"));
    }

    void signingInWithoutTlsIsForThisComputer() {
        Connection plain = shop();
        plain.fields["security"] = "sasl_plaintext";
        for (const char* mechanism : {"PLAIN", "SCRAM-SHA-512"}) {
            plain.fields["mechanism"] = mechanism;
            for (const char* address :
                 {"broker:9092", "127.0.0.1:1, broker:9092", "127.0.0.1.example.com:1"}) {
                plain.fields["address"] = address;
                const Status refused = usableConnection(plain);
                QCOMPARE(paramOf(refused), std::string("security"));
                QVERIFY(english(refused.error()).find("SASL over TLS") != std::string::npos);
            }
            for (const char* address : {"localhost:9092", "127.0.0.1:1, [::1]:2"}) {
                plain.fields["address"] = address;
                QVERIFY2(usableConnection(plain).ok(), address);
            }
        }
        plain.fields["security"] = "plaintext";
        plain.fields["address"] = "broker:9092";
        QVERIFY2(usableConnection(plain).ok(), "no password is sent");
    }

    void passwordsThatNothingHidesAreForThisComputer() {
        Connection broker{"plant", "mqtt", {{"user", "me"}, {"tls", "off"}}, {}};
        Connection post{"post", "smtp", {{"user", "me"}, {"security", "off"}, {"sender", "a@b.example"}}, {}};
        for (Connection* const each : {&broker, &post}) {
            const std::string field = each->kind == "mqtt" ? "tls" : "security";
            each->fields["address"] = "server:1883";
            QVERIFY2(usableConnection(*each).ok(), "no password is sent");
            each->secrets["password"] = {SecretRef::Kind::Environment, "PASSWORD"};
            const Status refused = usableConnection(*each);
            QCOMPARE(paramOf(refused), field);
            QVERIFY(english(refused.error()).find("Switch TLS on") != std::string::npos);
            for (const char* here : {"127.0.0.1:1883", "localhost:1883", "[::1]:1883"}) {
                each->fields["address"] = here;
                QVERIFY2(usableConnection(*each).ok(), here);
            }
            each->fields["address"] = "server:1883";
            each->fields[field] = each->kind == "mqtt" ? "on" : "starttls";
            QVERIFY(usableConnection(*each).ok());
        }
    }

    void namesAreSuchThatCommandsCanSayThem() {
        for (const char* name : {"", " a", "a ", "-a", "a,b", "a\nb", "${shop}"})
            QVERIFY2(!usableConnectionName(name).ok(), name);
        for (const char* name : {"shop-kafka", "Lager 2", "仓库"})
            QVERIFY2(usableConnectionName(name).ok(), name);
    }

    void addressesOfSeveralServers() {
        const auto two = parseHostPorts("a:1, [::1]:2,b", 9092);
        QVERIFY(two.ok());
        QVERIFY(*two == (std::vector<HostPort>{{"a", 1}, {"::1", 2}, {"b", 9092}}));
        QVERIFY(!parseHostPort("a", 0).ok());
        QVERIFY(!parseHostPort("::1", 5).ok());
        QVERIFY(!parseHostPorts("a:1,", 5).ok());
        const auto url = hostPortOfUrl("https://api.example/v1");
        QVERIFY(url.ok() && *url == (HostPort{"api.example", 443}));
    }

    void filesAreLookedFor() {
        const QTemporaryDir folder;
        const std::string pem = folder.filePath(QStringLiteral("ca.pem")).toStdString();
        Connection secured = shop();
        secured.fields["ca_file"] = pem;
        QVERIFY2(usableConnection(secured).ok(), "the disk is not asked");
        QCOMPARE(paramOf(usableFiles(secured)), std::string("ca_file"));
        std::ofstream(pem) << "no certificate";
        QCOMPARE(paramOf(usableFiles(secured)), std::string("ca_file"));
        std::ofstream(pem) << "-----BEGIN CERTIFICATE-----\n";
        QVERIFY(usableFiles(secured).ok());
        secured.fields["security"] = "plaintext";
        secured.fields["ca_file"] = "/nowhere";
        QVERIFY2(usableFiles(secured).ok(), "it does not apply");
    }

    void whatFieldsSayTogether() {
        Connection db{"db", "postgresql", {{"address", "db:5432"}, {"database", "shop"}, {"user", "me"}}, {}};
        QCOMPARE(addressOf(db), std::string("db:5432/shop"));
        QVERIFY(usesTls(db));
        QCOMPARE(fieldOf(db, "tls"), std::string("on"));
        db.fields["tls"] = "off";
        QVERIFY(!usesTls(db));
        QVERIFY(!usesTls({"api", "http", {{"address", "http://127.0.0.1:1"}}, {}}));
    }
};

QTEST_APPLESS_MAIN(TestConnectionKinds)
#include "test_connection_kinds.moc"
