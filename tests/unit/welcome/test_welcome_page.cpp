// The welcome page: its offers, its requests, and how it finds room.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <set>

#include "widgets/document/editing/node_template.h"
#include "widgets/document/example_drop.h"
#include "widgets/theme/theme.h"
#include "widgets/welcome/demo_card.h"
#include "widgets/welcome/empty_card.h"
#include "widgets/welcome/list_card.h"
#include "widgets/welcome/welcome_page.h"

using namespace rw::ui;

namespace {

ListRow* rowCalled(const QWidget& page, const QString& name) {
    for (ListRow* row : page.findChildren<ListRow*>()) {
        if (row->text() == name) return row;
    }
    return nullptr;
}

/// Sends the events of a drag that comes in; tells whether it was accepted.
bool dragInto(QWidget& widget, QMimeData& data) {
    QDragEnterEvent event(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    event.ignore();
    QCoreApplication::sendEvent(&widget, &event);
    return event.isAccepted();
}

}  // namespace

class TestWelcomePage : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    RecentFiles m_recent;

 private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test"));
        QCoreApplication::setApplicationName(QStringLiteral("welcome"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }
    void init() { QSettings().clear(); }
    void demoRunsAtOnce();
    void theDemosButtonIsInSight();
    void examplesOpenWithoutRunning();
    void recentFilesAreNewestFirst();
    void startsEmptyOrFromCsv();
    void quickAddByKeyAndDoubleClick();
    void nodesDraggedInCallForTheCanvas();
    void oneColumnWhereTwoAreTooNarrow();
    void whatMostPeopleComeForIsInSight();
    void everythingIsReachedByTab();
};

void TestWelcomePage::demoRunsAtOnce() {
    WelcomePage page(m_recent);
    QSignalSpy wanted(&page, &WelcomePage::exampleRequested);
    page.findChild<DemoCard*>()->button()->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), examples().front().file);
    QCOMPARE(wanted[0][1].toBool(), true);
    int primary = 0;
    for (const QPushButton* button : page.findChildren<QPushButton*>())
        primary += button->property("role") == QLatin1String("primary");
    QCOMPARE(primary, 1);
}

/// In an ordinary window, however long the list of examples beside it is.
void TestWelcomePage::theDemosButtonIsInSight() {
    WelcomePage page(m_recent);
    page.resize(914, 733);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page, 30'000));
    const QPushButton* run = page.findChild<DemoCard*>()->button();
    const QRect place(run->mapTo(&page, QPoint()), run->size());
    QVERIFY2(page.rect().contains(place), qPrintable(QString::number(place.bottom())));
}

void TestWelcomePage::examplesOpenWithoutRunning() {
    WelcomePage page(m_recent);
    const std::vector<Example> all = examples();
    QVERIFY(all.size() > 1);
    for (std::size_t i = 1; i < all.size(); ++i) {
        ListRow* row = rowCalled(page, all[i].title);
        QVERIFY2(row != nullptr, qPrintable(all[i].title));
        QSignalSpy wanted(&page, &WelcomePage::exampleRequested);
        QTest::keyClick(row, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), all[i].file);
        QCOMPARE(wanted[0][1].toBool(), false);
    }
    QVERIFY(rowCalled(page, all[0].title) == nullptr);  // it has a card of its own
}

void TestWelcomePage::recentFilesAreNewestFirst() {
    RecentFiles recent;  // what it writes is written when it has gone
    WelcomePage page(recent);
    const auto names = [&page] {
        QStringList found;
        for (const ListRow* row : page.findChildren<ListRow*>()) {
            if (row->text().endsWith(QLatin1String(".rill"))) found << row->text();
        }
        return found;
    };
    for (const char* name : {"first.rill", "second.rill"}) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        recent.add(file.fileName());
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(names(), QStringList({QStringLiteral("second.rill"), QStringLiteral("first.rill")}));
    QSignalSpy wanted(&page, &WelcomePage::fileRequested);
    rowCalled(page, QStringLiteral("first.rill"))->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), m_folder.filePath(QStringLiteral("first.rill")));
}

