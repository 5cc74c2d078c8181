// A subflow seen from inside: figures of its own place, the way there and back, and nothing that is changed.
#include <QMenu>
#include <QPushButton>

#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/level/level_page.h"

using namespace rw;
using namespace rw::ui;

class TestSubflowLevels : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string put(const QString& name, const QByteArray& text) const {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("can't write");
        return file.fileName().toStdString();
    }
    std::string part(const QByteArray& condition) const {
        return put(QStringLiteral("part.rill"),
                   R"json({"rill":1,"variables":{"least":"90"},"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["n BIGINT"]}},
            {"id":"keep","type":"filter","at":[300,0],"params":{"condition":")json" +
                       condition + R"json("}},{"id":"kept","type":"subflow_output","at":[600,0]}],
            "wires":[{"from":"rows","to":"keep"},{"from":"keep","to":"kept"}]})json");
    }
    /// A hundred numbers through the file twice, with other values of its variable.
    struct Twice {
        explicit Twice(const std::string& file) {
            const NodeId numbers = fixture.add("generator", "Numbers", {0, 0},
                                               R"({"columns":["n BIGINT = i"],"rows":100,"rate":0})");
            for (NodeId* sub : {&few, &many}) {
                *sub = fixture.add("subflow", sub == &few ? "Few" : "Many", {300, sub == &few ? 0.0 : 300.0});
                fixture.document.setParam(*sub, "file", file);
                fixture.document.setParam(*sub, "set", Json{{"least", sub == &few ? "95" : "40"}});
                fixture.wire({numbers, "out"}, {*sub, "rows"});
                const NodeId table = fixture.add("table_view", "Table", {600, sub == &few ? 0.0 : 300.0});
                fixture.wire({*sub, "kept"}, {table, "in"});
            }
            fixture.show();
            fixture.waitForChecks();
        }
        LevelPage& level() { return fixture.canvas.level(); }
        CanvasFixture fixture;
        NodeId few, many;
    };
    static QStringList crumbs(const LevelPage& level) {
        QStringList words;
        for (const QPushButton* each : level.findChildren<QPushButton*>(QStringLiteral("levelCrumb")))
            if (level.isAncestorOf(each) && each->isVisibleTo(&level)) words << each->toolTip();
        words.removeDuplicates();
        return words;
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void twoInstancesHaveOtherFigures() {
        Twice twice(part("n >= ${least}"));
        twice.fixture.session.start();
        QTRY_COMPARE(twice.fixture.session.state(), RunSession::State::Finished);
        QStringList out;
        for (const NodeId& sub : {twice.few, twice.many}) {
            twice.level().open({sub});
            NodeItem* const card = twice.level().view().cards().at(insideOf(sub, "keep"));
            out << card->live().live().out;
        }
        QCOMPARE(out, QStringList({"5", "60"}));
    }

    void parametersHaveTheValuesOfThePlace() {
        Twice twice(part("n >= ${least}"));
        twice.level().open({twice.few});
        twice.level().view().choose(insideOf(twice.few, "keep"));
        const LevelNode* keep = twice.level().view().chosen();
        QVERIFY(keep != nullptr && keep->params.size() == 1);
        QCOMPARE(keep->params.front().value, QStringLiteral("n >= 95"));
    }

    void keysGoInAndOut() {
        Twice twice(part("n > 1"));
        QTest::keyClick(&twice.fixture.canvas.view(), Qt::Key_Escape);
        twice.fixture.document.selection().set({twice.many});
        twice.fixture.key(Qt::Key_Return);
        QCOMPARE(twice.level().graph().subflow, twice.many);
        QVERIFY(twice.level().isVisible() && !twice.fixture.canvas.view().isVisible());
        QTest::keyClick(&twice.level().view(), Qt::Key_Right);
        QVERIFY(twice.level().view().chosen() != nullptr);
        QTest::keyClick(&twice.level().view(), Qt::Key_Escape);
        QVERIFY(twice.level().view().chosen() != nullptr && twice.level().isOpen());
        QVERIFY(!twice.level().view().accessibleDescription().isEmpty());
        QTest::keyClick(&twice.level().view(), Qt::Key_Backspace);
        QVERIFY(!twice.level().isOpen() && twice.fixture.canvas.view().isVisible());
        QCOMPARE(twice.fixture.document.selection().nodes(), std::vector<NodeId>{twice.many});
    }

    void anActionOpensTheSelectedOne() {
        Twice twice(part("n > 1"));
        const CanvasActions& actions = twice.fixture.canvas.actions();
        twice.fixture.document.selection().set({});
        QVERIFY(!actions.openSubflow->isEnabled());
        twice.fixture.document.selection().set({twice.few, twice.many});
        QVERIFY(!actions.openSubflow->isEnabled());
        twice.fixture.document.selection().set({twice.many});
        QVERIFY(actions.openSubflow->isEnabled());
        QMenu menu;
        twice.fixture.canvas.actions().fillMenu(menu, {.item = ItemRef(twice.many)});
        QVERIFY(menu.actions().contains(actions.openSubflow));
        actions.openSubflow->trigger();
        QCOMPARE(twice.level().graph().subflow, twice.many);
        // From inside it opens what is chosen there: a filter has no inside.
        twice.level().view().choose(insideOf(twice.many, "keep"));
        actions.openSubflow->trigger();
        QCOMPARE(twice.level().graph().subflow, twice.many);
    }

    void editsAreRefused() {
        Twice twice(part("n > 1"));
        twice.fixture.document.selection().set({twice.few});
        twice.level().open({twice.few});
        QCOMPARE(crumbs(twice.level()).size(), 2);
        const Pipeline before = twice.fixture.document.pipeline();
        QSignalSpy told(&twice.fixture.canvas, &CanvasWidget::told);
        twice.fixture.canvas.actions().remove->trigger();
        QTest::keyClick(&twice.level().view(), Qt::Key_F2);
        QVERIFY(twice.fixture.canvas.addBesideSelection({"filter"}).empty());
        QCOMPARE(told.size(), 3);
        QVERIFY(told.front().front().toString().contains(QStringLiteral("part.rill")));
        QVERIFY(twice.fixture.document.pipeline() == before);
        QSignalSpy edit(&twice.fixture.canvas, &CanvasWidget::subflowActivated);
        twice.level().findChild<QPushButton*>(QStringLiteral("levelEditFile"))->click();
        QCOMPARE(edit.size(), 1);
    }

    void itFollowsFileAndPipeline() {
        Twice twice(part("n > 1"));
        PipelineDocument& document = twice.fixture.document;
        twice.level().open({twice.few});
        part("n > 12345");
        document.revalidate();
        QTRY_COMPARE(twice.level().view().graph().nodes[1].params.front().value, QStringLiteral("n > 12345"));
        QSignalSpy told(&twice.fixture.canvas, &CanvasWidget::told);
        document.remove({ItemRef(twice.few)});
        QVERIFY(!twice.level().isOpen());
        QCOMPARE(told.size(), 1);
    }

    void nestedMissingAndRecursive() {
        const std::string inner = part("n > 1");
        const std::string outer = put(QStringLiteral("outer.rill"), R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["n BIGINT"]}},
            {"id":"deep","type":"subflow","at":[300,0],"params":{"file":"part.rill"}},
            {"id":"kept","type":"subflow_output","at":[600,0]}],
            "wires":[{"from":"rows","to":"deep.rows"},{"from":"deep.kept","to":"kept"}]})json");
        Twice twice(outer);
        twice.level().open({insideOf(twice.few, "deep")});
        QCOMPARE(twice.level().view().cards().size(), std::size_t{3});
        QTest::keyClick(&twice.level().view(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(twice.level().graph().subflow, twice.few);
        QCOMPARE(twice.level().view().chosen()->node.id, insideOf(twice.few, "deep"));
        QFile::remove(QString::fromStdString(inner));
        put(QStringLiteral("outer.rill"), R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["n BIGINT"]}},
            {"id":"kept","type":"subflow","params":{"file":"outer.rill"}}],"wires":[]})json");
        twice.fixture.document.revalidate();
        QTRY_COMPARE(twice.level().view().graph().nodes.size(), std::size_t{2});
        twice.level().open({insideOf(twice.few, "kept")});
        QVERIFY(!twice.level().view().graph().reason.isEmpty());
        twice.fixture.document.setParam(twice.many, "file",
                                        m_folder.filePath(QStringLiteral("gone.rill")).toStdString());
        twice.fixture.waitForChecks();
        twice.level().open({twice.many});
        QVERIFY(!twice.level().view().graph().reason.isEmpty());
    }
};

QTEST_MAIN(TestSubflowLevels)
#include "test_subflow_levels.moc"
