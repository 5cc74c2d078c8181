// The promises of every page and panel (widgets/pane/pane.h), tried on all that there are without knowing any.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "app/menus.h"
#include "app/pages.h"
#include "tests/unit/app/made_cluster.h"
#include "widgets/background/ticker.h"
#include "widgets/files/file_actions.h"
#include "widgets/help/help_window.h"
#include "widgets/pane/pane.h"
#include "widgets/shortcuts/shortcut_sheet.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct Busy {
    NodeId source, filter, chart;
};

/// The window with a cluster to deploy to, so that every pane is there, and in it a pipeline with late rows,
/// one problem and a chart.
struct PaneFixture : TargetsOnDisk, WindowFixture {
    PaneFixture() : TargetsOnDisk({madeFlink("staging")}) {
        (void)QTest::qWaitForWindowActive(window.get(), 30'000);
    }
    ~PaneFixture() {
        session().stop(StopMode::Discard);
        (void)QTest::qWaitFor([this] { return !session().isActive(); }, 20'000);
        document().startEmpty();
    }

    RunSession& session() const { return canvas().view().canvas().session(); }
    /// Waits until so many more pictures of the run were taken, one every RunSession::kFrameMillis.
    bool ranOn(std::uint64_t pictures) const {
        const RunSnapshot& snapshot = session().snapshot();
        const std::uint64_t last = snapshot.sequence + pictures;
        return QTest::qWaitFor([&] { return snapshot.sequence >= last; }, 20'000);
    }
    QList<Pane*> panes() const { return lastingPanes(); }
    /// One that replaces this pane in front when it is opened.
    Pane* other(const Pane* pane) const {
        for (Pane* each : panes()) {
            if (each != pane && each->parentWidget() == pane->parentWidget()) return each;
        }
        return nullptr;
    }
    Busy build() const {
        Busy busy;
        window->findChild<FileActions*>()->startEmpty();
        busy.source = document().addNode(
            {"generator", Json::parse(R"({"columns": ["ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'",
                                                      "n BIGINT = i"],
                                          "event_time": "ts", "rate": 500})")},
            {0, 0});
        busy.filter = document().addNode({"filter", Json{{"condition", "n % 2 = 0"}}}, {300, 0});
        busy.chart = document().addNode({"histogram", Json{{"value", "n"}}}, {600, 0});
        document().connectPorts({busy.source, "out"}, {busy.filter, "in"});
        document().connectPorts({busy.filter, "out"}, {busy.chart, "in"});
        return busy;
    }
    /// As a user would: values, titles, nodes that come and go, undo, the selection.
    void edit(const Busy& busy) const {
        document().setParam(busy.filter, "condition", "n % 3 = 0");
        document().setTitle(busy.chart, QStringLiteral("Thirds"));
        document().selection().set({busy.filter});
        const NodeId more = document().addNode({"histogram"}, {600, 300});
        document().remove({more});
        document().undoStack().undo();
        document().undoStack().undo();
        document().selection().set({busy.source});
    }
};

/// Counts the work of a pane: events of changed looks or of its own timers, and changed models.
class Watch : public QObject {
 public:
    explicit Watch(const Pane& pane) : m_pane(pane) {
        for (const auto* ticker : pane.findChildren<Ticker*>())
            connect(ticker, &Ticker::ticked, this, [this] { note("a ticker"); });
        for (const auto* view : pane.findChildren<QAbstractItemView*>()) {
            QAbstractItemModel* model = view->model();
            if (model == nullptr) continue;
            connect(model, &QAbstractItemModel::dataChanged, this, [this] { note("a model's data"); });
            connect(model, &QAbstractItemModel::modelReset, this, [this] { note("a model"); });
            connect(model, &QAbstractItemModel::rowsInserted, this, [this] { note("a model's rows"); });
            connect(model, &QAbstractItemModel::rowsRemoved, this, [this] { note("a model's rows"); });
        }
        qApp->installEventFilter(this);
    }
    QStringList seen{};

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        switch (event->type()) {
            case QEvent::Timer:
                // Those of Qt's scenes tidy up after themselves.
                if (!watched->isWidgetType() && qobject_cast<QTimer*>(watched) == nullptr) break;
                [[fallthrough]];
            case QEvent::LayoutRequest:
            case QEvent::UpdateRequest:
            case QEvent::Paint:
                if (belongs(watched)) note(watched->metaObject()->className() + describe(*event));
                break;
            default:
                break;
        }
        return false;
    }

 private:
    static QByteArray describe(const QEvent& event) {
        return ": " +
               QByteArray(QMetaEnum::fromType<QEvent::Type>().valueToKey(static_cast<int>(event.type())));
    }
    bool belongs(const QObject* object) const {
        while (object != nullptr && object != &m_pane) object = object->parent();
        return object != nullptr;
    }
    void note(const QByteArray& what) { seen << QString::fromLatin1(what); }

    const Pane& m_pane;
};

int colours(const QImage& image) {
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3) seen << image.pixel(x, y);
    }
    return static_cast<int>(seen.size());
}

