// The keys of rows that were given.
#include <QtTest/QtTest>

#include "core/connect/web/seen_rows.h"

using namespace rw;

class TestSeenRows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void eachIsMetOnce() {
        SeenRows seen(10);
        QVERIFY(seen.meet("a"));
        QVERIFY(seen.meet("b"));
        QVERIFY(!seen.meet("a"));
        QCOMPARE(seen.size(), std::size_t{2});
    }

    void thoseMetLongestAgoAreForgotten() {
        SeenRows seen(2);
        QVERIFY(seen.meet("a"));
        QVERIFY(seen.meet("b"));
        QVERIFY(!seen.meet("a"));
        QVERIFY(seen.meet("c"));
        QVERIFY(!seen.meet("a"));
        QVERIFY(seen.meet("b"));
        QCOMPARE(seen.size(), std::size_t{2});
    }

    void aStateIsTakenOver() {
        SeenRows seen(3);
        for (const char* const key : {"a", "b", "c"}) QVERIFY(seen.meet(key));
        SeenRows all(3), some(2);
        QVERIFY(all.load(seen.bytes()).ok());
        QCOMPARE(all.bytes(), seen.bytes());
        QVERIFY(some.load(seen.bytes()).ok());
        QVERIFY(!some.meet("c") && !some.meet("b") && some.meet("a"));
        QVERIFY(!all.load("no whole keys").ok());
    }
};

QTEST_APPLESS_MAIN(TestSeenRows)
#include "test_seen_rows.moc"
