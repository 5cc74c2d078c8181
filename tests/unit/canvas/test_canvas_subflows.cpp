// The card of a subflow: its ports are those of its file, and a double click opens that.
#include "tests/unit/canvas/fixture.h"

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

    void aDoubleClickOpensTheFile() {
        CanvasFixture fixture;
        fixture.show();
        const NodeId sub = fixture.add("subflow", "Part", {200, 200});
        std::vector<NodeId> opened;
        connect(&fixture.canvas, &CanvasWidget::subflowActivated, this,
                [&opened](const NodeId& node) { opened.push_back(node); });
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
        QVERIFY(opened == std::vector<NodeId>{sub});
        QCOMPARE(settings.count(), 1);
        QMenu menu;
        fixture.canvas.actions().fillMenu(menu, {.item = ItemRef(sub)});
        QAction* open = nullptr;
        for (QAction* action : menu.actions()) {
            if (action->text() == QStringLiteral("Open &subflow")) open = action;
        }
        QVERIFY(open != nullptr);
        open->trigger();
        QCOMPARE(opened.size(), std::size_t{2});
    }
};

QTEST_MAIN(TestCanvasSubflows)
#include "test_canvas_subflows.moc"
