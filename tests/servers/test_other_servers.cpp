// A real PostgreSQL, a real MariaDB and a real mosquitto: they are there, and a connection to each can be
// tested.
#include <QDir>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

class TestOtherServers : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aConnectionCanBeTested_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QStringList>("fields");
        QTest::newRow("postgresql") << QByteArray("postgresql") << QByteArray("RILLWRIGHT_POSTGRESQL")
                                    << QStringList{"--field",       "tls=off", "--field",
                                                   "database=rill", "--field", "user=rill"};
        QTest::newRow("mariadb") << QByteArray("mariadb") << QByteArray("RILLWRIGHT_MARIADB")
                                 << QStringList{"--field",       "tls=off", "--field",
                                                "database=rill", "--field", "user=rill"};
        QTest::newRow("mosquitto") << QByteArray("mqtt") << QByteArray("RILLWRIGHT_MOSQUITTO")
                                   << QStringList{"--field", "tls=off"};
    }
    void aConnectionCanBeTested() {
        QFETCH(const QByteArray, kind);
        QFETCH(const QByteArray, variable);
        QFETCH(const QStringList, fields);
        QVERIFY2(qEnvironmentVariableIsSet(variable.constData()), "run it by tests/run --servers");
        const ProgramFixture fixture;
        const QStringList address{"--field", "address=" + qEnvironmentVariable(variable.constData())};
        const Ended added = fixture.run(QStringList{"connections", "add", "here", kind} + address + fields);
        QVERIFY2(added.status == 0, describe(added).constData());
        const Ended tested = fixture.run({"connections", "test", "here"});
        QVERIFY2(tested.status == 0, describe(tested).constData());
    }
};

QTEST_GUILESS_MAIN(TestOtherServers)
#include "test_other_servers.moc"
