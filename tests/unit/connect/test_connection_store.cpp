// The list of connections as several programs change it, and as it goes to another computer.
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <atomic>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include <QtTest/QtTest>

#include "core/connect/connections/connection_store.h"

using namespace rw;

namespace {

Connection broker(const std::string& name, const std::string& address = "broker:9092") {
    Connection made{name, "kafka", {{"address", address}, {"security", "plaintext"}}, {}};
    made.secrets["password"] = {SecretRef::Kind::Environment, "SHOP"};
    return made;
}

}  // namespace

class TestConnectionStore : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;

    std::string text() const {
        std::ifstream file(m_path);
        std::stringstream all;
        all << file.rdbuf();
        return all.str();
    }
    std::vector<Connection> stored() const {
        const auto read = readConnections(m_path);
        return read.ok() ? *read : std::vector<Connection>();
    }

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("config/connections.json")).toStdString();
    }

    void itsFolderAndItsFileAreMadeForItsOwnerAlone() {
        const ConnectionStore store(m_path);
        const Status added = store.add(broker("shop"));
        QVERIFY2(added.ok(), added.ok() ? "" : english(added.error()).c_str());
        QVERIFY(stored() == std::vector<Connection>{broker("shop")});
        struct stat info {};
        QVERIFY(::stat(m_path.c_str(), &info) == 0);
        QCOMPARE(info.st_mode & 07777, mode_t{0600});
        ::chmod(m_path.c_str(), 0644);
        QVERIFY(store.add(broker("other")).ok());
        QVERIFY(::stat(m_path.c_str(), &info) == 0);
        QCOMPARE(info.st_mode & 07777, mode_t{0600});
    }

    void addChangeRenameRemove() {
        const ConnectionStore store(m_path);
        QVERIFY(store.add(broker("a")).ok() && store.add(broker("b")).ok());
        QCOMPARE(store.add(broker("a")).error().param, std::string("name"));
        QCOMPARE(store.change(broker("a"), broker("b")).error().param, std::string("name"));
        QVERIFY(store.change(broker("a"), broker("c", "other:1")).ok());
        QVERIFY(stored() == (std::vector<Connection>{broker("c", "other:1"), broker("b")}));
        QVERIFY(store.remove("c").ok());
        QVERIFY(stored() == std::vector<Connection>{broker("b")});
        QVERIFY(store.remove("c").error().code == ErrorCode::NotFound);
        Connection wrong = broker("d", "");
        QCOMPARE(store.add(wrong).error().param, std::string("address"));
        QCOMPARE(store.change(broker("b"), wrong).error().param, std::string("address"));
    }

    /// What was changed by another program since it was read is not overwritten.
    void aChangeOfSomethingElseIsRefused() {
        const ConnectionStore store(m_path);
        QVERIFY(store.add(broker("a")).ok());
        QVERIFY(ConnectionStore(m_path).change(broker("a"), broker("a", "theirs:1")).ok());
        const Status late = store.change(broker("a"), broker("a", "mine:1"));
        QVERIFY(!late.ok() && !late.error().fix.empty());
        QVERIFY(stored() == std::vector<Connection>{broker("a", "theirs:1")});
    }

    void membersOfANewerVersionStay() {
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("config"))));
        std::ofstream(m_path)
            << "{\"newer\": {\"deep\": [1]}, \"connections\": ["
               "{\"name\": \"a\", \"colour\": \"red\", \"kind\": \"pigeon\", \"fields\": {\"loft\": \"7\"}},"
               "{\"name\": \"b\", \"colour\": \"blue\", \"kind\": \"kafka\","
               "\"fields\": {\"address\": \"broker:9092\", \"security\": \"plaintext\", \"rack\": \"9\"}}]}";
        const ConnectionStore store(m_path);
        const auto read = store.read();
        QVERIFY(read.ok() && read->size() == 2);
        Connection changed = read->back();
        changed.name = "c";
        QVERIFY(store.change(read->back(), changed).ok());
        QVERIFY(store.add(broker("d")).ok());
        const Json now = Json::parse(text());
        QCOMPARE(now["newer"]["deep"][0].get<int>(), 1);
        QCOMPARE(now["connections"].size(), std::size_t{3});
        QCOMPARE(now["connections"][0]["colour"].get<std::string>(), std::string("red"));
        QCOMPARE(now["connections"][0]["fields"]["loft"].get<std::string>(), std::string("7"));
        QCOMPARE(now["connections"][1]["name"].get<std::string>(), std::string("c"));
        QCOMPARE(now["connections"][1]["colour"].get<std::string>(), std::string("blue"));
        QCOMPARE(now["connections"][1]["fields"]["rack"].get<std::string>(), std::string("9"));
    }

    void anUnreadableFileIsNeverOverwritten_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("broken") << QByteArray("{\"connections\": [");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("other") << QByteArray("[1, 2]");
        QTest::newRow("secret") << QByteArray(
            R"({"connections": [{"name": "a", "kind": "kafka", "secrets": {"password": "hunter2"}}]})");
        QTest::newRow("newer secret") << QByteArray(
            R"({"connections": [{"name": "a", "kind": "kafka", "secrets": {"password": {"vault": "x"}}}]})");
        QTest::newRow("deep") << QByteArray(R"({"connections": )") + QByteArray(5000, '[');
        QTest::newRow("no UTF-8") << QByteArray(
            "{\"connections\": [{\"name\": \"\xff\xfe\", \"kind\": \"a\"}]");
        QTest::newRow("zero") << QByteArray("{\"connections\": []}\0", 20);
    }
    void anUnreadableFileIsNeverOverwritten() {
        QFETCH(const QByteArray, bytes);
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("config"))));
        std::ofstream(m_path) << bytes.toStdString();
        const ConnectionStore store(m_path);
        const Status added = store.add(broker("shop"));
        QVERIFY(!added.ok());
        QVERIFY(english(added.error()).find("hunter2") == std::string::npos);
        QVERIFY(!store.remove("a").ok());
        QCOMPARE(QByteArray::fromStdString(text()), bytes);
    }

    void aPipeInItsPlaceDoesNotBlock() {
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("config"))));
        QVERIFY(::mkfifo(m_path.c_str(), 0600) == 0);
        QVERIFY(!ConnectionStore(m_path).add(broker("shop")).ok());
    }

    /// Each of two programs adds its own: none is lost, and a reader finds a whole file all the while.
    void twoWritersLoseNothing() {
        constexpr int kEach = 20;
        std::atomic<bool> over{false}, broken{false};
        std::atomic<int> failed{0};
        std::thread reader([&] {
            while (!over) {
                if (!readConnections(m_path).ok()) broken = true;
            }
        });
        const auto write = [&](const std::string& prefix) {
            const ConnectionStore store(m_path);
            for (int i = 0; i < kEach; ++i) {
                if (!store.add(broker(prefix + std::to_string(i))).ok()) ++failed;
            }
        };
        std::thread one(write, "one"), two(write, "two");
        one.join();
        two.join();
        over = true;
        reader.join();
        QCOMPARE(failed.load(), 0);
        QVERIFY(!broken);
        QCOMPARE(stored().size(), std::size_t{2 * kEach});
    }

    /// The new file is written beside the old one: what a kill leaves there is no part of the list.
    void aWriterThatWasKilledLeavesTheOldFile() {
        const ConnectionStore store(m_path);
        QVERIFY(store.add(broker("shop")).ok());
        std::ofstream(m_folder->filePath(QStringLiteral("config/.connections.json.1-1")).toStdString())
            << "{\"connections\": [{\"na";
        QVERIFY(stored() == std::vector<Connection>{broker("shop")});
        QVERIFY(store.add(broker("other")).ok());
        QCOMPARE(stored().size(), std::size_t{2});
    }

    void aLinkStaysOne() {
        const std::string real = m_folder->filePath(QStringLiteral("real.json")).toStdString();
        QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("config"))));
        std::ofstream(real) << R"({"connections": []})";
        QVERIFY(::symlink(real.c_str(), m_path.c_str()) == 0);
        QVERIFY(ConnectionStore(m_path).add(broker("shop")).ok());
        QCOMPARE(readConnections(real)->size(), std::size_t{1});
        QVERIFY(QFileInfo(QString::fromStdString(m_path)).isSymLink());
    }

    void entriesOfTheKeyringAreNotShared() {
        Connection renamed = broker("now");
        renamed.secrets["password"] = {SecretRef::Kind::Keyring, "connection shop password"};
        QCOMPARE(newKeyringEntry({}, "shop", "password"), std::string("connection shop password"));
        QCOMPARE(newKeyringEntry({renamed}, "shop", "password"), std::string("connection shop password 2"));
        QVERIFY(keyringEntries({renamed, broker("b")}) == std::set<std::string>{"connection shop password"});
    }

    void exportsHoldNoSecretsAndNotWhereTheyLie() {
        Connection shop = broker("shop");
        shop.secrets["key_passphrase"] = {SecretRef::Kind::Keyring, "shop 1234abcd"};
        Connection api{"api", "http", {{"address", "https://api.example"}}, {}};
        // As an earlier version stored it.
        api.fields["headers"] = "X-Team: shop\nX-Api-Key: hunter2";
        const std::string bare = exportConnections({api});
        QVERIFY(bare.find("X-Team: shop") != std::string::npos);
        QVERIFY(bare.find("hunter2") == std::string::npos);
        const std::string exported = exportConnections({shop});
        QVERIFY(exported.find("SHOP") == std::string::npos && exported.find("1234abcd") == std::string::npos);
        const auto read = readExportedConnections(exported);
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        QCOMPARE(read->size(), std::size_t{1});
        QCOMPARE(read->front().connection.fields.at("address"), std::string("broker:9092"));
        QVERIFY(read->front().connection.secrets.empty());
        QVERIFY(read->front().needs == (std::vector<std::string>{"key_passphrase", "password"}));
    }

    void importsOverwriteNothingUnlessTold() {
        const ConnectionStore store(m_path);
        QVERIFY(store.add(broker("same")).ok() && store.add(broker("other", "mine:1")).ok());
        const auto read = readExportedConnections(
            exportConnections({broker("same"), broker("other", "theirs:1"), broker("new")}));
        QVERIFY(read.ok());
        const auto first = store.merge(*read, nullptr);
        QVERIFY(first.ok());
        QVERIFY(first->added == std::vector<std::string>{"new"} &&
                first->same == std::vector<std::string>{"same"});
        QVERIFY(first->clashes == std::vector<std::string>{"other"} && first->replaced.empty());
        QVERIFY(stored()[0] == broker("same"));
        QVERIFY(stored()[1] == broker("other", "mine:1"));
        const auto second = store.merge(*read, [](const std::string& name) { return name == "other"; });
        QVERIFY(second.ok() && second->replaced == std::vector<std::string>{"other"});
        QCOMPARE(stored()[1].fields.at("address"), std::string("theirs:1"));
        // A password of this person would go to an address that somebody else wrote.
        QVERIFY(stored()[1].secrets.empty());
    }

    void hostileImports_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        const auto row = [](const char* name, const char* text, const char* place) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(place);
        };
        row("no JSON", "hello", "");
        row("newer", R"({"rillwright_connections": 2, "connections": []})", "newer version");
        row("name",
            R"({"connections": [{"name": "--all", "kind": "http", "fields": {"address": "http://a"}}]})",
            "connections[0].name");
        row("kind", R"({"connections": [{"name": "a", "kind": "pigeon"}]})", "connections[0].kind");
        row("address",
            R"({"connections": [{"name": "a", "kind": "http", "fields": {"address": "file:///etc"}}]})",
            "connections[0].fields.address");
        row("header",
            "{\"connections\": [{\"name\": \"a\", \"kind\": \"http\", \"fields\":"
            "{\"address\": \"http://a\", \"headers\": \"A: b\\r\\nHost: evil\"}}]}",
            "connections[0].fields.headers");
        row("twin",
            "{\"connections\": [{\"name\": \"a\", \"kind\": \"http\", \"fields\": {\"address\": "
            "\"http://a\"}},"
            "{\"name\": \"a\", \"kind\": \"http\", \"fields\": {\"address\": \"http://b\"}}]}",
            "connections[1].name");
    }
    void hostileImports() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, place);
        const auto read = readExportedConnections(text.toStdString());
        QVERIFY(!read.ok());
        const QString said = QString::fromStdString(english(read.error()));
        QVERIFY2(said.contains(place), qPrintable(said));
    }

    /// References to secrets of this person would send them to an address that somebody else wrote.
    void anImportRefersToNoSecretOfThisPerson() {
        const auto read = readExportedConnections(
            "{\"connections\": [{\"name\": \"a\", \"kind\": \"http\","
            "\"fields\": {\"address\": \"https://evil.example\"}, \"secrets\": {\"token\": {\"environment\": "
            "\"HOME\"}}}]}");
        QVERIFY(read.ok());
        QVERIFY(read->front().connection.secrets.empty());
        QVERIFY(read->front().needs == std::vector<std::string>{"token"});
    }
};

QTEST_APPLESS_MAIN(TestConnectionStore)
#include "test_connection_store.moc"
