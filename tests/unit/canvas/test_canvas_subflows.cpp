// The card of a subflow: its ports are those of its file, and a double click shows it from inside; and nodes
// that become one.
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

#include "core/pipeline/json/json.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/group_dialog.h"
#include "widgets/canvas/level/level_page.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasSubflows : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string part(const QByteArray& output) const {
        QFile file(m_folder.filePath(QStringLiteral("part.rill")));
        if (!file.open(QIODevice::WriteOnly)) qFatal("can't write");
        file.write(R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["n INT"]}},
            {"id":")json" +
                   output + R"json(","type":"subflow_output"}],"wires":[{"from":"rows","to":")json" + output +
                   R"json("}]})json");
        return file.fileName().toStdString();
    }
    static QStringList portsOf(const CanvasFixture& fixture, const NodeId& node) {
        QStringList names;
        for (const CardPort& port : fixture.canvas.view().canvas().node(node)->card().ports)
            names << QString::fromStdString(port.name);
        return names;
    }

    /// Numbers through two filters into a table, saved in a folder.
    struct Saved {
        explicit Saved(const QString& file) {
            numbers = fixture.add("rows", "Numbers", {0, 200}, R"({"columns":["n INT"],"rows":[[1],[5]]})");
            few = fixture.add("filter", "Few", {300, 200}, R"({"condition":"n > 1"})");
            fewer = fixture.add("filter", "Fewer", {600, 200}, R"({"condition":"n > 2"})");
            table = fixture.add("table_view", "Table", {900, 200});
            fixture.wire({numbers, "out"}, {few, "in"});
            fixture.wire({few, "out"}, {fewer, "in"});
            fixture.wire({fewer, "out"}, {table, "in"});
            if (!file.isEmpty() && !fixture.document.saveAs(file).ok()) qFatal("can't save");
            fixture.show();
            fixture.waitForChecks();
        }
        CanvasFixture fixture;
        NodeId numbers, few, fewer, table;
    };
    /// Answers the next dialog of that class.
    template <class Dialog>
    static void whenAsked(std::function<void(Dialog&)> answer) {
        auto* timer = new QTimer(qApp);
        connect(timer, &QTimer::timeout, timer, [timer, answer] {
            auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            timer->deleteLater();
            timer->stop();
            answer(*dialog);
        });
        timer->start(20);
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void portsFollowTheFile() {
        CanvasFixture fixture;
        fixture.show();
        const NodeId sub = fixture.add("subflow", "Part", {200, 200});
        QCOMPARE(portsOf(fixture, sub), QStringList({"in", "out"}));
        fixture.document.setParam(sub, "file", part("kept"));
        QTRY_COMPARE(portsOf(fixture, sub), QStringList({"rows", "kept"}));
        const NodeId table = fixture.add("table_view", "Table", {600, 200});
        fixture.wire({sub, "kept"}, {table, "in"});
        // The wire keeps its port until the user mends it.
        part("left");
        fixture.document.revalidate();
        QTRY_COMPARE(portsOf(fixture, sub), QStringList({"rows", "left", "kept"}));
    }

    void aDoubleClickOpensTheLevel() {
        CanvasFixture fixture;
        fixture.show();
        const NodeId sub = fixture.add("subflow", "Part", {200, 200});
        LevelPage& level = fixture.canvas.level();
        QSignalSpy settings(&fixture.canvas, &CanvasWidget::nodeActivated);
        const auto doubleClick = [&] {
            const QPoint at = fixture.titleOf(sub) + QPoint(0, 40);
            QTest::mouseDClick(fixture.viewport(), Qt::LeftButton, Qt::NoModifier, at);
        };
        doubleClick();
        QCOMPARE(settings.count(), 1);  // there is none yet
        fixture.document.setParam(sub, "file", part("kept"));
        fixture.waitForChecks();
        doubleClick();
        QCOMPARE(level.graph().subflow, sub);
        level.open({});
        QCOMPARE(settings.count(), 1);
        QMenu menu;
        fixture.canvas.actions().fillMenu(menu, {.item = ItemRef(sub)});
        QAction* open = nullptr;
        for (QAction* action : menu.actions()) {
            if (action->text() == QStringLiteral("Open &subflow")) open = action;
        }
        QVERIFY(open != nullptr);
        open->trigger();
        QCOMPARE(level.graph().subflow, sub);
    }

    void nodesBecomeASubflowAndComeBack() {
        QTemporaryDir folder;
        Saved saved(folder.filePath(QStringLiteral("whole.rill")));
        PipelineDocument& document = saved.fixture.document;
        const Pipeline before = document.pipeline();
        document.selection().set({saved.few, saved.fewer});
        QSignalSpy told(&saved.fixture.canvas, &CanvasWidget::told);
        whenAsked<GroupDialog>([](GroupDialog& dialog) {
            auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("groupName"));
            auto* group = dialog.findChild<QPushButton*>(QStringLiteral("group"));
            for (const char* wrong : {"", "a/b", ".hidden", "whole", "${x}"}) {
                name->setText(QLatin1String(wrong));
                QVERIFY2(!group->isEnabled(), wrong);
            }
            name->setText(QStringLiteral("clean"));
            QVERIFY(group->isEnabled());
            const QString words = dialog.findChild<QLabel*>(QStringLiteral("groupWords"))->text();
            QVERIFY(words.contains(QLatin1String("Inputs: in")) &&
                    words.contains(QLatin1String("Outputs: out")));
            group->click();
        });
        saved.fixture.canvas.actions().group->trigger();
        QVERIFY(QFileInfo::exists(folder.filePath(QStringLiteral("clean.rill"))));
        QCOMPARE(told.size(), 1);
        QCOMPARE(document.pipeline().nodes.size(), std::size_t{3});
        QCOMPARE(document.selection().nodes(), std::vector<NodeId>{"clean"});
        QCOMPARE(portsOf(saved.fixture, "clean"), QStringList({"in", "out"}));
        saved.fixture.waitForChecks();
        QVERIFY(document.issues().empty());
        document.undoStack().undo();
        QVERIFY(document.pipeline() == before);
        QVERIFY(QFileInfo::exists(folder.filePath(QStringLiteral("clean.rill"))));
        // The file is there now: it is not written again.
        QVERIFY(!groupInto(document, {saved.few}, QStringLiteral("clean.rill")).ok());
        QVERIFY(document.pipeline() == before);
    }

    void aPipelineWithoutAFileIsSavedFirst() {
        Saved saved({});
        PipelineDocument& document = saved.fixture.document;
        document.selection().set({saved.few});
        const Pipeline before = document.pipeline();
        QSignalSpy asked(&saved.fixture.canvas, &CanvasWidget::saveRequested);
        whenAsked<QMessageBox>([](QMessageBox& box) { box.defaultButton()->click(); });
        saved.fixture.canvas.actions().group->trigger();
        QCOMPARE(asked.size(), 1);
        QVERIFY(document.pipeline() == before);  // it was not saved after all
    }

    void whatCantBeGroupedIsRefused() {
        QTemporaryDir folder;
        Saved saved(folder.filePath(QStringLiteral("whole.rill")));
        saved.fixture.document.selection().set({saved.numbers, saved.fewer});
        QSignalSpy refused(&saved.fixture.canvas.view(), &CanvasView::refused);
        saved.fixture.canvas.actions().group->trigger();
        QCOMPARE(refused.size(), 1);
        QVERIFY(QApplication::activeModalWidget() == nullptr);
        saved.fixture.document.selection().clear();
        QVERIFY(!saved.fixture.canvas.actions().group->isEnabled());
    }

    void aFolderThatCantBeWrittenChangesNothing() {
        QTemporaryDir folder;
        Saved saved(folder.filePath(QStringLiteral("whole.rill")));
        const Pipeline before = saved.fixture.document.pipeline();
        QVERIFY(!groupInto(saved.fixture.document, {saved.few}, QStringLiteral("no/such/folder.rill")).ok());
        QVERIFY(saved.fixture.document.pipeline() == before);
    }
};

QTEST_MAIN(TestCanvasSubflows)
#include "test_canvas_subflows.moc"
