// Lines of watermarks: a source or its partitions, who holds others back, idle ones, and many; and how they
// are drawn.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_painter.h"
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

constexpr int kNamesEnd = 200, kTimes = 1'600;  // pixels: a second of event time lies on the latter

int xOf(Instant time) {
    return kNamesEnd + static_cast<int>(time * kTimes / 1'000);
}

QImage pictureOf(const WatermarkRow& mark) {
    const TimelineModel model;
    const Theme& theme = Theme::of();
    const TimelinePainter painting(theme, model, TimeScale{{0, 1'000}, kNamesEnd, kTimes});
    TimelineLine line;
    line.kind = TimelineLine::Kind::Watermark;
    line.mark = mark;
    const QRect room(0, 0, kNamesEnd + kTimes, TimelinePainter::heightOf(theme, line));
    QImage image(room.size(), QImage::Format_RGB32);
    image.fill(theme.tokens().panel);
    QPainter painter(&image);
    painting.paintLine(painter, room, line, theme.tokens().panel);
    return image;
}

bool isOf(const QImage& image, int x, int y, const QColor& color) {
    return image.pixelColor(x, y).rgb() == color.rgb();
}

int middleOf(const QImage& image) {
    return image.rect().center().y();
}

/// How often the colour begins anew along the middle of the line.
int piecesOf(const QImage& image, int from, int to, const QColor& color) {
    int pieces = 0;
    for (int x = from; x < to; ++x) {
        const bool is = isOf(image, x, middleOf(image), color);
        pieces += is && (x == from || !isOf(image, x - 1, middleOf(image), color)) ? 1 : 0;
    }
    return pieces;
}

/// Of which there are so many pixels above each other, at most.
int thicknessOf(const QImage& image, int from, int to, const QColor& color) {
    int most = 0;
    for (int x = from; x < to; ++x) {
        int high = 0;
        for (int y = 0; y < image.height(); ++y) high += isOf(image, x, y, color) ? 1 : 0;
        most = std::max(most, high);
    }
    return most;
}

/// The ground is seen in it, and not at its edges.
bool isRing(const QImage& image, int x) {
    const QColor ground = Theme::of().tokens().panel;
    const int y = middleOf(image);
    return isOf(image, x, y, ground) && !isOf(image, x - 3, y, ground) && !isOf(image, x + 2, y, ground) &&
           !isOf(image, x, y - 3, ground);
}

/// Pixels at the end of the names that are not the ground.
int signOf(const QImage& image) {
    int found = 0;
    for (int x = kNamesEnd - metrics::kGrid - metrics::kIconTiny; x < kNamesEnd - metrics::kGrid; ++x) {
        for (int y = 0; y < image.height(); ++y)
            found += isOf(image, x, y, Theme::of().tokens().panel) ? 0 : 1;
    }
    return found;
}

WatermarkRow markAt(Instant watermark) {
    WatermarkRow mark;
    mark.name = QStringLiteral("a");
    mark.watermark = watermark;
    return mark;
}

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

    /// At its newest row; the line ends at the watermark.
    void aRingIsWhereTheNewestRowIs() {
        WatermarkRow mark = markAt(500);
        const Tokens& t = Theme::of().tokens();
        for (const Instant newest : {610, 710}) {
            mark.newest = newest;
            const QImage picture = pictureOf(mark);
            QVERIFY(isRing(picture, xOf(newest)));
            QVERIFY(!isRing(picture, xOf(newest - 50)));
            QCOMPARE(piecesOf(picture, kNamesEnd + 2, xOf(500) - 4, t.wireIdle), 1);
            QCOMPARE(piecesOf(picture, xOf(500) + 4, xOf(newest) - 6, t.wireIdle), 0);
        }
    }

    /// Up to what others raised it to; its own time is a line as any other.
    void anIdleOneIsDottedUpToItsRaise() {
        WatermarkRow mark = markAt(600);
        mark.state = PartitionState::Idle;
        mark.own = 300;
        const QImage picture = pictureOf(mark);
        const QColor dim = Theme::of().tokens().dim;
        const int from = kNamesEnd + 2, own = xOf(300), raised = xOf(600);
        QCOMPARE(piecesOf(picture, from, own - 4, dim), 1);
        QVERIFY(piecesOf(picture, own + 4, raised - 4, dim) > 20);
        QVERIFY(thicknessOf(picture, from, own - 4, dim) > thicknessOf(picture, own + 4, raised - 4, dim));
        mark.state = PartitionState::Live;
        QCOMPARE(piecesOf(pictureOf(mark), own + 4, raised - 4, dim), 0);
    }

    void theHolderIsDashedAndHasAnHourglass() {
        WatermarkRow mark = markAt(500);
        const Tokens& t = Theme::of().tokens();
        const int from = kNamesEnd + 2, to = xOf(500) - 4;
        const QImage others = pictureOf(mark);
        QCOMPARE(piecesOf(others, from, to, t.accent), 0);
        QCOMPARE(signOf(others), 0);
        mark.holds = QStringLiteral("Sums");
        const QImage holder = pictureOf(mark);
        QVERIFY(piecesOf(holder, from, to, t.accent) > 10);
        QCOMPARE(piecesOf(holder, from, to, t.wireIdle), 0);
        QVERIFY2(signOf(holder) > 5, qPrintable(QString::number(signOf(holder))));
    }
};

QTEST_MAIN(TestWatermarkRows)
#include "test_watermark_rows.moc"
