// Lines of watermarks: a source or its partitions, who holds others back, idle ones, and many.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_words.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Catalogue& catalogue() {
    static const Catalogue kCatalogue = builtin();
    return kCatalogue;
}

struct Sources {
    Pipeline pipeline{};
    RunMetrics metrics{};
    WatermarkRows rows{};

    NodeMetrics& add(const char* id, Instant watermark) {
        Node node;
        node.id = id;
        node.type = "generator";
        pipeline.nodes.push_back(node);
        NodeMetrics& made = metrics.nodes[id];
        made.watermark = watermark;
        made.watermarkDelay = 2'000;
        return made;
    }
    static PartitionMetrics& partition(NodeMetrics& of, const std::string& name, Instant watermark,
                                       PartitionState state = PartitionState::Live) {
        PartitionMetrics& made = of.partitions.emplace_back();
        made.name = name;
        made.watermark = watermark;
        made.state = state;
        return made;
    }
    std::vector<WatermarkRow> told(const std::vector<HeldLane>& held = {}) {
        return rows.rowsOf(pipeline, catalogue(), metrics, held);
    }
};

}  // namespace

class TestWatermarkRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aSourceHasARowAndSoHasEachPartition() {
        Sources of;
        of.add("orders", 10'000);
        NodeMetrics& payments = of.add("payments", 7'000);
        Sources::partition(payments, "payments/0", 9'000);
        Sources::partition(payments, "payments/1", 7'000);
        const auto rows = of.told();
        QCOMPARE(rows.size(), std::size_t{3});
        QCOMPARE(rows[0].name, QStringLiteral("orders"));
        QCOMPARE(rows[0].newest, Instant{12'000});
        QVERIFY(!rows[0].slowest);
        QCOMPARE(rows[1].name, QStringLiteral("payments/0"));
        QVERIFY(rows[2].slowest);
        QCOMPARE(TimelineWords::remarkOf(rows[2], QTimeZone::utc()), QStringLiteral("slowest"));
    }

    void aSourceWithoutTimesHasNone() {
        Sources of;
        of.add("table", kMinTimestamp);
        QVERIFY(of.told().empty());
    }

    void theOneThatOthersWaitForSaysSo() {
        Sources of;
        NodeMetrics& payments = of.add("payments", 7'000);
        Sources::partition(payments, "payments/0", 9'000);
        Sources::partition(payments, "payments/1", 7'000);
        HeldLane held{QStringLiteral("Paid at once"), {}};
        held.hold.source = "payments";
        held.hold.partition = "payments/1";
        const auto rows = of.told({held});
        QVERIFY(rows[0].holds.isEmpty());
        QCOMPARE(rows[1].holds, QStringLiteral("Paid at once"));
        QCOMPARE(TimelineWords::remarkOf(rows[1], QTimeZone::utc()),
                 QStringLiteral("holds back “Paid at once”"));
    }

    void anIdleOneKeepsItsOwnWatermark() {
        Sources of;
        NodeMetrics& orders = of.add("orders", 5'000);
        PartitionMetrics& partition = Sources::partition(orders, "orders/3", 5'000);
        (void)of.told();
        partition.state = PartitionState::Idle;
        partition.watermark = 9'000;
        const auto rows = of.told();
        QCOMPARE(rows.front().own, Instant{5'000});
        QCOMPARE(rows.front().watermark, Instant{9'000});
        QCOMPARE(rows.front().newest, Instant{7'000});
        QVERIFY(TimelineWords::remarkOf(rows.front(), QTimeZone::utc())
                    .startsWith(QStringLiteral("idle, raised to ")));
    }

    void ofManyTheSlowestAndTheIdleAreListed() {
        Sources of;
        NodeMetrics& orders = of.add("orders", 1'000);
        for (int i = 0; i < 40; ++i)
            Sources::partition(orders, "orders/" + std::to_string(i), 10'000 + 10 * i);
        orders.partitions[20].state = PartitionState::Idle;
        orders.partitions[30].state = PartitionState::Disconnected;
        const auto rows = of.told();
        QCOMPARE(rows.size(), WatermarkRows::kSlowest + 3);
        QCOMPARE(rows[0].name, QStringLiteral("orders/0"));
        QCOMPARE(rows[2].name, QStringLiteral("orders/2"));
        QCOMPARE(rows[3].name, QStringLiteral("orders/20"));
        QCOMPARE(rows[4].name, QStringLiteral("orders/30"));
        QCOMPARE(rows[5].others, std::size_t{35});
        QCOMPARE(rows[5].within, Millis{360});
        QVERIFY(TimelineWords::nameOf(rows[5]).startsWith(QStringLiteral("+ 35 within ")));
    }

    void oneThatHasEndedIsPastAll() {
        Sources of;
        of.add("orders", kMaxTimestamp);
        const auto rows = of.told();
        QCOMPARE(rows.front().state, PartitionState::Ended);
        QCOMPARE(TimelineWords::clock(rows.front().watermark, QTimeZone::utc()), QStringLiteral("end"));
    }
};

QTEST_MAIN(TestWatermarkRows)
#include "test_watermark_rows.moc"