void TestWelcomePage::startsEmptyOrFromCsv() {
    WelcomePage page(m_recent);
    QSignalSpy empty(&page, &WelcomePage::emptyRequested), csv(&page, &WelcomePage::csvRequested);
    const QList<QPushButton*> buttons = page.findChild<EmptyCard*>()->findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 2);
    buttons[0]->click();
    QCOMPARE(empty.size(), 1);
    QCOMPARE(csv.size(), 0);
    buttons[1]->click();
    QCOMPARE(csv.size(), 1);
}

void TestWelcomePage::quickAddByKeyAndDoubleClick() {
    WelcomePage page(m_recent);
    page.resize(1000, 800);
    page.show();
    QSignalSpy wanted(&page, &WelcomePage::quickAddRequested);
    QTest::keyClick(&page, Qt::Key_B);
    QTest::keyClick(&page, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(wanted.size(), 0);
    QTest::keyClick(&page, Qt::Key_A);
    QCOMPARE(wanted.size(), 1);
    QTest::mouseDClick(&page, Qt::LeftButton, {}, {4, 4});
    QCOMPARE(wanted.size(), 2);
    QTest::mouseDClick(&page, Qt::LeftButton, {}, page.findChild<DemoCard*>()->mapTo(&page, QPoint(9, 9)));
    QCOMPARE(wanted.size(), 2);  // on a card it is a slip
}

void TestWelcomePage::nodesDraggedInCallForTheCanvas() {
    WelcomePage page(m_recent);
    QSignalSpy dragged(&page, &WelcomePage::nodeDragged);
    QMimeData other;
    other.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/orders.csv"))});
    QVERIFY(!dragInto(page, other));  // the window takes files
    QCOMPARE(dragged.size(), 0);
    const std::unique_ptr<QMimeData> node = toMimeData({.type = "filter"});
    QVERIFY(!dragInto(page, *node));  // nor does the page take nodes: the canvas does
    QCOMPARE(dragged.size(), 1);
    const std::unique_ptr<QMimeData> example = exampleMimeData(examples().back());
    QVERIFY(!dragInto(page, *example));
    QCOMPARE(dragged.size(), 2);
}

void TestWelcomePage::oneColumnWhereTwoAreTooNarrow() {
    WelcomePage page(m_recent);
    page.show();
    const auto lefts = [&page] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        std::set<int> found;
        for (const QWidget* card : {static_cast<QWidget*>(page.findChild<DemoCard*>()),
                                    static_cast<QWidget*>(page.findChild<EmptyCard*>())})
            found.insert(card->mapTo(&page, QPoint()).x());
        for (const ListCard* card : page.findChildren<ListCard*>())
            found.insert(card->mapTo(&page, QPoint()).x());
        return found.size();
    };
    page.resize(1032, 800);
    QTRY_COMPARE(lefts(), std::size_t(2));
    page.resize(552, 800);
    QTRY_COMPARE(lefts(), std::size_t(1));
    page.resize(1032, 800);
    QTRY_COMPARE(lefts(), std::size_t(2));
}

void TestWelcomePage::whatMostPeopleComeForIsInSight() {
    for (int i = 0; i < 5; ++i) {
        QFile file(m_folder.filePath(QStringLiteral("%1.rill").arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        m_recent.add(file.fileName());
    }
    WelcomePage page(m_recent);
    page.resize(1032, 632);  // of the smaller screens
    page.show();
    const auto endOf = [&page](const QWidget* widget) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        return widget->mapTo(&page, widget->rect().bottomRight()).y();
    };
    QTRY_VERIFY2(endOf(page.findChild<EmptyCard*>()) < page.height(),
                 qPrintable(QString::number(endOf(page.findChild<EmptyCard*>()))));
    const ListRow* last = rowCalled(page, QStringLiteral("0.rill"));
    QVERIFY(last);
    QTRY_VERIFY2(endOf(last) < page.height(), qPrintable(QString::number(endOf(last))));
}

void TestWelcomePage::everythingIsReachedByTab() {
    WelcomePage page(m_recent);
    for (const QAbstractButton* button : page.findChildren<QAbstractButton*>())
        QVERIFY2(button->focusPolicy() & Qt::TabFocus, qPrintable(button->text()));
    QVERIFY(page.findChildren<QAbstractButton*>().size() >= static_cast<int>(examples().size()) + 3);
}

QTEST_MAIN(TestWelcomePage)
#include "test_welcome_page.moc"
