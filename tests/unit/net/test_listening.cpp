// Addresses to listen at.
#include <QtTest/QtTest>

#include "core/net/listening.h"

using namespace rw;

class TestListening : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void addresses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");
        QTest::addColumn<bool>("loopback");
        QTest::newRow("here") << "127.0.0.1:8077"
                              << "127.0.0.1:8077" << true;
        QTest::newRow("by name") << "localhost:1"
                                 << "localhost:1" << true;
        QTest::newRow("IPv6") << "[::1]:80"
                              << "[::1]:80" << true;
        QTest::newRow("all networks") << "0.0.0.0:8077"
                                      << "0.0.0.0:8077" << false;
        QTest::newRow("no port") << "127.0.0.1"
                                 << "" << false;
        QTest::newRow("a name") << "shop.example:80"
                                << "" << false;
        QTest::newRow("too high") << "127.0.0.1:65536"
                                  << "" << false;
        QTest::newRow("more") << "127.0.0.1:80x"
                              << "" << false;
        QTest::newRow("nothing") << ""
                                 << "" << false;
    }
    void addresses() {
        QFETCH(const QString, text);
        QFETCH(const QString, read);
        QFETCH(const bool, loopback);
        const Result<ListenAddress> address = parseListenAddress(text.toStdString());
        QCOMPARE(address.ok(), !read.isEmpty());
        if (!address.ok()) return;
        QCOMPARE(listenText(*address), read.toStdString());
        QCOMPARE(isLoopbackAddress(*address), loopback);
    }

    void aPortIsTakenByOne() {
        const Result<ListeningSocket> first = ListeningSocket::open({"127.0.0.1", 0});
        QVERIFY(first.ok());
        QVERIFY(first->port() > 0);
        const Result<ListeningSocket> second = ListeningSocket::open({"127.0.0.1", first->port()});
        QVERIFY(!second.ok());
        QCOMPARE(errorKindOf(second.error().code), ErrorKind::Transient);
        QVERIFY(!second.error().fix.empty());
    }
};

QTEST_APPLESS_MAIN(TestListening)
#include "test_listening.moc"
