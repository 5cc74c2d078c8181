// Tabs of the dock for which there is no room fold into a menu behind the others, where they can be opened.
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/pane/pane.h"

using namespace rw;
using namespace rw::ui;

namespace {

class Guest final : public Pane {
 public:
    explicit Guest(const char* id) : Pane({.id = id, .icon = "info", .shortcut = ""}) {}
    QString title() const override { return QStringLiteral("Panel %1").arg(QLatin1String(facts().id)); }
    using Pane::setPresent;
};

struct Dock {
    QWidget window;  // the size of one itself is also the X server's, which may answer late
    std::vector<Guest*> guests;
    std::unique_ptr<BottomPanel> dock;

    Dock() {
        for (const char* id : {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"})
            guests.push_back(new Guest(id));
        dock = std::make_unique<BottomPanel>(std::vector<Pane*>(guests.begin(), guests.end()));
        dock->setParent(&window);
        window.resize(1'400, 240);
        dock->resize(window.size());
        dock->show();
        window.show();
        settle();
    }
    void settle() const {
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
    }
    void setWidth(int width) const {
        dock->resize(width, 240);
        settle();
    }
    QTabBar& tabs() const { return *dock->findChild<QTabBar*>(); }
    QToolButton& more() const { return *dock->findChild<QToolButton*>(QStringLiteral("morePanels")); }
    /// The panels that have a tab, and those that stand in the menu.
    QStringList shown() const {
        QStringList names;
        for (int i = 0; i < tabs().count(); ++i) {
            if (tabs().isTabVisible(i)) names << tabs().tabText(i);
        }
        return names;
    }
    QStringList folded() const {
        QStringList names;
        for (const QAction* action : more().menu()->actions()) names << action->text().remove(u'&');
        return names;
    }
    QStringList all() const {
        QStringList names;
        for (const Guest* guest : guests) names << guest->tabTitle();
        return names;
    }
};

}  // namespace

class TestFoldedTabs : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { startProgram(); }

    void whereThereIsRoomNoneIsFolded() {
        const Dock of;
        QCOMPARE(of.shown(), of.all());
        QVERIFY(!of.more().isVisible());
    }

    /// Before the one in front, too: the tabs were moved aside for it.
    void aTabThatComesBackIsInSight() {
        const Dock of;
        for (const int place : {0, 3, 7}) {
            Guest* const guest = of.guests[static_cast<std::size_t>(place)];
            of.dock->see(of.guests[1]);
            of.settle();
            of.dock->see(guest);
            of.settle();
            guest->setPresent(false);
            of.settle();
            guest->setPresent(true);
            of.settle();
            QCOMPARE(of.shown(), of.all());
            QVERIFY2(of.tabs().rect().contains(of.tabs().tabRect(0)), qPrintable(guest->tabTitle()));
            QVERIFY2(of.tabs().rect().contains(of.tabs().tabRect(7)), qPrintable(guest->tabTitle()));
        }
    }

    void theLastOnesFoldIntoAMenuBehindTheTabs() {
        const Dock of;
        of.setWidth(400);
        QVERIFY(of.more().isVisible());
        QVERIFY(!of.folded().isEmpty());
        // Each panel is in one of both, the order stays.
        QCOMPARE(of.shown() + of.folded(), of.all());
        QVERIFY(of.more().mapTo(of.dock.get(), QPoint()).x() >=
                of.tabs().mapTo(of.dock.get(), QPoint()).x() +
                    of.tabs().tabRect(static_cast<int>(of.shown().size()) - 1).right());
        QVERIFY(of.dock->rect().contains(QRect(of.more().mapTo(of.dock.get(), QPoint()), of.more().size())));
        of.setWidth(1'400);
        QCOMPARE(of.shown(), of.all());
        QVERIFY(!of.more().isVisible());
    }

    void theOneThatIsOpenedThereHasATab() {
        const Dock of;
        of.setWidth(400);
        Guest* const last = of.guests.back();
        QVERIFY(of.folded().contains(last->tabTitle()));
        of.more().menu()->actions().back()->trigger();
        of.settle();
        QCOMPARE(of.dock->chosen(), last);
        QVERIFY(of.shown().contains(last->tabTitle()));
        QVERIFY(!of.folded().contains(last->tabTitle()));
        QVERIFY(last->isVisible());
        // Others made room for it.
        QCOMPARE(of.shown().size() + of.folded().size(), of.all().size());
    }

    void aPanelThatIsNotThereIsInNeither() {
        const Dock of;
        of.guests.back()->setPresent(false);
        of.setWidth(400);
        QVERIFY(!of.folded().contains(of.guests.back()->tabTitle()));
        QVERIFY(!of.shown().contains(of.guests.back()->tabTitle()));
    }
};

QTEST_MAIN(TestFoldedTabs)
#include "test_folded_tabs.moc"
