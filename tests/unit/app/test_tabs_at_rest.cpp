// What nobody sees costs nothing: a tab that is not in front does no work again and again, nor does a window
// with many tabs in which nothing happens.
#include <algorithm>
#include <map>

#include "tests/unit/app/tabs/tabs_fixture.h"
#include "widgets/background/ticker.h"
#include "widgets/theme/metrics.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// Milliseconds; longer than any pace of the window, so that each comes at least once.
constexpr int kStretch = 3'500;
constexpr int kMostStretches = 12;  // what was begun before may go on for some of them

/// The work that the event loop does while the object lives: timers and painting anywhere, and calls to parts
/// of tabs that are not in front.
class Work : public QObject {
 public:
    explicit Work(const DocumentWindow& window) : m_window(window) { qApp->installEventFilter(this); }

    /// How often the timer came that came most.
    int mostTicks() const {
        int most = 0;
        for (const auto& [timer, count] : m_ticks) most = std::max(most, count);
        return most;
    }
    int paintsBehind() const { return m_paintsBehind; }
    QString words() const {
        QStringList all;
        for (const auto& [what, count] : m_done) all << QStringLiteral("%1 × %2").arg(count).arg(what);
        return all.join(QStringLiteral(", "));
    }

 protected:
    bool eventFilter(QObject* to, QEvent* event) override {
        switch (event->type()) {
            case QEvent::Timer:
                ++m_ticks[to];
                note("timer", *to);
                break;
            case QEvent::Paint:
                m_paintsBehind += isBehind(to) ? 1 : 0;
                note("paint", *to);
                break;
            case QEvent::MetaCall:
                if (isBehind(to)) note("call", *to);
                break;
            default:
                break;
        }
        return false;
    }

 private:
    bool isBehind(const QObject* part) const {
        for (; part != nullptr; part = part->parent()) {
            if (qobject_cast<const MainWindow*>(part) != nullptr) return part != &m_window.front();
        }
        return false;
    }
    void note(const char* what, const QObject& of) {
        const QObject* const owner = of.parent();
        ++m_done[QStringLiteral("%1 of %2 %3 in %4%5")
                     .arg(QLatin1String(what), QLatin1String(of.metaObject()->className()), of.objectName(),
                          QLatin1String(owner != nullptr ? owner->metaObject()->className() : "none"),
                          isBehind(&of) ? QStringLiteral(", behind") : QString())];
    }

    const DocumentWindow& m_window;
    std::map<const QObject*, int> m_ticks{};
    std::map<QString, int> m_done{};
    int m_paintsBehind = 0;
};

bool isLight(const QPixmap& picture) {
    const QImage mean = picture.toImage().scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return qGray(mean.pixel(0, 0)) > 127;
}

}  // namespace

