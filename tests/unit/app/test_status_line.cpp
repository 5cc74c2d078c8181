// The status bar: its text on the selection.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/status_line.h"
#include "tests/unit/app/window_fixture.h"

using namespace rw;
using namespace rw::ui;

class TestStatusLine : public QObject {
    Q_OBJECT

    static QStringList words(const WindowFixture& fixture) {
        QStringList all;
        for (const QLabel* label : fixture.window->findChild<StatusLine*>()->findChildren<QLabel*>())
            all << label->text();
        return all;
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void selectedCommentsAreCounted() {
        const WindowFixture fixture;
        PipelineDocument& document = fixture.document();
        const NodeId node = document.addNode({.type = "filter"}, {});
        const NoteId first = document.addNote({"first", {}}), second = document.addNote({"second", {300, 0}});
        document.selection().set({node});
        QVERIFY(words(fixture).contains(QStringLiteral("1 node selected")));
        document.selection().set({first});
        QVERIFY(words(fixture).contains(QStringLiteral("1 comment selected")));
        document.selection().set({first, second});
        QVERIFY(words(fixture).contains(QStringLiteral("2 comments selected")));
        document.selection().set({node, first, second});
        QVERIFY(words(fixture).contains(QStringLiteral("1 node and 2 comments selected")));
        document.startEmpty();
    }
};

QTEST_MAIN(TestStatusLine)
#include "test_status_line.moc"
