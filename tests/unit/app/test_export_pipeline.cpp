// The pipeline as a file for another engine: named, written whole, never over files that are needed; and refused
// in words where it can't be.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/engine_choice.h"
#include "app/running/main_tool_bar.h"
#include "app/status_line.h"
#include "tests/unit/app/dialog_answers.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/document/portability_check.h"
#include "widgets/files/file_actions.h"
#include "widgets/pane/pane.h"
#include "widgets/pipeline_export/pipeline_export.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct ExportWindow : WindowFixture {
    QTemporaryDir folder;

    ExportWindow() {
        window->findChild<FileActions*>()->startEmpty();
        (void)QTest::qWaitForWindowActive(window.get(), 30'000);
    }
    ~ExportWindow() { document().startEmpty(); }

    QString path(const QString& name) const { return folder.filePath(name); }
    QString read(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    void write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    /// From a CSV file to a CSV file, saved as orders.rill.
    NodeId addOrders(const char* out = "out.csv") const {
        write(QStringLiteral("in.csv"), "id\n1\n");
        if (!document().saveAs(path(QStringLiteral("orders.rill"))).ok()) qFatal("not saved");
        const NodeId source = document().addNode(
            {"csv_source", Json::parse(R"({"path": "in.csv", "columns": ["id BIGINT"]})"), {}}, {0, 0});
        const NodeId filter = document().addNodeBehind({"filter", Json{{"condition", "id > 1"}}, {}},
                                                       {300, 0}, {source, "out"});
        document().addNodeBehind({"csv_sink", Json{{"path", out}}, {}}, {600, 0}, {filter, "out"});
        return filter;
    }
    PipelineExport& exports() const { return *window->findChild<PipelineExport*>(); }
    Pane* pane(const char* id) const { return window->findChild<Pane*>(QLatin1String(id)); }
    EngineChoice& choice() const { return *window->findChild<EngineChoice*>(); }
    void choose(int engine) const {
        choice().setCurrentIndex(engine);
        Q_EMIT choice().activated(engine);
    }
    const QPushButton& runButton() const {
        return *window->findChild<QPushButton*>(QStringLiteral("runButton"));
    }
    bool statusSays(const QString& words) const {
        const auto labels = window->findChild<StatusLine*>()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    }
};

}  // namespace

