// The tables that sinks inside subflows write stand among those of the pipeline, with what the sinks take.
#include <QFile>

#include "tests/unit/results/shown_results.h"
#include "widgets/document/result_databases.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A subflow that keeps what it has in a table, whose name is a variable.
Json keepingPart() {
    const Json columns = Json::array({"n BIGINT = i", "half DOUBLE = i / 2.0"});
    Json part = {{"rill", 1}, {"variables", {{"table", "kept"}}}};
    part["nodes"] = Json::array(
        {Json{{"id", "given"}, {"type", "generator"}, {"params", {{"columns", columns}, {"rows", 3}}}},
         Json{{"id", "keep"},
              {"type", "sqlite_sink"},
              {"params", {{"database", "inner.db"}, {"table", "${table}"}}}},
         Json{{"id", "result"}, {"type", "subflow_output"}}});
    part["wires"] =
        Json::array({Json{{"from", "given"}, {"to", "keep"}}, Json{{"from", "given"}, {"to", "result"}}});
    return part;
}

void putPart(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(keepingPart().dump())) < 0)
        qFatal("can't write");
}

}  // namespace

class TestSubflowTables : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aSinkInASubflowIsTheWriterOfItsTable() {
        ShownResults shown;
        const QString part = shown.folder.filePath(QStringLiteral("part.rill"));
        putPart(part);
        const NodeId sub = shown.document.addNode({"subflow", Json{{"file", part.toStdString()}}}, {0, 0});
        const NodeId sink = shown.document.addNode(
            {"sqlite_sink", Json{{"database", shown.path.toStdString()}, {"table", "outer"}}}, {300, 0});
        shown.document.connectPorts({sub, "result"}, {sink, "in"});
        QTRY_VERIFY_WITH_TIMEOUT(shown.document.isValidated() && shown.document.validated().expanded, 30'000);
        const std::vector<ResultDatabase> databases = databasesOf(shown.document);
        QCOMPARE(databases.size(), std::size_t{2});
        QCOMPARE(databases.front().path, shown.path);
        QCOMPARE(databases.back().path, shown.folder.filePath(QStringLiteral("inner.db")));
        QCOMPARE(databases.back().tables.keys(), QStringList{QStringLiteral("kept")});
        const ResultTable kept = databases.back().tables.value(QStringLiteral("kept"));
        QVERIFY(!kept.writer.isEmpty());
        QCOMPARE(kept.rows.fields.size(), std::size_t{2});
        QCOMPARE(kept.from.node, insideOf(sub, "given"));

        shown.document.remove({ItemRef(sub)});
        QCOMPARE(databasesOf(shown.document).size(), std::size_t{1});  // before it is validated anew
    }
};

QTEST_MAIN(TestSubflowTables)
#include "test_subflow_tables.moc"
