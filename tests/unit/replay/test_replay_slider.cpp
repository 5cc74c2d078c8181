// A line of event time that a moment is chosen on, by itself: once for each time that it is let go.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <memory>

#include "widgets/session/scrub/replay_slider.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr Instant kNoon = 1'709'294'400'000;  // 2024-03-01 12:00:00
constexpr Instant kEnd = kNoon + 300'000;

class PaintCount : public QObject {
 public:
    int count = 0;

 protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) ++count;
        return false;
    }
};

}  // namespace

class TestReplaySlider : public QObject {
    Q_OBJECT

    std::unique_ptr<ReplaySlider> m_line;
    std::unique_ptr<QSignalSpy> m_chosen;

    QPoint placeOf(Instant moment) const { return {m_line->placeOf(moment), m_line->height() / 2}; }
    Instant chosen(int which) const { return m_chosen->at(which).at(0).value<Instant>(); }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_line.reset(); }
    void aDragIsOneChoice();
    void aClickIsOne();
    void escapeTakesItBack();
    void keysLeadIt();
    void theEndsAreItsEnds();
    void momentsAreRound();
    void hiddenItChoosesNothing();
    void itIsPaintedWhereItLooksDifferent();
    void itIsReadAloud();
    void aLineOfOneMoment();
};

