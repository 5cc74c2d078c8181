// What is done again and again is done while a person may see what it is for, and while there is anything to
// do.
#include <QStackedWidget>
#include <QTimer>
#include <QWindow>
#include <QtTest/QtTest>
#include <algorithm>
#include <functional>
#include <set>

#include "widgets/background/ticker.h"

using namespace rw::ui;

namespace {

constexpr int kRate = 10;  // milliseconds

/// A window with a part that ticks, and a clock beside it that goes on.
struct Ticking {
    QWidget window{};
    QWidget* part = new QWidget(&window);
    Ticker* ticker = new Ticker(*part, kRate);
    QObject owner{};
    Ticker clock{owner, kRate};
    int ticks = 0, time = 0;

    Ticking() {
        window.resize(300, 200);
        QObject::connect(ticker, &Ticker::ticked, &window, [this] { ++ticks; });
        QObject::connect(&clock, &Ticker::ticked, &window, [this] { ++time; });
        clock.setNeeded(true);
    }
    void show() {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window, 30'000));
    }
    /// The window manager has heard of it, too: what it says late would undo what follows.
    void minimise() {
        window.showMinimized();
        if (QGuiApplication::platformName() == QLatin1String("xcb"))
            QTRY_VERIFY(!window.windowHandle()->isExposed());
        QVERIFY(window.isMinimized());
    }
    void restore() {
        window.showNormal();
        QVERIFY(QTest::qWaitForWindowExposed(&window, 30'000));
        QVERIFY(!window.isMinimized());
    }
    /// Whether it ticks while the clock beside it goes on.
    bool ticksOn() {
        const int ticksBefore = ticks, end = time + 4;
        if (!QTest::qWaitFor([this, end] { return time >= end; }, 30'000)) qFatal("The clock stands");
        return ticks > ticksBefore;
    }
};

/// The timers that wake the program at the rate.
class Wakings : public QObject {
 public:
    Wakings() { qApp->installEventFilter(this); }
    std::set<const QObject*> timers{};

 protected:
    bool eventFilter(QObject* to, QEvent* event) override {
        const auto* timer = qobject_cast<const QTimer*>(to);
        if (event->type() == QEvent::Timer && timer != nullptr && timer->interval() == kRate)
            timers.insert(timer);
        return false;
    }
};

}  // namespace

class TestTicker : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void itTicksWhileItIsNeededAndSeen() {
        Ticking t;
        t.ticker->setNeeded(true);
        QVERIFY(!t.ticker->isSeen() && !t.ticker->isTicking());
        QVERIFY(!t.ticksOn());
        t.show();
        QVERIFY(t.ticker->isTicking() && t.ticksOn());
        t.ticker->setNeeded(false);
        QVERIFY(t.ticker->isSeen() && !t.ticker->isTicking());
        QVERIFY(!t.ticksOn());
        t.ticker->setNeeded(true);
        QVERIFY(t.ticker->isTicking() && t.ticksOn());
        t.window.hide();
        QVERIFY(!t.ticker->isSeen() && !t.ticker->isTicking());
        QVERIFY(!t.ticksOn());
        // What ends while it is hidden does not go on when it is seen.
        t.ticker->setNeeded(false);
        t.show();
        QVERIFY(t.ticker->isSeen() && !t.ticker->isTicking());
    }

    void aPartThatIsMadeInSightIsSeen() {
        Ticking t;
        t.show();
        Ticker late(*t.part, kRate);
        late.setNeeded(true);
        QVERIFY(late.isSeen() && late.isTicking());
    }

    void aPageBehindRests() {
        QStackedWidget pages;
        auto *front = new QWidget, *behind = new QWidget;
        pages.addWidget(front);
        pages.addWidget(behind);
        Ticker one(*front, kRate), two(*behind, kRate);
        one.setNeeded(true);
        two.setNeeded(true);
        pages.show();
        for (int i = 0; i < 3; ++i) {
            pages.setCurrentWidget(front);
            QVERIFY(one.isTicking() && !two.isTicking());
            pages.setCurrentWidget(behind);
            QVERIFY(!one.isTicking() && two.isTicking());
        }
    }

    // Its widgets stay visible for Qt.
    void aMinimisedWindowRests() {
        Ticking t;
        t.ticker->setNeeded(true);
        t.show();
        for (int i = 0; i < 2; ++i) {
            t.minimise();
            QVERIFY(t.part->isVisible());
            QVERIFY(!t.ticker->isSeen() && !t.ticksOn());
            t.restore();
            QTRY_VERIFY(t.ticker->isSeen() && t.ticksOn());
        }
    }

    void whatIsShownInAMinimisedWindowWaitsForIt() {
        Ticking t;
        t.ticker->setNeeded(true);
        t.part->hide();
        t.show();
        t.minimise();
        t.part->show();
        QVERIFY(t.part->isVisible() && !t.ticker->isTicking());
        t.restore();
        QTRY_VERIFY(t.ticker->isTicking());
    }

    void theOwnerOfAnotherDecidesAlone() {
        QObject owner;
        Ticker ticker(owner, kRate);
        QVERIFY(ticker.isSeen() && !ticker.isTicking());
        ticker.setNeeded(true);
        QVERIFY(ticker.isTicking());
        ticker.setNeeded(false);
        QVERIFY(!ticker.isTicking());
    }

    void allOfARateWakeTogether() {
        Ticking one, two;
        one.ticker->setNeeded(true);
        two.ticker->setNeeded(true);
        one.show();
        two.show();
        const Wakings wakings;
        QVERIFY(one.ticksOn() && two.ticksOn());
        QCOMPARE(wakings.timers.size(), std::size_t(1));
    }

    void theLastOneStopsTheTimer() {
        const auto wakes = [] {
            const auto timers = qApp->findChildren<QTimer*>(QStringLiteral("every %1 ms").arg(kRate));
            return std::any_of(timers.begin(), timers.end(), std::mem_fn(&QTimer::isActive));
        };
        {
            Ticking t;
            QVERIFY(wakes());
        }
        QVERIFY(!wakes());
    }

    void itMayEndAtItsTick() {
        Ticking t;
        t.ticker->setNeeded(true);
        int ends = 0;
        connect(t.ticker, &Ticker::ticked, this, [&] {
            ++ends;
            t.ticker->setNeeded(false);
        });
        t.show();
        QTRY_COMPARE(ends, 1);
        QVERIFY(!t.ticksOn());
        QCOMPARE(ends, 1);
        // And so may the last of its rate, and begin anew.
        t.clock.setNeeded(false);
        t.ticker->setNeeded(true);
        QTRY_COMPARE(ends, 2);
        t.ticker->setNeeded(true);
        QTRY_COMPARE(ends, 3);
    }
};

QTEST_MAIN(TestTicker)
#include "test_ticker.moc"
