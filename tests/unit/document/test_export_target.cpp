// Exports get names of their own and never replace files that the pipeline needs.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/export_target.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct Fixture {
    QTemporaryDir folder;
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};

    Fixture() { add("orders.csv", "id\n1\n"); }
    QString path(const QString& name) const { return folder.filePath(name); }
    void add(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("not written");
    }
    NodeId read(const QString& input) {
        return document.addNode(
            {"csv_source", {{"path", path(input).toStdString()}, {"columns", {"id INT"}}}, {}}, {});
    }
    ExportTarget target() const { return {document, QStringLiteral("Export 3 rows")}; }
    QString proposal(const QString& name) const {
        return QFileInfo(target().proposal(folder.path(), name, QStringLiteral(".csv"))).fileName();
    }
    QString refusal(const QString& name) const {
        const Status status = target().check(path(name));
        return status.ok() ? QString() : QString::fromStdString(english(status.error()));
    }
};

}  // namespace

class TestExportTarget : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFreeNameIsProposedAsItIs() {
        const Fixture fixture;
        QCOMPARE(fixture.proposal(QStringLiteral("totals")), QStringLiteral("totals.csv"));
        QCOMPARE(fixture.proposal(QStringLiteral("a/b\nc")), QStringLiteral("a-b-c.csv"));
        QCOMPARE(fixture.proposal(QStringLiteral("..")), QStringLiteral("export.csv"));
        QVERIFY(fixture.proposal(QString(300, u'表')).toUtf8().size() < 255);
    }

    // An export that a disk holds up may go on when the window is gone, and with it the catalogue.
    void itOutlivesTheCatalogue() {
        Fixture fixture;
        fixture.read(QStringLiteral("orders.csv"));
        const ExportTarget target = fixture.target();
        fixture.catalogue = Catalogue({});
        QVERIFY(!target.check(fixture.path(QStringLiteral("orders.csv"))).ok());
    }

    void aFileThatIsThereIsNotProposed() {
        const Fixture fixture;
        QCOMPARE(fixture.proposal(QStringLiteral("orders")), QStringLiteral("orders 2.csv"));
        fixture.add(QStringLiteral("orders 2.csv"), "x");
        QVERIFY(
            QFile::link(fixture.path(QStringLiteral("gone")), fixture.path(QStringLiteral("orders 3.csv"))));
        QCOMPARE(fixture.proposal(QStringLiteral("orders")), QStringLiteral("orders 4.csv"));
    }

    void anInputThatIsNotThereYetIsNotProposed() {
        Fixture fixture;
        fixture.read(QStringLiteral("later.csv"));
        QCOMPARE(fixture.proposal(QStringLiteral("later")), QStringLiteral("later 2.csv"));
    }

    void nothingIsProposedInAFolderThatIsRead() {
        Fixture fixture;
        fixture.read(QString());
        const QString proposed =
            fixture.target().proposal(fixture.folder.path(), QStringLiteral("x"), QStringLiteral(".csv"));
        QCOMPARE(QFileInfo(proposed).path(), QDir::homePath());
    }

    void inputsAreRefusedByAnyName() {
        Fixture fixture;
        const NodeId source = fixture.read(QStringLiteral("orders.csv"));
        QVERIFY(
            fixture.refusal(QStringLiteral("orders.csv")).contains(QLatin1String("would be overwritten")));
        QVERIFY(
            QFile::link(fixture.path(QStringLiteral("orders.csv")), fixture.path(QStringLiteral("l.csv"))));
        QVERIFY(!fixture.refusal(QStringLiteral("l.csv")).isEmpty());
        QVERIFY(!fixture.refusal(QStringLiteral("./x/../orders.csv")).isEmpty());
        QVERIFY(fixture.refusal(QStringLiteral("other.csv")).isEmpty());
        fixture.document.setDisabled({source}, true);  // it is the person's file all the same
        QVERIFY(!fixture.refusal(QStringLiteral("orders.csv")).isEmpty());
    }

    void outputsThePipelineAndDatabasesAreRefused() {
        Fixture fixture;
        fixture.document.addNode(
            {"csv_sink", {{"path", fixture.path(QStringLiteral("out.csv")).toStdString()}}, {}}, {});
        QVERIFY(fixture.refusal(QStringLiteral("out.csv")).contains(QLatin1String("already written")));
        QVERIFY(fixture.document.saveAs(fixture.path(QStringLiteral("mine.rill"))).ok());
        QVERIFY(
            fixture.refusal(QStringLiteral("mine.rill")).contains(QLatin1String("file of this pipeline")));
        SQLite::Database(fixture.path(QStringLiteral("some.db")).toStdString(),
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t (n)");
        QVERIFY(fixture.refusal(QStringLiteral("some.db")).contains(QLatin1String("SQLite database")));
    }
};

QTEST_MAIN(TestExportTarget)
#include "test_export_target.moc"
