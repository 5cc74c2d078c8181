// Every page, panel and form, full of long names and large numbers, in large text, at both
// scales and in both languages, as a picky reader sees it. The pages to look at are taken from the program.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/app/filled_window.h"
#include "tests/unit/app/words/cut_words.h"
#include "tests/unit/app/words/judged_words.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/pane.h"

using namespace rw;
using namespace rw::ui;

namespace {
/// Milliseconds in which a window that has changed is laid out; what is cut for longer is cut.
constexpr int kSettles = 30'000;
}  // namespace

class TestFilledPanes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void allIsReadable_data() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"en", "zh_CN"}) QTest::newRow(language) << QString::fromLatin1(language);
    }
    void allIsReadable() {
        QFETCH(QString, language);
        const int percent = isAtScaleTwo() ? 100 : 200;
        const FilledWindow fixture({1600, 960}, percent, language);
        QStringList faults;
        const auto note = [&](const QString& where, QWidget& root) {
            QStringList lines;
            const auto none = [&] {
                lines = wordFaults(root) + cutWords(root);
                return lines.isEmpty();
            };
            (void)QTest::qWaitFor(none, kSettles);
            for (const QString& line : std::as_const(lines)) faults << where + QStringLiteral(" — ") + line;
            leavePicture(*fixture.window,
                         QStringLiteral("filled_%1_%2_%3").arg(where, language).arg(percent));
        };
        const QList<Pane*> panes = fixture.panes();
        QVERIFY(!panes.isEmpty());
        for (Pane* pane : panes) {
            QTRY_VERIFY2(pane->isPresent(), pane->facts().id);
            fixture.open(*pane);
            QVERIFY2(pane->isOn(), pane->facts().id);
            note(QLatin1String(pane->facts().id), *fixture.window);
        }
        auto* inspector = fixture.window->findChild<Inspector*>();
        fixture.pane("pipeline")->opens()->trigger();
        for (const NodeId& node : {fixture.source, fixture.perMinute, fixture.sink}) {
            fixture.document().selection().set({node});
            FilledWindow::settle();
            for (QTabBar* tabs : inspector->findChildren<QTabBar*>()) {
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    FilledWindow::settle();
                    note(QString::fromStdString(node) + u'_' + QString::number(i), *inspector);
                }
                tabs->setCurrentIndex(0);
            }
        }
        faults.removeDuplicates();
        // A line each: a message of the test is cut where it is long.
        for (const QString& fault : std::as_const(faults)) qWarning().noquote() << fault;
        QCOMPARE(faults.size(), 0);
    }

    void allIsReadableAtScaleTwo() {
        if (isAtScaleTwo()) return;
        const QByteArray failure = failureAtScaleTwo({QStringLiteral("allIsReadable")});
        QVERIFY2(failure.isEmpty(), failure.constData());
    }

    // Else nothing of the above would be found.
    void aFaultIsFound() {
        for (const char* bad :
             {"1e+05", "0.123456789012345", "12 kB", "3\u2009MB", "1 rows", "of 1\u2009nodes"})
            QVERIFY2(!badFigures(QString::fromUtf8(bad)).isEmpty(), bad);
        for (const char* good :
             {"1 row", "12 400 rows", "11 rows", "1 s", "3.2 MiB", "0.1", "1.5 k", "1\u2009001 keys"})
            QVERIFY2(badFigures(QString::fromUtf8(good)).isEmpty(), good);
        QStandardItemModel model(1, 3);
        model.setHorizontalHeaderLabels({QStringLiteral("A head that is long"), QStringLiteral("n"), {}});
        model.setItem(0, 0, new QStandardItem(QStringLiteral("Articles that cost more than others")));
        model.setItem(0, 1, new QStandardItem(QStringLiteral("1234567890123")));
        QTableView view;
        view.setModel(&model);
        view.show();
        for (const int column : {0, 1}) view.setColumnWidth(column, 60);
        QStringList faults = wordFaults(view);
        for (const char* what : {"has 60 of", "is all that is seen", "has no tooltip", "is a cut figure"})
            QVERIFY2(faults.join(u'\n').contains(QLatin1String(what)), what);
        model.item(0, 0)->setToolTip(model.item(0, 0)->text());
        model.item(0, 1)->setToolTip(model.item(0, 1)->text());
        QVERIFY(!wordFaults(view).join(u'\n').contains(QLatin1String("has no tooltip")));
        for (const int column : {0, 1}) view.setColumnWidth(column, 600);
        QCOMPARE(wordFaults(view), QStringList());
        QLabel label(QStringLiteral("Words that have no room"));
        label.resize(40, 20);
        label.show();
        QVERIFY(wordFaults(label).join(u'\n').contains(QLatin1String("is cut")));
    }
};

QTEST_MAIN(TestFilledPanes)
#include "test_filled_panes.moc"