class TestExportPipeline : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void theFileIsNamedAfterThePipeline_data() {
        QTest::addColumn<std::string>("artefact");
        QTest::addColumn<QString>("name");
        QTest::newRow("SQL") << std::string("flink-sql") << QStringLiteral("orders.flink.sql");
        QTest::newRow("PyFlink") << std::string("pyflink") << QStringLiteral("orders.flink.py");
        QTest::newRow("PySpark") << std::string("pyspark") << QStringLiteral("orders.spark.py");
    }

    void theFileIsNamedAfterThePipeline() {
        QFETCH(std::string, artefact);
        QFETCH(QString, name);
        const ExportWindow fixture;
        const NodeId filter = fixture.addOrders();
        Names names({fixture.path(name)});
        fixture.exports().start(*artefactOf(artefact));  // of a pipeline that was not checked yet: it waits for that
        QTRY_VERIFY(QFile::exists(fixture.path(name)));
        QCOMPARE(names.proposed, QStringList{name});
        QVERIFY2(fixture.read(name).contains(QString::fromStdString(filter)), qPrintable(fixture.read(name)));
        QTRY_VERIFY(fixture.statusSays(QStringLiteral("Exported to ")));
        QVERIFY2(!fixture.document().portability().engine(), "what is exported chooses no engine");
    }

    void columnsHaveTheirTypesWhereTheFileAllowsIt() {
        const ExportWindow fixture;
        fixture.addOrders();
        QTRY_VERIFY(fixture.document().isValidated());
        const QString name = QStringLiteral("orders.flink.sql");
        Names names({fixture.path(name), fixture.path(name)});
        fixture.exports().start(*artefactOf("flink-sql"));
        QTRY_VERIFY(QFile::exists(fixture.path(name)));
        QVERIFY2(fixture.read(name).contains(QLatin1String("SELECT TRY_CAST(`id` AS BIGINT) AS `id`")),
                 qPrintable(fixture.read(name)));
        QVERIFY(QFile::remove(fixture.path(name)));
        fixture.write(QStringLiteral("in.csv"), "id\n+1\n");
        fixture.exports().start(*artefactOf("flink-sql"));
        QTRY_VERIFY(QFile::exists(fixture.path(name)));
        QVERIFY2(fixture.read(name).contains(QStringLiteral("Its cells are read as text: Row 1 of “in.csv”")),
                 qPrintable(fixture.read(name)));
    }

    /// As `export --any-files` writes it; the choice is that of its pipeline.
    void anyFilesAreCastWithCare() {
        const ExportWindow fixture;
        fixture.addOrders();
        QTRY_VERIFY(fixture.document().isValidated());
        const QString name = QStringLiteral("orders.flink.sql");
        Names names({fixture.path(name), fixture.path(name)});
        const auto actions = fixture.exports().findChildren<QAction*>();
        const auto any = std::find_if(actions.begin(), actions.end(),
                                      [](const QAction* action) { return action->isCheckable(); });
        QVERIFY(any != actions.end() && (*any)->isEnabled() && !(*any)->isChecked());
        fixture.exports().start(*artefactOf("flink-sql"));
        QTRY_VERIFY(fixture.statusSays(QStringLiteral(", for its CSV files as they are now")));
        QVERIFY(!fixture.read(name).contains(QLatin1String("was not looked at")));
        QVERIFY(QFile::remove(fixture.path(name)));
        (*any)->trigger();
        fixture.exports().start(*artefactOf("flink-sql"));
        QTRY_VERIFY(QFile::exists(fixture.path(name)));
        QVERIFY2(fixture.read(name).contains(QLatin1String("was not looked at")),
                 qPrintable(fixture.read(name)));
        QTRY_VERIFY(!fixture.statusSays(QStringLiteral("as they are now")));
        fixture.document().startEmpty();
        QVERIFY(!(*any)->isChecked());
    }

    /// The pipeline comes from elsewhere, and nobody agreed to it.
    void aStrangersFilesElsewhereAreNotRead() {
        const QTemporaryDir elsewhere;
        const QString path = elsewhere.filePath(QStringLiteral("in.csv"));
        QVERIFY(QFile(path).open(QIODevice::WriteOnly));
        const ExportWindow fixture;
        fixture.write(QStringLiteral("strange.rill"),
                      QStringLiteral(R"({"rill": 1, "name": "Strange", "nodes": [
                          {"id": "in", "type": "csv_source",
                           "params": {"path": "%1", "columns": ["id BIGINT"]}},
                          {"id": "out", "type": "csv_sink", "params": {"path": "out.csv"}}],
                          "wires": [{"from": "in", "to": "out"}]})")
                          .arg(path)
                          .toUtf8());
        QVERIFY(fixture.document().open(fixture.path(QStringLiteral("strange.rill"))).ok());
        QTRY_VERIFY(fixture.document().isValidated());
        const QString name = QStringLiteral("strange.flink.sql");
        const Names names({fixture.path(name)});
        fixture.exports().start(*artefactOf("flink-sql"));
        QTRY_VERIFY(QFile::exists(fixture.path(name)));
        QVERIFY2(fixture.read(name).contains(QLatin1String("it lies outside the folder of the pipeline")),
                 qPrintable(fixture.read(name)));
    }

    void whatWasAskedForLastIsExported() {
        const ExportWindow fixture;
        fixture.addOrders();
        QVERIFY(!fixture.document().isValidated());
        Names names({fixture.path(QStringLiteral("orders.spark.py"))});
        fixture.exports().start(*artefactOf("flink-sql"));
        fixture.exports().start(*artefactOf("pyspark"));
        QTRY_VERIFY(QFile::exists(fixture.path(QStringLiteral("orders.spark.py"))));
        QCOMPARE(names.proposed, QStringList{QStringLiteral("orders.spark.py")});
    }

    void anotherDocumentIsNotExported() {
        const ExportWindow fixture;
        fixture.addOrders();
        QVERIFY(!fixture.document().isValidated());
        const Names names({fixture.path(QStringLiteral("orders.flink.sql"))});
        fixture.exports().start(*artefactOf("flink-sql"));
        fixture.document().startEmpty();
        fixture.addOrders();
        QTRY_VERIFY(fixture.document().isValidated());
        QVERIFY(names.proposed.isEmpty());
        QVERIFY(!QFile::exists(fixture.path(QStringLiteral("orders.flink.sql"))));
    }

    void nothingThatIsNeededIsOverwritten() {
        const ExportWindow fixture;
        fixture.addOrders("out.sql");
        QTRY_VERIFY(fixture.document().isValidated());
        const DialogAnswers answers;
        const Names names({fixture.path(QStringLiteral("out.sql"))});
        fixture.exports().start(*artefactOf("flink-sql"));
        QCOMPARE(answers.said.size(), 1);
        QVERIFY2(answers.said.front().contains(QLatin1String("out.sql")), qPrintable(answers.said.front()));
        QVERIFY(!QFile::exists(fixture.path(QStringLiteral("out.sql"))));
    }

    void aNodeThatCannotBeThereIsNamed() {
        const ExportWindow fixture;
        const NodeId source = fixture.document().addNode(
            {"generator", Json::parse(R"({"columns": ["n BIGINT = i"], "rate": 10})"),
             QStringLiteral("Made rows")},
            {0, 0});
        fixture.document().addNodeBehind({"csv_sink", Json{{"path", "out.csv"}}, {}}, {600, 0},
                                         {source, "out"});
        QVERIFY(fixture.document().saveAs(fixture.path(QStringLiteral("made.rill"))).ok());
        QTRY_VERIFY(fixture.document().isValidated());
        const DialogAnswers answers;
        fixture.exports().start(*artefactOf("flink-sql"));
        QTRY_COMPARE(answers.said.size(), 1);
        const QString& said = answers.said.front();
        QVERIFY2(said.contains(QStringLiteral("“Made rows”")), qPrintable(said));
        QVERIFY(!QFile::exists(fixture.path(QStringLiteral("made.flink.sql"))));
        QVERIFY(fixture.pane("portability")->isOn());
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Flink));
        QTRY_VERIFY(fixture.pane("portability")->count() > 0);
    }

    void errorsComeFirst() {
        const ExportWindow fixture;
        const NodeId filter = fixture.addOrders();
        fixture.document().setParam(filter, "condition", "idd > 1");
        QTRY_VERIFY(fixture.document().isValidated());
        fixture.pane("log")->opens()->trigger();
        fixture.exports().start(*artefactOf("pyspark"));
        QVERIFY(fixture.pane("problems")->isOn());
        QVERIFY(!QFile::exists(fixture.path(QStringLiteral("orders.spark.py"))));
    }

    void runExportsForAnotherEngine() {
        const ExportWindow fixture;
        fixture.addOrders();
        QTRY_VERIFY(fixture.document().isValidated());
        const QAction& run = *fixture.window->findChild<MainToolBar*>()->runAction();
        QCOMPARE(plainText(run), QStringLiteral("Run"));
        fixture.choose(2);
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Spark));
        QCOMPARE(plainText(run), QStringLiteral("Export…"));
        QVERIFY2(fixture.runButton().toolTip().contains(QLatin1String("by hand")),
                 qPrintable(fixture.runButton().toolTip()));
        Names names({fixture.path(QStringLiteral("a.spark.py"))});
        QStringList offered;
        QTimer::singleShot(0, &fixture.exports(), [&offered] {  // in the menu's own loop
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu != nullptr);
            for (const QAction* action : menu->actions()) offered << plainText(*action);
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::keySequence(fixture.window.get(), QKeySequence(QStringLiteral("Ctrl+R")));
        QCOMPARE(offered.front(), QStringLiteral("PySpark program…"));
        QTRY_VERIFY(QFile::exists(fixture.path(QStringLiteral("a.spark.py"))));
        QVERIFY(!QFile::exists(fixture.path(QStringLiteral("out.csv"))));
        fixture.choose(0);
        QCOMPARE(plainText(run), QStringLiteral("Run"));
    }

    void theChoiceIsThatOfItsFile() {
        {
            const ExportWindow fixture;
            QCOMPARE(fixture.choice().currentIndex(), 0);
            QVERIFY(!fixture.choice().accessibleName().isEmpty());
            fixture.choose(1);
            QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Flink));
        }
        const ExportWindow fixture;  // another pipeline, which has no file
        QCOMPARE(fixture.choice().currentText(), QStringLiteral("Embedded"));
        QCOMPARE(fixture.document().portability().engine(), std::nullopt);
    }

    void anEmptyPipelineIsNotExported() {
        const ExportWindow fixture;
        const auto any = [&] {
            const auto actions = fixture.exports().findChildren<QAction*>();
            return std::any_of(actions.begin(), actions.end(),
                               [](const QAction* action) { return action->isEnabled(); });
        };
        QVERIFY(!any());
        fixture.document().addNode({.type = "filter"}, {});
        QVERIFY(any());
    }
};

QTEST_MAIN(TestExportPipeline)
#include "test_export_pipeline.moc"
