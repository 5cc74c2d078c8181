// Connections by their names: the file that has them, what is wrong with it, and what a node gets of one.
#include <QTemporaryDir>
#include <cstdlib>
#include <fstream>

#include <QtTest/QtTest>

#include "core/connect/connections/connection_file.h"

using namespace rw;

class TestConnections : public QObject {
    Q_OBJECT

    const QTemporaryDir m_folder;
    const std::string m_path = m_folder.filePath(QStringLiteral("connections.json")).toStdString();

    Result<std::vector<Connection>> read(const std::string& text) const {
        std::ofstream(m_path) << text;
        return readConnections(m_path);
    }
    /// The error of a file; empty: there is none.
    std::string saidOf(const std::string& text) const {
        const auto list = read(text);
        return list.ok() ? std::string() : english(list.error());
    }
    static std::string one(const std::string& members) {
        return R"({"connections": [{"name": "shop", "kind": "kafka")" + members + "}]}";
    }
    static Connections withSecrets(SecretSource secrets) {
        Connection shop{"shop", "kafka", {{"address", "broker:9092"}}, {}};
        shop.secrets["password"] = {SecretRef::Kind::Keyring, "shop"};
        return Connections({shop}, std::move(secrets));
    }

 private Q_SLOTS:
    void theyAreRead() {
        const auto list = read(one(R"(, "note": 1, "fields": {"address": "broker:9092"}, "secrets":
            {"password": {"environment": "SHOP"}, "token": {"keyring": "shop"}})"));
        QVERIFY2(list.ok(), list.ok() ? "" : english(list.error()).c_str());
        Connection shop{"shop", "kafka", {{"address", "broker:9092"}}, {}};
        shop.secrets["password"] = {SecretRef::Kind::Environment, "SHOP"};
        shop.secrets["token"] = {SecretRef::Kind::Keyring, "shop"};
        QVERIFY(*list == std::vector<Connection>{shop});
        const KnownConnections known = connectionsIn(m_path, {})->known();
        QVERIFY(known->trouble.ok());
        QCOMPARE(known->connections.size(), std::size_t{1});
        QCOMPARE(known->connections.front().kind, std::string("kafka"));
    }

    void noFileIsNoConnections() {
        const std::string path = m_folder.filePath(QStringLiteral("none.json")).toStdString();
        const auto list = readConnections(path);
        QVERIFY(list.ok() && list->empty());
        QVERIFY(connectionsIn(path, {})->known()->trouble.ok());
    }

    void theyLieInTheConfigurationFolder() {
        ::setenv("XDG_CONFIG_HOME", "/somewhere", 1);
        QCOMPARE(connectionsPath(), std::string("/somewhere/rillwright/connections.json"));
        ::setenv("XDG_CONFIG_HOME", "relative", 1);  // as if it were not set, the standard says
        ::setenv("HOME", "/home/me", 1);
        QCOMPARE(connectionsPath(), std::string("/home/me/.config/rillwright/connections.json"));
    }

    void whatIsWrongIsTold_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const std::string& text, const char* said) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(said);
        };
        row("no JSON", "{", "line 1");
        row("no object", "5", "connections: it should be a list.");
        row("no list", R"({"connections": {}})", "connections: it should be a list.");
        row("no connection", R"({"connections": [7]})", "connections[0]: it should be an object.");
        row("no name", R"({"connections": [{"kind": "kafka"}]})",
            "connections[0].name: it should be a text.");
        row("empty kind", R"({"connections": [{"name": "a", "kind": ""}]})",
            "connections[0].kind: it should be a text.");
        row("field", one(R"(, "fields": {"port": 5})"), "connections[0].fields.port: it should be a text.");
        row("fields", one(R"(, "fields": [])"), "connections[0].fields: it should be an object.");
        row("secrets", one(R"(, "secrets": "hunter2")"), "connections[0].secrets: it should be an object.");
        row("twin", R"({"connections": [{"name": "a", "kind": "k"}, {"name": "a", "kind": "m"}]})",
            "connections[1].name: another connection has the name “a” already.");
        row("both", one(R"(, "fields": {"p": "x"}, "secrets": {"p": {"keyring": "x"}})"),
            "connections[0].secrets.p: there is a field of that name, too.");
        row("secret itself", one(R"(, "secrets": {"password": "hunter2"})"),
            "connections[0].secrets.password: it should say where the secret lies.");
        row("two places", one(R"(, "secrets": {"password": {"environment": "A", "keyring": "hunter2"}})"),
            "connections[0].secrets.password: it should say where the secret lies.");
        // moc takes // in a raw text for a comment.
        row("in an address", one(", \"fields\": {\"address\": \"https://me:hunter2@host/a@b\"}"),
            "connections[0].fields.address: there is a password in the address.");
    }
    void whatIsWrongIsTold() {
        QFETCH(const QString, text);
        QFETCH(const QString, said);
        const std::string told = saidOf(text.toStdString());
        QVERIFY2(QString::fromStdString(told).contains(said), told.c_str());
        QVERIFY2(told.find("hunter2") == std::string::npos, told.c_str());
        QVERIFY(told.find(m_path) != std::string::npos);
        const auto unread = connectionsIn(m_path, {});
        QVERIFY(!unread->known()->trouble.ok() && unread->known()->connections.empty());
        const auto named = unread->named("shop");
        QVERIFY(!named.ok());
        QCOMPARE(english(named.error()), told);
    }

    void addressesWithoutPasswordsPass() {
        for (const char* const address :
             {"https://host/a:b@c", "https://me@host", "host:9092,other:9092", "mqtt://host:1883"}) {
            const Json fields = {{"address", address}};
            const std::string said = saidOf(one(", \"fields\": " + fields.dump()));
            QCOMPARE(said, std::string());
        }
    }

    void namesAreFoundOrPermanentlyMissing() {
        const Connections all = withSecrets({});
        QVERIFY(all.named("shop").ok());
        const auto other = all.named("other");
        QCOMPARE(english(other.error()),
                 std::string("The connection “other” is not known on this computer. Add the connection on "
                             "this computer, or choose another one."));
        QVERIFY(errorKindOf(other.error().code) == ErrorKind::Permanent);
    }

    /// As TLS it would mean none: nobody asked for that.
    void aNodeGetsNoneWhoseChoiceIsUnknown() {
        Connection db{"db", "postgresql", {{"address", "db"}, {"database", "d"}, {"user", "u"}}, {}};
        MakeContext context;
        context.node = "in";
        for (const char* const tls : {"", "on", "off", "verify-full"}) {
            db.fields["tls"] = tls;
            context.connections =
                std::make_shared<const Connections>(std::vector<Connection>{db}, environmentSecret);
            const Result<NodeConnection> got = connectionOf(context, "db");
            const bool known = std::string(tls) != "verify-full";
            QCOMPARE(got.ok(), known);
            if (known) continue;
            QCOMPARE(got.error().node, std::string("in"));
            QVERIFY(errorKindOf(got.error().code) == ErrorKind::Permanent);
            const std::string said = english(got.error());
            QVERIFY2(said.find("“db” can't be used. “verify-full” is none") != std::string::npos,
                     said.c_str());
        }
    }

    void aNodeGetsItByItsContext() {
        MakeContext context;
        context.node = "in";
        QCOMPARE(connectionOf(context, "shop").error().node, std::string("in"));
        context.connections = std::make_shared<const Connections>(
            withSecrets([](const SecretRef& where) { return Secret(where.name + "!"); }));
        const Result<NodeConnection> shop = connectionOf(context, "shop");
        context.connections = nullptr;  // a request may outlive the run
        QVERIFY(shop.ok());
        QCOMPARE(shop->kind(), std::string("kafka"));
        QCOMPARE(shop->field("address"), std::string("broker:9092"));
        QCOMPARE(shop->field("user"), std::string());
        QVERIFY(shop->secret("token").ok() && shop->secret("token")->empty());
        const Result<Secret> password = shop->secret("password");
        QVERIFY(password.ok());
        QVERIFY(password->reveal([](std::string_view text) { return text == "shop!"; }));
    }

    /// The kind of the error decides whether somebody tries again.
    void secretsThatCantBeHad_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, ErrorCode code, ErrorKind kind) {
            QTest::newRow(name) << static_cast<int>(code) << static_cast<int>(kind);
        };
        row("locked", ErrorCode::Denied, ErrorKind::Denied);
        row("missing", ErrorCode::NotFound, ErrorKind::Denied);
        row("silent keyring", ErrorCode::Io, ErrorKind::Transient);
        row("said no", ErrorCode::Cancelled, ErrorKind::Cancelled);
        row("broken", ErrorCode::Refused, ErrorKind::Permanent);
    }
    void secretsThatCantBeHad() {
        QFETCH(const int, code);
        QFETCH(const int, kind);
        const Connections all = withSecrets([code](const SecretRef&) -> Result<Secret> {
            return Status(static_cast<ErrorCode>(code), RW_TEXT("test", "No."), RW_TEXT("test", "Give it."));
        });
        const auto secret = all.secret(*all.named("shop"), "password");
        QVERIFY(!secret.ok());
        QCOMPARE(english(secret.error()),
                 std::string("The connection “shop” lacks its password. No. Give it."));
        QCOMPARE(static_cast<int>(errorKindOf(secret.error().code)), kind);
    }
};

QTEST_APPLESS_MAIN(TestConnections)
#include "test_connections.moc"
