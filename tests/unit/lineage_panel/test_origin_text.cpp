// Where a row is from, in words: a file, a partition, or a place in a topic.
#include <QtTest/QtTest>

#include "widgets/document/number_text.h"
#include "widgets/lineage/answer_steps.h"

using namespace rw;
using namespace rw::ui;

class TestOriginText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void namesThePlace() {
        RowOrigin origin;
        origin.number = 11;
        origin.file = "/data/orders.csv";
        origin.line = 12;
        QCOMPARE(originText(origin), QStringLiteral("orders.csv:12, row 12"));
        QCOMPARE(originText(origin, true), QStringLiteral("/data/orders.csv:12, row 12"));
        origin.file.clear();
        origin.partition = "north";
        QCOMPARE(originText(origin), QStringLiteral("north, row 12"));
    }

    void aPlaceInATopicHasItsOffset() {
        RowOrigin origin;
        origin.number = 11;
        origin.partition = "orders/3";
        origin.topic = TopicPartition{"orders", 3};
        QCOMPARE(originText(origin), QStringLiteral("orders, partition 3, offset unknown, row 12"));
        origin.offset = 41'207;
        QCOMPARE(originText(origin), QStringLiteral("orders, partition 3, offset ") + countText(41'207));
        origin.taped = 0;
        QVERIFY(originText(origin, true).startsWith(originText(origin) + QStringLiteral(", read ")));
    }
};

QTEST_GUILESS_MAIN(TestOriginText)
#include "test_origin_text.moc"
