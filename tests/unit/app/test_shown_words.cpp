// What others wrote — titles, data, names of targets, jobs and files — is shown, heard and hovered without
// characters that command a terminal or turn the words around them: in every pane, form and dialog that
// there is.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/clusters/cluster_commands.h"
#include "tests/unit/app/filled_window.h"
#include "tests/unit/app/raw_words.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/pane.h"
#include "widgets/settings/preferences_dialog.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Turns what stands around it to the left, and is ESC [ to a terminal; with & and a line end.
const QString kMark = QStringLiteral(" & \u202Ecod\u009B31m");

QString lines(QStringList raw) {
    raw.removeDuplicates();
    return raw.join(u'\n');
}

}  // namespace

class TestShownWords : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void ofEveryPane() {
        FilledWindow fixture(kMark);
        QStringList raw;
        int seen = 0;
        for (Pane* pane : fixture.window->findChildren<Pane*>()) {
            const QString trouble = fixture.fill(*pane);
            QVERIFY2(trouble.isEmpty(), qPrintable(pane->title() + QStringLiteral(": ") + trouble));
            for (QMenu* menu : fixture.window->findChildren<QMenu*>()) Q_EMIT menu->aboutToShow();
            raw << rawWords(*fixture.window);
            ++seen;
        }
        QVERIFY(seen >= 11);
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    void ofEveryForm() {
        const FilledWindow fixture(kMark);
        fixture.window->findChild<Pane*>(QStringLiteral("pipeline"))->opens()->trigger();
        const QString words = QStringLiteral("MAX(amount) AS `most") + kMark + u'`';
        fixture.document().setParam(fixture.perMinute, "aggregates", Json{words.toStdString()});
        auto* inspector = fixture.window->findChild<Inspector*>();
        QStringList raw;
        for (const Node& node : fixture.document().pipeline().nodes) {
            fixture.document().selection().set({node.id});
            FilledWindow::settle();
            raw << rawWords(*inspector);
        }
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    void ofTheTargets() {
        const FilledWindow fixture(kMark);
        fixture.action(QStringLiteral("Preferences…"))->trigger();
        auto* dialog = fixture.window->findChild<PreferencesDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* list = dialog->findChild<QListWidget*>(QStringLiteral("targets"));
        QStringList raw = rawWords(*dialog);
        list->setCurrentRow(1);
        dialog->findChild<QPushButton*>(QStringLiteral("test_connection"))->click();
        raw << rawWords(*dialog);
        dialog->findChild<QPushButton*>(QStringLiteral("remove_target"))->click();
        FilledWindow::settle();
        raw << rawWords(*dialog);
        dialog->close();
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    // Else nothing of the above would be found.
    void aRawWordIsFound() {
        QWidget window;
        QLabel label(QStringLiteral("raw\u202E"), &window);
        QLabel fine(QStringLiteral("two\nlines"), &window);
        QCOMPARE(rawWords(window).size(), 1);
        label.clear();
        window.setToolTip(QStringLiteral("\u009B31m"));
        QCOMPARE(rawWords(window).size(), 1);
    }
};

QTEST_MAIN(TestShownWords)
#include "test_shown_words.moc"
