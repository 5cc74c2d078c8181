// Examples dragged onto an open pipeline: their nodes come to the pointer, as one step, and find their files.
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>

#include "core/pipeline/json/json.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/document/example_drop.h"

using namespace rw;
using namespace rw::ui;

class TestDroppedExample : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void itsNodesComeToThePointer();
    void twiceIsTwoOfThem();
    void itsFilesAreWherePathsStart();
    void aFileThatIsThereStays();
    void itsVariablesComeAlong();
    void aVariableOfAnotherValueKeepsIt();
    void otherDataAreNoExamples();
    void everyExampleCanBeInserted();
    void whatCanNotBeWrittenIsTold();

 private:
    PipelineDocument& document() { return m_f->document; }
    const Pipeline& pipeline() { return m_f->document.pipeline(); }
    static Example example(const QString& name) {
        for (const Example& each : examples()) {
            if (each.file.endsWith(u'/' + name)) return each;
        }
        qFatal("%s", qPrintable(name));
    }
    static Pipeline contentOf(const Example& example) {
        QFile file(example.file);
        if (!file.open(QIODevice::ReadOnly)) qFatal("%s", qPrintable(example.file));
        const Result<Loaded> loaded = loadPipeline(file.readAll().toStdString());
        return loaded->pipeline;
    }
    /// Drags it in and lets it go there; false: it was not taken.
    bool drop(const QMimeData& data, QPoint at) {
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(m_f->viewport(), &enter);
        if (!enter.isAccepted()) return false;
        QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_f->viewport(), &move);
        QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_f->viewport(), &event);
        return event.isAccepted();
    }
    QString inFolder(const char* name) { return m_folder->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_filter;
};

void TestDroppedExample::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_f = std::make_unique<CanvasFixture>();
    m_filter = m_f->add("filter", "Busy", {32, 32});
    QVERIFY(document().saveAs(inFolder("mine.rill")).ok());
    m_f->show();
}

void TestDroppedExample::itsNodesComeToThePointer() {
    const Example bids = example(QStringLiteral("bids_from_csv.rill"));
    const Pipeline content = contentOf(bids);
    const int steps = document().undoStack().count();
    const std::string before = savePipeline(pipeline());
    const QPoint at(500, 300);
    QVERIFY(drop(*exampleMimeData(bids), at));
    QTRY_COMPARE(pipeline().nodes.size(), content.nodes.size() + 1);
    QCOMPARE(pipeline().wires.size(), content.wires.size());
    QCOMPARE(pipeline().notes.size(), content.notes.size());
    QCOMPARE(document().undoStack().count(), steps + 1);
    QVERIFY((document().node(m_filter)->at == Point{32, 32}));
    // Its corner is under the pointer, within the half of a card; what is selected can be moved on at once.
    Point corner{1e9, 1e9};
    for (std::size_t i = 1; i < pipeline().nodes.size(); ++i)
        corner = {std::min(corner.x, pipeline().nodes[i].at.x), std::min(corner.y, pipeline().nodes[i].at.y)};
    for (const Note& note : pipeline().notes)
        corner = {std::min(corner.x, note.at.x), std::min(corner.y, note.at.y)};
    const QPointF dropped = m_f->canvas.view().mapToScene(at);
    QVERIFY(std::abs(corner.x - dropped.x()) < 160 && std::abs(corner.y - dropped.y()) < 64);
    QVERIFY(corner.x == snapped(corner.x) && corner.y == snapped(corner.y));
    QCOMPARE(document().selection().nodes().size(), content.nodes.size());
    QCOMPARE(document().selection().notes().size(), content.notes.size());
    QVERIFY(!document().selection().contains(m_filter));
    document().undoStack().undo();
    QCOMPARE(savePipeline(pipeline()), before);
}

void TestDroppedExample::twiceIsTwoOfThem() {
    const Example bids = example(QStringLiteral("bids_from_csv.rill"));
    const std::size_t nodes = contentOf(bids).nodes.size(), wires = contentOf(bids).wires.size();
    QVERIFY(drop(*exampleMimeData(bids), {300, 300}));
    QTRY_COMPARE(pipeline().nodes.size(), nodes + 1);
    QVERIFY(drop(*exampleMimeData(bids), {320, 320}));
    QTRY_COMPARE(pipeline().nodes.size(), 2 * nodes + 1);
    QCOMPARE(pipeline().wires.size(), 2 * wires);
    std::set<NodeId> ids;
    for (const Node& node : pipeline().nodes) ids.insert(node.id);
    QCOMPARE(ids.size(), 2 * nodes + 1);
    QVERIFY(loadPipeline(savePipeline(pipeline())).ok());
}