bool hasHan(const QString& words) {
    static const QRegularExpression han(QStringLiteral("\\p{Han}"));
    return han.match(words).hasMatch();
}

QString letterOf(const QString& words) {
    return QKeySequence::mnemonic(words).toString();
}

}  // namespace

class TestPanes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void theyAreAllThere() {
        const PaneFixture fixture;
        QVERIFY(fixture.panes().size() >= 8);
        for (const Pane* pane : fixture.panes()) QVERIFY2(fixture.other(pane), pane->facts().id);
    }

    // Alt+N opens the N-th tab, whichever rooms the panels are of; Ctrl+N the N-th page.
    void tabsStandByTheirPlaces() {
        const PaneFixture fixture;
        const auto* panel = fixture.window->findChild<BottomPanel*>();
        const auto* tabs = panel->findChild<QTabBar*>();
        QSet<QPair<QWidget*, int>> places;
        QStringList titles;
        std::map<int, QString> panels;
        for (const Pane* pane : fixture.window->findChildren<Pane*>()) {
            const PaneFacts& facts = pane->facts();
            QVERIFY2(facts.place < PaneFacts::kLastPlace, facts.id);
            const QPair<QWidget*, int> place(pane->parentWidget(), facts.place);
            QVERIFY2(!places.contains(place), facts.id);
            places << place;
            const QString keys = QString::fromLatin1(facts.shortcut);
            if (!keys.isEmpty()) QCOMPARE(keys.right(1), QString::number(facts.place % 10));
            if (panel->isAncestorOf(pane)) panels[facts.place] = pane->tabTitle();
        }
        QVERIFY(panels.size() >= 9);
        for (const auto& each : panels) titles << each.second;
        QStringList shown;
        for (int i = 0; i < tabs->count(); ++i) shown << tabs->tabText(i);
        QCOMPARE(shown, titles);
    }

    // The subject of a pane may not be there: then nothing of the pane is.
    void anAbsentOneHasNeitherTabNorEntry() {
        const auto look = [](const WindowFixture& fixture, bool present) {
            auto* pane = fixture.window->findChild<Pane*>(QStringLiteral("jobs"));
            QCOMPARE(pane->isPresent(), present);
            QCOMPARE(pane->opens()->isVisible(), present);
            const auto* tabs = fixture.window->findChild<BottomPanel*>()->findChild<QTabBar*>();
            int seen = 0;
            for (int i = 0; i < tabs->count(); ++i)
                seen += tabs->isTabVisible(i) && tabs->tabText(i) == pane->tabTitle() ? 1 : 0;
            QCOMPARE(seen, present ? 1 : 0);
        };
        look(WindowFixture(), false);
        look(PaneFixture(), true);
    }

    // What comes over another panel by itself gives the dock back to that one.
    void theDockGoesBackToThePanelBefore() {
        struct Guest final : Pane {
            explicit Guest(const char* id) : Pane({.id = id, .icon = "info", .shortcut = ""}) {}
            QString title() const override { return QLatin1String(facts().id); }
            using Pane::setPresent;
        };
        auto *first = new Guest("first"), *second = new Guest("second"), *guest = new Guest("guest");
        guest->setPresent(false);
        BottomPanel dock({first, second, guest});
        dock.resize(600, 200);
        dock.show();
        dock.see(second);
        guest->setPresent(true);
        Q_EMIT guest->seeRequested();
        QCOMPARE(dock.chosen(), guest);
        guest->setPresent(false);
        QCOMPARE(dock.chosen(), second);
        // Nobody is sent away from what they chose meanwhile.
        guest->setPresent(true);
        dock.see(guest);
        dock.see(first);
        guest->setPresent(false);
        QCOMPARE(dock.chosen(), first);
    }

    // Its tab is there as long as it is open; the page before it comes back.
    void aPageThatCanBeClosedComesWhenItIsAskedFor() {
        const PaneFixture fixture;
        fixture.build();
        auto* page = fixture.window->findChild<Pane*>(QStringLiteral("what_if"));
        auto* results = fixture.window->findChild<Pane*>(QStringLiteral("results"));
        auto* tabs = fixture.window->findChild<Pages*>()->head()->findChild<QTabBar*>();
        int tab = -1;
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == page->tabTitle()) tab = i;
        }
        QVERIFY(tab >= 0 && !tabs->isTabVisible(tab));
        results->opens()->trigger();
        for (const bool byKey : {false, true}) {
            fixture.action(QStringLiteral("What if"))->trigger();
            QVERIFY(page->isOn() && tabs->isTabVisible(tab) && tabs->currentIndex() == tab);
            if (byKey) {
                QTest::keyClick(tabs, Qt::Key_Delete);
            } else {
                auto* close = qobject_cast<QToolButton*>(tabs->tabButton(tab, QTabBar::RightSide));
                QVERIFY(close->isVisible() && close->toolTip().startsWith(QStringLiteral("Close What if")));
                close->click();
            }
            QVERIFY(!page->isOn() && !tabs->isTabVisible(tab) && results->isOn());
        }
        // Others stay.
        QTest::keyClick(tabs, Qt::Key_Delete);
        QVERIFY(results->isOn());
    }

    // In front of the selection, which only the canvas and the inspector show.
    void helpIsOnThePageInFront() {
        const PaneFixture fixture;
        fixture.document().selection().set({fixture.build().filter});
        const auto asked = [&fixture] {
            fixture.action(QStringLiteral("Help on the selection"))->trigger();
            auto* help = fixture.window->findChild<HelpWindow*>();
            const QString page = help->page();
            help->close();
            return page;
        };
        QCOMPARE(asked(), QStringLiteral("nodes/filter"));
        for (const char* id : {"dashboard", "results", "what_if", "compare_versions"}) {
            fixture.window->findChild<Pane*>(QString::fromLatin1(id))->opens()->trigger();
            QCOMPARE(asked(), QString::fromLatin1(id));
        }
        fixture.window->findChild<Pane*>(QStringLiteral("pipeline"))->opens()->trigger();
        QCOMPARE(asked(), QStringLiteral("nodes/filter"));
    }

    void factsAreTheirOwn() {
        const PaneFixture fixture;
        QSet<QString> ids, keys;
        for (const ShortcutGroup& group :
             shortcutsOf(fixture.window->findChild<Menus*>()->registry(), *fixture.window)) {
            for (const ShortcutGroup::Line& line : group.lines) {
                QVERIFY2(!keys.contains(line.keys), qPrintable(line.keys + u' ' + line.text));
                keys << line.keys;
            }
        }
        QSet<QString> opened;
        for (Pane* pane : fixture.panes()) {
            const PaneFacts& facts = pane->facts();
            QVERIFY2(!ids.contains(QLatin1String(facts.id)), facts.id);
            ids << QLatin1String(facts.id);
            QVERIFY2(Theme::hasIcon(QString::fromLatin1(facts.icon)), facts.icon);
            if (QLatin1String(facts.shortcut) != QLatin1String()) {
                QVERIFY2(!opened.contains(QLatin1String(facts.shortcut)), facts.shortcut);
                opened << QLatin1String(facts.shortcut);
                QVERIFY2(keys.contains(QLatin1String(facts.shortcut)), facts.shortcut);
            }
            QCOMPARE(pane->opens()->shortcut().toString(), QLatin1String(facts.shortcut));
            for (const Pane::Entry& entry : pane->entries()) {
                const QString own = entry.action->shortcut()
                                        .toString(QKeySequence::NativeText)
                                        .replace(QLatin1String("Return"), QLatin1String("Enter"));
                QVERIFY2(own.isEmpty() || keys.contains(own), qPrintable(entry.action->text()));
            }
        }
    }

    void wordsAreTranslated() {
        PaneFixture fixture;
        QMap<QString, QString> english;
        const auto words = [&] {
            QMap<QString, QString> all;
            for (Pane* pane : fixture.panes()) {
                const QString id = QLatin1String(pane->facts().id);
                all[id] = pane->title();
                all[id + QStringLiteral(" entry")] = pane->opens()->text();
                for (std::size_t i = 0; i < pane->entries().size(); ++i)
                    all[id + QString::number(i)] = pane->entries()[i].action->text();
            }
            return all;
        };
        const auto back = qScopeGuard([&] { fixture.preferences.setLanguage(QStringLiteral("en")); });
        for (const bool chinese : {false, true}) {
            fixture.preferences.setLanguage(chinese ? QStringLiteral("zh_CN") : QStringLiteral("en"));
            QCoreApplication::sendPostedEvents();
            const QMap<QString, QString> all = words();
            for (auto each = all.begin(); each != all.end(); ++each) {
                QVERIFY2(hasHan(each.value()) == chinese, qPrintable(each.key() + u' ' + each.value()));
                QVERIFY2(!letterOf(each.value()).isEmpty(), qPrintable(each.key() + u' ' + each.value()));
            }
            QSet<QString> letters;
            for (Pane* pane : fixture.panes()) {
                QVERIFY2(!letters.contains(letterOf(pane->title())), qPrintable(pane->title()));
                letters << letterOf(pane->title());
                QCOMPARE(pane->opens()->text(), pane->title());
                QVERIFY(letterOf(pane->tabTitle()).isEmpty());
            }
        }
    }

    // By its keys, and by its entry; then it is on, its tools are there and it has drawn something.
    void eachIsOpened() {
        const PaneFixture fixture;
        fixture.build();
        for (Pane* pane : fixture.panes()) {
            Pane* other = fixture.other(pane);
            other->opens()->trigger();
            QVERIFY2(!pane->isOn() && other->isOn(), pane->facts().id);
            const QKeySequence keys(QLatin1String(pane->facts().shortcut));
            keys.isEmpty() ? pane->opens()->trigger() : QTest::keySequence(fixture.window.get(), keys);
            QVERIFY2(pane->isOn() && !other->isOn(), pane->facts().id);
            QVERIFY2(pane->tools() == nullptr || pane->tools()->isVisible(), pane->facts().id);
            QVERIFY2(other->tools() == nullptr || !other->tools()->isVisible(), pane->facts().id);
            QVERIFY2(pane->isVisible() && !other->isVisible(), pane->facts().id);
        }
    }

    // Not the next widget by chance: in the tool bar a space would pause the run.
    void thePageInFrontHasTheKeyboard() {
        const PaneFixture fixture;
        fixture.build();
        auto* pipeline = fixture.window->findChild<Pane*>(QStringLiteral("pipeline"));
        const auto has = [](const QWidget& area) {
            return &area == QApplication::focusWidget() || area.isAncestorOf(QApplication::focusWidget());
        };
        for (const char* id : {"dashboard", "results", "what_if", "compare_versions"}) {
            auto* page = fixture.window->findChild<Pane*>(QLatin1String(id));
            for (const char* from : {"pipeline", "log", "problems"}) {
                auto* left = fixture.window->findChild<Pane*>(QLatin1String(from));
                left->opens()->trigger();
                left->setFocus();
                QVERIFY2(has(*left), from);
                page->opens()->trigger();
                QVERIFY2(has(*page), from);
                pipeline->opens()->trigger();
                QVERIFY2(has(fixture.canvas()), from);
            }
        }
    }

    // Its content, be it words: not a table that is hidden behind them, nor the widget that had it before.
    void aPanelThatIsOpenedHasTheKeyboard() {
        const PaneFixture fixture;
        fixture.build();
        const auto* panels = fixture.window->findChild<BottomPanel*>();
        for (Pane* pane : fixture.panes()) {
            if (!panels->isAncestorOf(pane)) continue;
            fixture.canvas().view().setFocus();
            QVERIFY(fixture.canvas().view().hasFocus());
            pane->opens()->trigger();
            const QWidget* focus = QApplication::focusWidget();
            QVERIFY2(focus != nullptr && focus != pane && pane->isAncestorOf(focus), pane->facts().id);
            QVERIFY2(focus->isVisible(), pane->facts().id);
        }
    }

    // The keyboard stays where it is.
    void aFailureIsSeenAndTakesNoKeyboard() {
        const PaneFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        const NodeId rows = fixture.document().addNode(
            {"rows", Json::parse(R"({"columns": ["a INT"], "rows": [[1], [2]]})")}, {0, 0});
        const NodeId sink = fixture.document().addNode({"csv_sink", Json{{"path", "/dev/full"}}}, {300, 0});
        fixture.document().connectPorts({rows, "out"}, {sink, "in"});
        auto* problems = fixture.window->findChild<Pane*>(QStringLiteral("problems"));
        const auto* log = fixture.window->findChild<Pane*>(QStringLiteral("log"));
        problems->opens()->trigger();
        fixture.canvas().view().setFocus();
        QVERIFY(fixture.canvas().view().hasFocus());
        QVERIFY(!log->isOn());
        fixture.session().start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), RunSession::State::Failed, 20'000);
        QVERIFY(log->isOn());
        QVERIFY(fixture.canvas().view().hasFocus());
    }

    // None yet, an empty one, one with an error, one that runs, and another in the place of that.
    void eachLivesThroughEveryDocument() {
        PaneFixture fixture;
        const auto lookAtAll = [&](const char* when) {
            for (Pane* pane : fixture.panes()) {
                pane->opens()->trigger();
                QVERIFY2(pane->isOn(), pane->facts().id);
                QCoreApplication::processEvents();
                const int seen = colours(pane->grab().toImage());
                QVERIFY2(seen > 2,
                         qPrintable(QStringLiteral("%1: %2 shows nothing")
                                        .arg(QLatin1String(when), QLatin1String(pane->facts().id))));
            }
        };
        lookAtAll("no document");
        fixture.window->findChild<FileActions*>()->startEmpty();
        lookAtAll("an empty document");
        const Busy busy = fixture.build();
        fixture.document().setParam(busy.filter, "condition", "nothing > 1");
        QTRY_VERIFY(fixture.document().isValidated());
        lookAtAll("an error");
        fixture.document().setParam(busy.filter, "condition", "n > 1");
        fixture.session().start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session().snapshot().metrics.sourceRows > 100, 20'000);
        lookAtAll("a run");
        fixture.edit(busy);
        lookAtAll("edits of what runs");
        fixture.document().startEmpty();
        lookAtAll("another document");
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session().isActive(), 20'000);
    }

    void nothingIsDoneWhileOff_data() {
        QTest::addColumn<QString>("id");
        const PaneFixture fixture;
        for (const Pane* pane : fixture.panes())
            QTest::newRow(pane->facts().id) << QString::fromLatin1(pane->facts().id);
    }

    void nothingIsDoneWhileOff() {
        QFETCH(QString, id);
        PaneFixture fixture;
        const Busy busy = fixture.build();
        auto* pane = fixture.window->findChild<Pane*>(id);
        // It has been seen, with a run of another document.
        pane->opens()->trigger();
        fixture.session().start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session().snapshot().metrics.sourceRows > 100, 20'000);
        QVERIFY(fixture.ranOn(6));
        fixture.session().stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session().isActive(), 20'000);
        fixture.other(pane)->opens()->trigger();
        // Work under way comes to its end: of half a second nothing is seen.
        QVERIFY(QTest::qWaitFor(
            [&] {
                const Watch watch(*pane);
                QTest::qWait(500);
                return watch.seen.isEmpty();
            },
            20'000));
        {
            Watch watch(*pane);
            fixture.edit(busy);
            QTRY_VERIFY(fixture.document().isValidated());
            fixture.session().start();
            QTRY_VERIFY_WITH_TIMEOUT(fixture.session().snapshot().metrics.sourceRows > 300, 20'000);
            fixture.edit(busy);
            QTRY_VERIFY(fixture.document().isValidated());
            QVERIFY(fixture.ranOn(24));  // all that happens once a second has happened
            fixture.session().stop(StopMode::Discard);
            QTRY_VERIFY_WITH_TIMEOUT(!fixture.session().isActive(), 20'000);
            watch.seen.removeDuplicates();
            QVERIFY2(watch.seen.isEmpty(), qPrintable(watch.seen.join(u'\n')));
        }
        pane->opens()->trigger();
        QVERIFY(pane->isOn());
    }
};

QTEST_MAIN(TestPanes)
#include "test_panes.moc"
