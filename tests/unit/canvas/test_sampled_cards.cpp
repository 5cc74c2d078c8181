// What cards say of a sample: counts, the share that was kept, and where it was cut.
#include <QtWidgets/QtWidgets>

#include "tests/unit/canvas/painted_words.h"
#include "widgets/canvas/cards/sampled_live.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// By word, of a card's figures.
QHash<QString, QColor> coloursOf(const CardLive& live) {
    CardModel card;
    card.group = NodeGroup::Transform;
    const CardLayout layout = cardLayout(card);
    ColoursDevice device(layout.card.size().toSize());
    QPainter painter(&device);
    paintMetrics(painter, live, layout, card.group);
    painter.end();
    return device.colours();
}

}  // namespace

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

    void countsOfASampleHaveAnotherColourThanOfARun() {
        const Tokens& tokens = Theme::of().tokens();
        QVERIFY(tokens.accent != tokens.text && tokens.accent != tokens.dim);
        CardLive live;
        live.in = QStringLiteral("8");
        live.out = QStringLiteral("2");
        const QHash<QString, QColor> ofRun = coloursOf(live);
        live.sampled = true;
        const QHash<QString, QColor> sampled = coloursOf(live);
        for (const QString& figure : {live.in, live.out}) {
            QVERIFY2(ofRun.contains(figure) && sampled.contains(figure),
                     qPrintable(QStringList(sampled.keys()).join(u',')));
            QCOMPARE(ofRun.value(figure), tokens.text);
            QCOMPARE(sampled.value(figure), tokens.accent);
        }
        // And they are said to be of a sample.
        QVERIFY(sampled.contains(QStringLiteral("sample")) && !ofRun.contains(QStringLiteral("sample")));
    }

    void inARunTheShareStandsInWords() {
        const auto saysThat = [](double kept, const QString& share) {
            CardLive live;
            live.kept = kept;
            const QStringList words = coloursOf(live).keys();
            return std::any_of(words.begin(), words.end(), [&share](const QString& each) {
                return each.startsWith(QLatin1String("keeps")) && each.contains(share);
            });
        };
        QVERIFY(saysThat(0.88, QStringLiteral("88")));
        QVERIFY(saysThat(0, QStringLiteral("0")));
        QVERIFY(saysThat(1, QStringLiteral("100")));
        QVERIFY(saysThat(0.999, QStringLiteral(">99")));  // one that was dropped shows
        QVERIFY(!saysThat(-1, QString()));
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