void TestDroppedExample::itsFilesAreWherePathsStart() {
    QVERIFY(!QFileInfo::exists(inFolder("bids.csv")));
    QVERIFY(drop(*exampleMimeData(example(QStringLiteral("bids_from_csv.rill"))), {300, 300}));
    QTRY_VERIFY(QFileInfo::exists(inFolder("bids.csv")));
    QTRY_VERIFY(document().node("bids") != nullptr);
    QCOMPARE(document().node("bids")->params.at("path"), Json("bids.csv"));
    m_f->waitForChecks();
}

void TestDroppedExample::aFileThatIsThereStays() {
    QFile own(inFolder("bids.csv"));
    QVERIFY(own.open(QIODevice::WriteOnly) && own.write("mine\n") == 5);
    own.close();
    QVERIFY(drop(*exampleMimeData(example(QStringLiteral("bids_from_csv.rill"))), {300, 300}));
    QTRY_VERIFY(document().node("bids") != nullptr);
    QCOMPARE(QFileInfo(inFolder("bids.csv")).size(), qint64{5});
}

void TestDroppedExample::itsVariablesComeAlong() {
    const Example orders = example(QStringLiteral("orders.rill"));
    const Pipeline content = contentOf(orders);
    QCOMPARE(content.variables.size(), std::size_t{1});
    QVERIFY(drop(*exampleMimeData(orders), {300, 300}));
    QTRY_VERIFY(pipeline().variables == content.variables);
    QVERIFY(drop(*exampleMimeData(orders), {300, 500}));
    QTRY_COMPARE(pipeline().nodes.size(), 2 * content.nodes.size() + 1);
    QVERIFY(pipeline().variables == content.variables);  // it is the same one
    document().undoStack().undo();
    document().undoStack().undo();
    QVERIFY(pipeline().variables.empty());
}

void TestDroppedExample::aVariableOfAnotherValueKeepsIt() {
    const Example orders = example(QStringLiteral("orders.rill"));
    const Variable own = contentOf(orders).variables.front();
    document().setVariables({{own.name, "elsewhere"}, {own.name + "_2", "taken"}});
    QVERIFY(drop(*exampleMimeData(orders), {300, 300}));
    QTRY_COMPARE(pipeline().variables.size(), std::size_t{3});
    QVERIFY((pipeline().variables[0] == Variable{own.name, "elsewhere"}));
    QVERIFY((pipeline().variables[2] == Variable{own.name + "_3", own.value}));
    const std::string text = savePipeline(pipeline());
    QVERIFY(text.find("${" + own.name + "_3}") != std::string::npos);
    QVERIFY(text.find("${" + own.name + "}") == std::string::npos);
}

void TestDroppedExample::otherDataAreNoExamples() {
    for (const QByteArray& name :
         {QByteArray(), QByteArray("/etc/passwd"), QByteArray(":/examples/../x.rill"), QByteArray("\xff")}) {
        QMimeData data;
        data.setData(QStringLiteral("application/x-rillwright-example"), name);
        QVERIFY(!exampleFrom(data));
        QVERIFY(!drop(data, {300, 300}));
    }
    QMimeData text;
    text.setText(example(QStringLiteral("orders.rill")).file);
    QVERIFY(!exampleFrom(text));
    QCOMPARE(pipeline().nodes.size(), std::size_t{1});
}

void TestDroppedExample::everyExampleCanBeInserted() {
    for (const Example& each : examples()) {
        const std::size_t nodes = pipeline().nodes.size();
        const Status done = insertExample(document(), each, {0, 0});
        QVERIFY2(done.ok(), qPrintable(each.file));
        QCOMPARE(pipeline().nodes.size(), nodes + contentOf(each).nodes.size());
        for (const QString& data : each.data)
            QVERIFY2(QFileInfo::exists(m_folder->filePath(data.mid(data.indexOf(u'/', 2) + 1))),
                     qPrintable(data));
    }
    QVERIFY(loadPipeline(savePipeline(pipeline())).ok());
}

/// A file stands where a folder would: the nodes are there, and what is wrong is said.
void TestDroppedExample::whatCanNotBeWrittenIsTold() {
    QFile inTheWay(inFolder("parts"));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const QSignalSpy refused(&m_f->canvas.view(), &CanvasView::refused);
    const Example parts = example(QStringLiteral("one_part_twice.rill"));
    QVERIFY(drop(*exampleMimeData(parts), {300, 300}));
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(pipeline().nodes.size(), contentOf(parts).nodes.size() + 1);
    QVERIFY(!refused.first().first().value<Issue>().message.empty());
}

QTEST_MAIN(TestDroppedExample)
#include "test_dropped_example.moc"