class TestTabsAtRest : public QObject, private TabsFixture {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        startProgram();
        QApplication::setCursorFlashTime(0);  // it may blink
    }
    void init() {
        emptyHome();
        restart();
    }
    void cleanup() { program.reset(); }

    void twoTabsWithoutARun() {
        openTwo();
        edit(0);
        comesToRest();
        window().setFrontTab(0);
        comesToRest();
        document(0).undoStack().setIndex(0);
    }

    void twoTabsWhoseRunsHaveFinished() {
        open(writeShort(QStringLiteral("one.rill")));
        open(writeShort(QStringLiteral("two.rill")));
        QCOMPARE(window().count(), 2);
        finish(0);
        finish(1);
        comesToRest();
    }

    /// The run itself goes on at full speed, on threads of its own.
    void aRunBehindIsLookedAtSlowly() {
        openTwo();
        run(0);
        {
            QElapsedTimer stretch;
            stretch.start();
            const Work work(window());
            QTest::qWait(kStretch);
            QCOMPARE(work.paintsBehind(), 0);
            QVERIFY2(work.mostTicks() > 0, "The run is not looked at");
            QVERIFY2(work.mostTicks() <= stretch.elapsed() / RunSession::kSlowMillis + 2,
                     qPrintable(work.words()));
        }
        QCOMPARE(session(0).state(), State::Running);
        session(0).stop();
        QTRY_COMPARE(session(0).state(), State::Stopped);
        comesToRest();
    }

    // The canvas, the toolbar and the panels of a run rest; the run is looked at as one behind.
    void aMinimisedWindowIsLookedAtSlowly() {
        openTwo();
        run(1);
        QTRY_VERIFY(!ticking().isEmpty());
        minimise();
        QTRY_VERIFY2(ticking().isEmpty(), qPrintable(ticking()));
        {
            QElapsedTimer stretch;
            stretch.start();
            const QSignalSpy updates(&session(1), &RunSession::updated);
            QTest::qWait(kStretch);
            QVERIFY2(!updates.isEmpty(), "The run is not looked at");
            QVERIFY2(updates.size() <= stretch.elapsed() / RunSession::kSlowMillis + 2,
                     QByteArray::number(updates.size()).constData());
            QVERIFY2(ticking().isEmpty(), qPrintable(ticking()));
        }
        window().setFrontTab(0);  // a file that is opened from outside comes to front there
        window().setFrontTab(1);
        QVERIFY2(ticking().isEmpty(), qPrintable(ticking()));
        restoreWindow();
        QTRY_VERIFY(!ticking().isEmpty());
        minimise();
        QTRY_VERIFY2(ticking().isEmpty(), qPrintable(ticking()));
        session(1).stop();
        QTRY_COMPARE(session(1).state(), State::Stopped);
        restoreWindow();
        comesToRest();
    }

    void severalTabsFollowTheThemeAndRest() {
        constexpr int kTabs = 5;
        for (int i = 0; i < kTabs; ++i) open(writeShort(QStringLiteral("%1.rill").arg(i)));
        QCOMPARE(window().count(), kTabs);
        finish(kTabs / 2);

        const ThemeSettings before = program->preferences.look();
        const bool wasDark = Theme::of().isDark();
        QCOMPARE(isLight(window().front().grab()), !wasDark);
        program->preferences.toggleDark();
        QCOMPARE(Theme::of().isDark(), !wasDark);
        for (int i = 0; i < kTabs; ++i) {
            window().setFrontTab(i);
            QVERIFY2(isLight(tab(i).grab()) == wasDark, qPrintable(bar().tabText(i)));
        }

        ThemeSettings larger = program->preferences.look();
        larger.textZoomPercent = 150;
        program->preferences.setLook(larger);
        const int height = Theme::of().scaled(metrics::kStatusBarHeight);
        for (int i = 0; i < kTabs; ++i) QCOMPARE(tab(i).statusBar()->minimumHeight(), height);
        comesToRest();
        program->preferences.setLook(before);
    }

 private:
    /// The window manager has heard of it, too: what it says late would undo what follows.
    void minimise() const {
        window().showMinimized();
        if (QGuiApplication::platformName() == QLatin1String("xcb"))
            QTRY_VERIFY(!window().windowHandle()->isExposed());
        QVERIFY(window().isMinimized());
    }

    void restoreWindow() const {
        window().showNormal();
        QVERIFY(QTest::qWaitForWindowExposed(&window(), 30'000));
        QVERIFY(!window().isMinimized());
    }

    /// Whose tickers tick in the window; empty: none does.
    QString ticking() const {
        QStringList owners;
        for (const Ticker* ticker : window().findChildren<Ticker*>()) {
            if (ticker->isTicking()) owners << QLatin1String(ticker->parent()->metaObject()->className());
        }
        return owners.join(QStringLiteral(", "));
    }

    /// Sooner or later nothing at all happens for a stretch; work that comes again and again is in each.
    void comesToRest() const {
        QString last;
        for (int i = 0; i < kMostStretches; ++i) {
            const Work work(window());
            QTest::qWait(kStretch);
            last = work.words();
            if (last.isEmpty()) break;
        }
        QVERIFY2(last.isEmpty(), qPrintable(last));
        QVERIFY2(ticking().isEmpty(), qPrintable(ticking()));
        for (int i = 0; i < window().count(); ++i) {
            if (i == window().frontTab()) continue;
            for (const QTimer* timer : tab(i).findChildren<QTimer*>()) {
                const QByteArray owner = timer->parent()->metaObject()->className();
                QVERIFY2(timer->isSingleShot() || !timer->isActive(), owner.constData());
            }
        }
    }

    /// A pipeline file whose run ends by itself at once.
    QString writeShort(const QString& name) const {
        PipelineDocument made(program->catalogue);
        const NodeId source =
            made.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 500}}}, {});
        const NodeId chart = made.addNode({"histogram", Json{{"value", "n"}}}, {300, 0});
        made.connectPorts({source, "out"}, {chart, "in"});
        return made.saveAs(path(name)).ok() ? path(name) : QString();
    }

    void finish(int index) const {
        session(index).start();
        QTRY_COMPARE(session(index).state(), State::Finished);
        QCOMPARE(session(index).snapshot().metrics.sourceRows, std::uint64_t(500));
    }
};

QTEST_MAIN(TestTabsAtRest)
#include "test_tabs_at_rest.moc"
