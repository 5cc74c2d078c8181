// supersetDatabase(): addresses without passwords, and names that are the database's own.
#include "core/superset/superset_database.h"

#include <QtTest/QtTest>

using namespace rw;

namespace {

std::shared_ptr<const Connections> connectionsTo(const std::string& kind, const std::string& address,
                                                 const std::string& tls = "off",
                                                 const std::string& database = "s p") {
    return std::make_shared<const Connections>(
        std::vector<Connection>{
            {"db",
             kind,
             {{"address", address}, {"database", database}, {"user", "a@b"}, {"tls", tls}},
             {{"password", {SecretRef::Kind::Keyring, "x"}}}}},
        [](const SecretRef&) { return Result<Secret>(Secret("hunter2")); });
}

const StoredTable kBehind{{}, "db", {}, "t", false}, kInFile{"/a b/x.sqlite", {}, {}, "t", false};

}  // namespace

class TestSupersetDatabase : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFileIsNamedByItsPath() {
        const Result<SupersetDatabase> made = supersetDatabase(kInFile, nullptr);
        QVERIFY(made.ok());
        QCOMPARE(made->uri, std::string("sqlite:////a b/x.sqlite"));
        QCOMPARE(made->name, std::string("Rillwright: /a b/x.sqlite"));
        QVERIFY(!made->hasPassword && made->file.starts_with("databases/rillwright_"));
        QCOMPARE(supersetDatabase({"/a b/./c/../x.sqlite", {}, {}, "u", false}, nullptr)->uuid, made->uuid);
        const std::vector<Text> needs = supersetNeeds(*made, kInFile, nullptr);
        QCOMPARE(needs.size(), std::size_t{1});
        QVERIFY(english(needs.front()).find("PREVENT_UNSAFE_DB_CONNECTIONS") != std::string::npos);
    }

    void aServerIsNamedByItsAddress() {
        const auto connections = connectionsTo("postgresql", "db.example");
        const Result<SupersetDatabase> made = supersetDatabase(kBehind, connections.get());
        QVERIFY(made.ok());
        QCOMPARE(made->uri, std::string("postgresql+psycopg2://a%40b@db.example:5432/s p"));
        QVERIFY(made->hasPassword);
        QCOMPARE(made->connection, std::string("db"));
        QVERIFY(supersetNeeds(*made, kBehind, connections.get()).empty());
    }

    void encryptionAndThisComputerAreSaid() {
        const auto connections = connectionsTo("postgresql", "127.0.0.1:5433", "on");
        const Result<SupersetDatabase> made = supersetDatabase(kBehind, connections.get());
        QVERIFY(made.ok());
        QVERIFY(made->uri.ends_with(":5433/s p?sslmode=require"));
        QCOMPARE(supersetNeeds(*made, kBehind, connections.get()).size(), std::size_t{2});
    }

    /// SQLAlchemy 1.4.54 reads …/s?p as the database s.
    void namesThatAnAddressCantHaveAreRefused() {
        const auto connections = connectionsTo("postgresql", "db.example", "off", "s?p");
        QVERIFY(!supersetDatabase(kBehind, connections.get()).ok());
    }

    /// Without it Superset would connect in clear text.
    void aTlsThatIsNoChoiceIsRefused() {
        const auto connections = connectionsTo("postgresql", "db.example", "verify-full");
        const Result<SupersetDatabase> made = supersetDatabase(kBehind, connections.get());
        QVERIFY(!made.ok() && !made.error().fix.empty());
    }

    void othersAreRefused() {
        const auto connections = connectionsTo("mariadb", "db.example");
        const Result<SupersetDatabase> made = supersetDatabase(kBehind, connections.get());
        QVERIFY(!made.ok() && !made.error().fix.empty());
        QVERIFY(!supersetDatabase(kBehind, nullptr).ok());
        QVERIFY(!supersetDatabase({{}, "nobody", {}, "t", false}, connections.get()).ok());
    }

    void longNamesEndInAHash() {
        const std::string text = std::string(238, 'x') + "äöü";
        const std::string name = shortName(text, 240);
        QVERIFY(name.size() <= 240 && name != text.substr(0, 240));
        QVERIFY(QString::fromStdString(name).toStdString() == name);
        QVERIFY(shortName(text + "a", 240) != shortName(text + "b", 240));
        QCOMPARE(shortName("short", 240), std::string("short"));
    }
};

QTEST_APPLESS_MAIN(TestSupersetDatabase)
#include "test_superset_database.moc"
