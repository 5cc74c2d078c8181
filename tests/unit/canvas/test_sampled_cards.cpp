// What cards say of a sample: counts, the share that was kept, and where it was cut.
#include <QtTest/QtTest>

#include "widgets/canvas/cards/sampled_live.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestSampledCards : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void sourcesSayThatASampleWasCut() {
        LookedCounts counts;
        counts.out = 412;
        CardModel source;
        source.group = NodeGroup::Source;
        QCOMPARE(sampledLive(counts, source, false).out, QStringLiteral("412"));
        QCOMPARE(sampledLive(counts, source, true).out, QStringLiteral("first 412"));
        QCOMPARE(sampledLive(counts, source, true).in, QStringLiteral("—"));
    }

    void silentSourcesOfferToListen() {
        const LookedCounts none;
        CardModel source;
        source.group = NodeGroup::Source;
        QVERIFY(sampledLive(none, source, false, true).listens);
        QVERIFY(!sampledLive(none, source, false, false).listens);
        source.disabled = true;
        QVERIFY(!sampledLive(none, source, false, true).listens);
    }

    void othersTellTheShareThatTheyKept() {
        LookedCounts counts;
        counts.in = 8;
        counts.out = 2;
        CardModel filter;
        filter.group = NodeGroup::Transform;
        const CardLive live = sampledLive(counts, filter, true);
        QCOMPARE(live.in + u' ' + live.out, QStringLiteral("8 2"));
        QCOMPARE(live.kept, 0.25);
        counts.out.reset();
        QCOMPARE(sampledLive(counts, filter, true).out, QStringLiteral("—"));
    }
};

QTEST_MAIN(TestSampledCards)
#include "test_sampled_cards.moc"
