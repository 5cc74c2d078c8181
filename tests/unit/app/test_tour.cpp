// The tour of the window: it comes when it is asked for, goes from part to part that is to be seen, stays
// beside its part, and is gone by Esc and at its end.
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/unit/app/window_fixture.h"
#include "widgets/files/file_actions.h"
#include "widgets/palette/palette.h"
#include "widgets/welcome/tour.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct TouredWindow : WindowFixture {
    Tour& tour() const { return *window->findChild<Tour*>(); }
    QString title() const { return tour().accessibleName(); }
    QPushButton& button(const char* words) const {
        for (QPushButton* each : tour().findChildren<QPushButton*>()) {
            if (each->text() == QLatin1String(words)) return *each;
        }
        qFatal("no such button");
        Q_UNREACHABLE();
    }
    void begin() const {
        action(QStringLiteral("Tour of the window"))->trigger();
        QVERIFY(tour().isVisible());
    }
    void openCanvas() const {
        window->findChild<FileActions*>()->startEmpty();
        QTRY_VERIFY(window->findChild<Palette*>()->isVisible());
    }
    QRect place() const { return tour().geometry(); }
};

}  // namespace

class TestTour : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void aWindowBeginsWithoutIt() {
        const TouredWindow shown;
        QVERIFY(!shown.tour().isVisible() && !shown.tour().isUnderWay());
    }

    void onlyTheFirstStartIsOne() {
        const QTemporaryDir folder;
        QSettings fresh(folder.filePath(QStringLiteral("fresh.ini")), QSettings::IniFormat);
        QVERIFY(isFirstStart(fresh));
        QVERIFY(!isFirstStart(fresh));
        QSettings used(folder.filePath(QStringLiteral("used.ini")), QSettings::IniFormat);
        used.setValue(QStringLiteral("window/geometry"), 1);
        QVERIFY(!isFirstStart(used));
    }

    void goesFromPartToPart() {
        const TouredWindow shown;
        shown.openCanvas();
        shown.begin();
        QCOMPARE(shown.title(), QStringLiteral("Nodes"));
        QVERIFY(!shown.button("Back").isEnabled());
        QStringList titles{shown.title()};
        while (shown.tour().isVisible() && titles.size() < 10) {
            for (QPushButton* each : shown.tour().findChildren<QPushButton*>()) {
                if (each->text() == QLatin1String("Next") || each->text() == QLatin1String("Done")) {
                    each->click();
                    break;
                }
            }
            if (shown.tour().isVisible()) titles << shown.title();
        }
        QCOMPARE(titles,
                 QStringList({"Nodes", "Canvas", "Run", "Data and problems", "Charts and results", "Help"}));
        QVERIFY(!shown.tour().isUnderWay());
    }

    void backGoesBackAndSkipEnds() {
        const TouredWindow shown;
        shown.openCanvas();
        shown.begin();
        shown.button("Next").click();
        QCOMPARE(shown.title(), QStringLiteral("Canvas"));
        shown.button("Back").click();
        QCOMPARE(shown.title(), QStringLiteral("Nodes"));
        shown.button("Skip").click();
        QVERIFY(!shown.tour().isVisible());
    }

    void escapeEndsItAndGivesTheKeyboardBack() {
        const TouredWindow shown;
        shown.openCanvas();
        QVERIFY(QTest::qWaitForWindowActive(shown.window.get(), 30'000));
        shown.canvas().view().setFocus();
        shown.begin();
        QVERIFY(shown.button("Next").hasFocus());
        QTest::keyClick(&shown.button("Next"), Qt::Key_Escape);
        QVERIFY(!shown.tour().isVisible());
        QVERIFY(shown.canvas().view().hasFocus());
    }

    void whatIsHiddenIsLeftOut() {
        const TouredWindow shown;
        shown.begin();  // on the welcome page there is no canvas
        QCOMPARE(shown.title(), QStringLiteral("Begin here"));
        shown.button("Next").click();
        QCOMPARE(shown.title(), QStringLiteral("Nodes"));
        shown.button("Next").click();
        QVERIFY(shown.title() != QStringLiteral("Canvas"));
        shown.button("Back").click();
        shown.button("Back").click();
        QCOMPARE(shown.title(), QStringLiteral("Begin here"));
        // Once there is a canvas the welcome page is gone, and the tour goes on.
        shown.openCanvas();
        QTRY_COMPARE(shown.title(), QStringLiteral("Nodes"));
        shown.action(QStringLiteral("Side panels"))->trigger();
        QTRY_COMPARE(shown.title(), QStringLiteral("Canvas"));
    }

    void staysBesideItsPart() {
        const TouredWindow shown;
        shown.openCanvas();
        shown.begin();
        const auto* palette = shown.window->findChild<Palette*>();
        const auto beside = [&shown, palette] {
            const int right = palette->mapTo(shown.window.get(), palette->rect().bottomRight()).x();
            return shown.place().left() > right && shown.window->rect().contains(shown.place());
        };
        QTRY_VERIFY(beside());
        shown.window->resize(shown.window->width() - 120, shown.window->height() - 90);
        QTRY_VERIFY(beside());
        // Help is the last menu of the bar: the call-out stands under it, whole.
        for (int i = 0; i < 5; ++i) shown.button("Next").click();
        QCOMPARE(shown.title(), QStringLiteral("Help"));
        QTRY_VERIFY(shown.window->rect().contains(shown.place()));
        leavePicture(*shown.window, QStringLiteral("tour"));
    }

    void theWindowCanBeUsedMeanwhile() {
        const TouredWindow shown;
        shown.openCanvas();
        shown.begin();
        QVERIFY(!shown.tour().isModal() && QApplication::activeModalWidget() == nullptr);
        shown.canvas().addBesideSelection({"filter"});
        QCOMPARE(shown.document().pipeline().nodes.size(), std::size_t{1});
        QVERIFY(shown.tour().isVisible());
    }

    /// As the title of a menu that is folded away: the part that it would be in is meant.
    void aPlaceThatIsNotThereIsTheWholePart() {
        QWidget window;
        window.resize(800, 600);
        QWidget part(&window);
        part.setGeometry(40, 60, 200, 30);
        Tour tour({{[&part] { return &part; }, [] { return QRect(); }, [] { return QStringLiteral("Part"); },
                    [] { return QStringLiteral("Words"); }}},
                  &window);
        window.show();
        tour.start();
        QVERIFY(tour.isUnderWay());
        bool surrounded = false;
        for (const QWidget* each : window.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            surrounded = surrounded || (each != &part && each->geometry() == part.geometry());
        QVERIFY(surrounded);
    }
};

QTEST_MAIN(TestTour)
#include "test_tour.moc"
