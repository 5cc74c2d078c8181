// uuid5(): the values of other programs.
#include "core/superset/uuid5.h"

#include <QtTest/QtTest>

using namespace rw;

class TestUuid5 : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void isThatOfOthers() {
        // Python's documentation of uuid.
        QCOMPARE(uuid5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org"),
                 std::string("886313e1-3b8a-5372-9b90-0c9aee199e5d"));
        // All that is in somebody's Superset would be there twice with another one.
        QCOMPARE(uuid5(kUrlNamespace, "urn:rillwright:superset"),
                 std::string("84790597-c8ba-51ef-9a1b-27d2a4d90e8c"));
    }

    void anotherNameIsAnother() {
        QVERIFY(uuid5(kUrlNamespace, "a") != uuid5(kUrlNamespace, "b"));
        QCOMPARE(uuid5(kUrlNamespace, "a"), uuid5(kUrlNamespace, "a"));
    }
};

QTEST_APPLESS_MAIN(TestUuid5)
#include "test_uuid5.moc"
