// Subflows as the designer sees them: figures at the card, rows at its ports, files that change, and consent.
#include <QtTest/QtTest>

#include "tests/unit/session/consent_program.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

QByteArray partOf(const QByteArray& condition, const QByteArray& more = {}, const QByteArray& wires = {}) {
    return R"json({"rill":1,"nodes":[{"id":"rows","type":"subflow_input","params":{"columns":["n BIGINT"]}},
        {"id":"keep","type":"filter","params":{"condition":")json" +
           condition + R"json("}},{"id":"kept","type":"subflow_output"})json" + more +
           R"json(],"wires":[{"from":"rows","to":"keep"},{"from":"keep","to":"kept"})json" + wires + "]}";
}

}  // namespace

class TestSubflowRuns : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    void putPart(const QByteArray& text) const {
        QFile part(path(QStringLiteral("part.rill")));
        QVERIFY(part.open(QIODevice::WriteOnly) && part.write(text) == text.size());
    }
    /// A hundred numbers through a subflow into a table.
    NodeId build(PipelineDocument& document) const {
        const NodeId source = document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 100}, {"rate", 0}}}, {});
        const NodeId sub = document.addNode(
            {"subflow", Json{{"file", path(QStringLiteral("part.rill")).toStdString()}}}, {});
        const NodeId table = document.addNode({"table_view"}, {});
        document.connectPorts({source, "out"}, {sub, "rows"});
        document.connectPorts({sub, "kept"}, {table, "in"});
        return sub;
    }

 private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theCardSumsUpWhatRunsInside() {
        putPart(partOf("10 / (n % 4) >= 5"));
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        const NodeId sub = build(document);
        QTRY_VERIFY(document.isValidated());
        session.start();
        QTRY_COMPARE(session.state(), State::Finished);
        const LiveNode* live = session.snapshot().node(sub);
        QVERIFY(live != nullptr);
        QCOMPARE(live->metrics.rowsIn, std::uint64_t{100});
        QCOMPARE(live->metrics.rowsOut, std::uint64_t{50});   // n % 4 is 1 or 2
        QCOMPARE(live->metrics.rejected, std::uint64_t{25});  // and 0
        QCOMPARE(session.snapshot().metrics.rejected, std::uint64_t{25});
        QCOMPARE(session.snapshot().node(insideOf(sub, "keep"))->metrics.rowsIn, std::uint64_t{100});
        QCOMPARE(
            session.snapshot().wire({{sub, "kept"}, {document.pipeline().nodes[2].id, "in"}})->metrics.rows,
            std::uint64_t{50});
        const std::shared_ptr<Tap> tap = session.tap({sub, "kept"});
        QVERIFY(tap != nullptr);
        QVERIFY(session.tap({sub, "nothing"}) == nullptr);
    }

    void aFailureInsideIsTheCards() {
        QByteArray part = partOf("10 / n > 2");
        part.replace("\"condition\"", "\"on_error\":\"fail\",\"condition\"");
        putPart(part);
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        const NodeId sub = build(document);
        session.start();
        QTRY_COMPARE(session.state(), State::Failed);
        QCOMPARE(session.failure().error().node, insideOf(sub, "keep"));
        QCOMPARE(session.failedNode(), sub);
    }

    void aFileThatChangedIsReadAnew() {
        putPart(partOf("n >= 90"));
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        const NodeId sub = build(document);
        QTRY_VERIFY(document.isValidated() && document.typed(sub) != nullptr && document.typed(sub)->bound);
        QCOMPARE(document.kindOf(sub)->outputs.size(), std::size_t{1});
        QSignalSpy validated(&document, &PipelineDocument::validatedChanged);
        putPart(partOf("n >= 50", R"json(,{"id":"wrong","type":"subflow_output"})json",
                       R"json(,{"from":"keep.rejected","to":"wrong"})json"));
        document.revalidate();
        QTRY_COMPARE(document.kindOf(sub)->outputs.size(), std::size_t{2});
        QTRY_VERIFY(validated.count() > 0);
        QVERIFY(document.summary(sub).args.back().literal() == "kept, wrong");
        session.start();
        QTRY_COMPARE(session.state(), State::Finished);
        QCOMPARE(session.snapshot().node(sub)->metrics.rowsOut, std::uint64_t{50});
        // Broken while it is open: said at the card.
        putPart("{");
        document.revalidate();
        QTRY_VERIFY(hasErrors(document.issues()));
        QCOMPARE(document.issuesOf(sub).front()->param, std::string("file"));
    }

    // The pipeline is the person's own, the file that it names is not.
    void aPartFromElsewhereIsAskedAbout() {
        putPart(partOf("n >= 0", R"json(,{"id":"copy","type":"csv_sink","params":{"path":"copy.csv"}})json",
                       R"json(,{"from":"keep","to":"copy"})json"));
        Program program(path(QStringLiteral("data")));
        build(program.document);
        program.agrees = false;
        const auto asked = program.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(asked[0].untrusted);
        QStringList targets;
        for (const ConsentRequest::Target& target : asked[0].targets)
            targets << QFileInfo(QString::fromStdString(target.access.target)).fileName();
        QCOMPARE(targets, QStringList({"part.rill", "copy.csv"}));
        QVERIFY(!QFile::exists(path(QStringLiteral("copy.csv"))));
        program.agrees = true;
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(QFile::exists(path(QStringLiteral("copy.csv"))));
        QVERIFY(program.runsUnasked());
        // Once it writes somewhere else that has to be agreed to.
        putPart(partOf("n >= 0", R"json(,{"id":"copy","type":"csv_sink","params":{"path":"other.csv"}})json",
                       R"json(,{"from":"keep","to":"copy"})json"));
        program.agrees = false;
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(!QFile::exists(path(QStringLiteral("other.csv"))));
    }

    void aPartThatWasSavedHereIsKnown() {
        Program program(path(QStringLiteral("data")));
        program.document.addNode({"subflow_input", Json{{"columns", {"n BIGINT"}}}}, {});
        program.document.addNode({"subflow_output"}, {});
        const Pipeline& pipeline = program.document.pipeline();
        program.document.connectPorts({pipeline.nodes[0].id, "out"}, {pipeline.nodes[1].id, "in"});
        QVERIFY(program.document.saveAs(path(QStringLiteral("part.rill"))).ok());
        const std::string in = pipeline.nodes[0].id;
        program.document.startEmpty();
        const NodeId source =
            program.document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 3}}}, {});
        const NodeId sub = program.document.addNode(
            {"subflow", Json{{"file", path(QStringLiteral("part.rill")).toStdString()}}}, {});
        program.document.connectPorts({source, "out"}, {sub, in});
        QVERIFY(program.runsUnasked());
    }

    void knowsTheFileToOpen() {
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        const NodeId sub = build(document);
        QCOMPARE(document.subflowPath(sub), path(QStringLiteral("part.rill")));
        QVERIFY(document.isSubflow(sub) && !document.isSubflow(document.pipeline().nodes[0].id));
        document.setParam(sub, "file", nullptr);
        QVERIFY(!document.isSubflow(sub));
    }
};

QTEST_MAIN(TestSubflowRuns)
#include "test_subflow_runs.moc"