void TestReplaySlider::init() {
    m_line = std::make_unique<ReplaySlider>();
    m_line->resize(640, 24);
    m_line->setShown({kNoon, kEnd, kNoon + 100'000, kNoon + 50'000, {kNoon + 60'000, kNoon + 200'000}});
    m_line->show();
    QVERIFY(QTest::qWaitForWindowActive(m_line.get(), 30'000));
    m_line->setFocus();
    m_chosen = std::make_unique<QSignalSpy>(m_line.get(), &ReplaySlider::chosen);
}

void TestReplaySlider::aDragIsOneChoice() {
    QSignalSpy moments(m_line.get(), &ReplaySlider::momentChanged);
    QTest::mousePress(m_line.get(), Qt::LeftButton, {}, placeOf(kNoon + 100'000));
    for (int second = 101; second <= 200; ++second)
        QTest::mouseMove(m_line.get(), placeOf(kNoon + second * 1'000));
    QVERIFY(m_line->isInHand());
    QVERIFY(moments.count() > 20);
    QCOMPARE(m_chosen->count(), 0);
    const Instant there = m_line->moment();
    QVERIFY(there > kNoon + 198'000 && there < kNoon + 202'000);
    // Signals of the replay meanwhile do not take it out of the hand.
    m_line->setShown({kNoon, kEnd, kNoon + 10'000, kNoon + 10'000, {}});
    QCOMPARE(m_line->moment(), there);
    QTest::mouseRelease(m_line.get(), Qt::LeftButton, {}, placeOf(there));
    QCOMPARE(m_chosen->count(), 1);
    QCOMPARE(chosen(0), there);
    QVERIFY(!m_line->isInHand());
    QCOMPARE(m_line->moment(), there);
}

void TestReplaySlider::aClickIsOne() {
    QTest::mouseClick(m_line.get(), Qt::LeftButton, {}, placeOf(kNoon + 250'000));
    QCOMPARE(m_chosen->count(), 1);
    QVERIFY(qAbs(chosen(0) - (kNoon + 250'000)) < 1'000);
    QTest::mouseClick(m_line.get(), Qt::RightButton, {}, placeOf(kNoon + 20'000));
    QCOMPARE(m_chosen->count(), 1);
}

void TestReplaySlider::escapeTakesItBack() {
    QTest::mousePress(m_line.get(), Qt::LeftButton, {}, placeOf(kNoon + 250'000));
    QTest::keyClick(m_line.get(), Qt::Key_Escape);
    QVERIFY(!m_line->isInHand());
    QTest::mouseRelease(m_line.get(), Qt::LeftButton, {}, placeOf(kNoon + 250'000));
    QCOMPARE(m_chosen->count(), 0);
    QCOMPARE(m_line->moment(), kNoon + 100'000);
    QTest::keyClick(m_line.get(), Qt::Key_Right);
    QTest::keyClick(m_line.get(), Qt::Key_Escape);
    QTest::qWait(2 * ReplaySlider::kSettleMillis);
    QCOMPARE(m_chosen->count(), 0);
}

void TestReplaySlider::keysLeadIt() {
    // Many of them are one choice.
    for (int i = 0; i < 5; ++i) QTest::keyClick(m_line.get(), Qt::Key_Right);
    QTest::keyClick(m_line.get(), Qt::Key_Left);
    QCOMPARE(m_chosen->count(), 0);
    QCOMPARE(m_line->moment(), kNoon + 104'000);
    QTRY_COMPARE(m_chosen->count(), 1);
    QCOMPARE(chosen(0), kNoon + 104'000);
    QTest::keyClick(m_line.get(), Qt::Key_PageUp);
    QCOMPARE(m_line->moment(), kNoon + 114'000);
    QTest::keyClick(m_line.get(), Qt::Key_PageDown);
    QTest::keyClick(m_line.get(), Qt::Key_PageDown);
    QCOMPARE(m_line->moment(), kNoon + 94'000);
    QTest::keyClick(m_line.get(), Qt::Key_Return);  // at once
    QCOMPARE(m_chosen->count(), 2);
    QCOMPARE(chosen(1), kNoon + 94'000);
    QTest::qWait(2 * ReplaySlider::kSettleMillis);
    QCOMPARE(m_chosen->count(), 2);
}

void TestReplaySlider::theEndsAreItsEnds() {
    QTest::keyClick(m_line.get(), Qt::Key_End);
    QCOMPARE(m_line->moment(), kEnd);
    QTest::keyClick(m_line.get(), Qt::Key_Right);
    QCOMPARE(m_line->moment(), kEnd);
    QTest::keyClick(m_line.get(), Qt::Key_Home);
    QTest::keyClick(m_line.get(), Qt::Key_PageDown);
    QCOMPARE(m_line->moment(), kNoon);
    QCOMPARE(m_line->momentAt(-50), kNoon);
    QCOMPARE(m_line->momentAt(5'000), kEnd);
    m_line->setShown({kNoon, kEnd, kNoon - 86'400'000, {}, {}});
    QVERIFY(m_line->placeOf(kNoon - 86'400'000) >= 0);
    QVERIFY(m_line->placeOf(kEnd + 86'400'000) < m_line->width());
}

/// Half a second to a pixel: a hand can lead it to tenths.
void TestReplaySlider::momentsAreRound() {
    for (int x = 20; x < 620; ++x) {
        const Instant moment = m_line->momentAt(x);
        QVERIFY2(moment % 100 == 0, std::to_string(moment).c_str());
        QVERIFY(qAbs(m_line->placeOf(moment) - x) <= 1);
    }
}

void TestReplaySlider::hiddenItChoosesNothing() {
    QTest::keyClick(m_line.get(), Qt::Key_Right);
    QVERIFY(m_line->isInHand());
    m_line->hide();
    QVERIFY(!m_line->isInHand());
    QTest::qWait(2 * ReplaySlider::kSettleMillis);
    QCOMPARE(m_chosen->count(), 0);
}

void TestReplaySlider::itIsPaintedWhereItLooksDifferent() {
    QCoreApplication::processEvents();
    PaintCount paints;
    m_line->installEventFilter(&paints);
    ReplaySlider::Shown shown = m_line->shown();
    for (int i = 0; i < 100; ++i) {
        *shown.reached += 1;  // less than a pixel, all together
        m_line->setShown(shown);
        QCoreApplication::processEvents();
    }
    QVERIFY2(paints.count <= 1, std::to_string(paints.count).c_str());
    paints.count = 0;
    *shown.reached += 100'000;
    m_line->setShown(shown);
    QTRY_VERIFY(paints.count > 0);
}

void TestReplaySlider::itIsReadAloud() {
    QAccessibleInterface* const spoken = QAccessible::queryAccessibleInterface(m_line.get());
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::Slider);
    QCOMPARE(spoken->text(QAccessible::Value), QStringLiteral("2024-03-01 12:01:40"));
    QAccessibleValueInterface* const value = spoken->valueInterface();
    QVERIFY(value);
    QCOMPARE(qRound(value->currentValue().toDouble()), 33);
    value->setCurrentValue(50);
    QCOMPARE(m_chosen->count(), 1);
    QCOMPARE(chosen(0), kNoon + 150'000);
    QCOMPARE(spoken->text(QAccessible::Value), QStringLiteral("2024-03-01 12:02:30"));
}

void TestReplaySlider::aLineOfOneMoment() {
    m_line->setShown({kNoon, kNoon, {}, {}, {kNoon}});
    QTest::mouseClick(m_line.get(), Qt::LeftButton, {}, QPoint(300, 12));
    QCOMPARE(m_chosen->count(), 1);
    QCOMPARE(chosen(0), kNoon);
    QTest::keyClick(m_line.get(), Qt::Key_PageUp);
    QCOMPARE(m_line->moment(), kNoon);
    m_line->grab();
}

QTEST_MAIN(TestReplaySlider)
#include "test_replay_slider.moc"
