// Versions in the window: each save leaves one, and the dialog lists them, says what differs and takes one
// back.
#include "widgets/versions/versions_dialog.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "tests/support/patience.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"
#include "widgets/versions/version_keeper.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A saved pipeline with three versions, of which the newest has another condition and one node more.
struct Saved {
    QTemporaryDir folder{};
    const Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    VersionKeeper keeper{document, session, nullptr};
    QSignalSpy kept{&keeper, &VersionKeeper::kept}, failed{&keeper, &VersionKeeper::failed};
    NodeId filter{};

    QString path() const { return folder.filePath(QStringLiteral("p.rill")); }
    std::string file() const { return path().toStdString(); }

    void save() {
        const qsizetype before = kept.size() + failed.size();
        QVERIFY(document.saveAs(path()).ok());
        QTRY_COMPARE(kept.size() + failed.size(), before + 1);
    }
    void threeVersions() {
        filter = document.addNode({"filter", Json{{"condition", "n > 1"}}, {}}, {});
        save();
        document.setParam(filter, "condition", "n > 2");
        save();
        document.addNode({"table_view", Json::object(), {}}, {300, 0});
        document.setParam(filter, "condition", "n > 3");
        save();
    }
};

QTableWidget& table(const VersionsDialog& dialog, const char* name) {
    return *dialog.findChild<QTableWidget*>(QLatin1String(name));
}

/// The row as one line.
QString row(const QTableWidget& table, int at) {
    QStringList cells;
    for (int column = 0; column < table.columnCount(); ++column) cells << table.item(at, column)->text();
    return cells.join(QStringLiteral(" | "));
}

}  // namespace

class TestVersionsDialog : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    }

    void eachSaveLeavesAVersion() {
        Saved saved;
        saved.threeVersions();
        const auto versions = savedVersions(saved.file());
        QVERIFY(versions.ok());
        QCOMPARE(versions->size(), std::size_t{3});
        saved.save();  // nothing has changed
        QCOMPARE(savedVersions(saved.file())->size(), std::size_t{3});
    }

    /// What somebody wrote by hand, or another program did, is not lost when it is saved over.
    void theFileAsItWasOpenedIsAVersion() {
        Saved saved;
        saved.threeVersions();
        const std::string own = *versionText(saved.file(), savedVersions(saved.file())->front().number);
        const QByteArray others = QByteArray::fromStdString(own).replace("n > 3", "n > 9");
        QFile file(saved.path());
        QVERIFY(file.open(QFile::WriteOnly) && file.write(others) == others.size());
        file.close();
        QVERIFY(saved.document.open(saved.path()).ok());
        QCOMPARE(savedVersions(saved.file())->size(), std::size_t{3});  // to look at it leaves nothing
        saved.document.setParam(saved.filter, "condition", "n > 4");
        saved.save();
        const auto versions = savedVersions(saved.file());
        QCOMPARE(versions->size(), std::size_t{5});
        QCOMPARE(QByteArray::fromStdString(*versionText(saved.file(), versions->at(1).number)), others);
        saved.document.setParam(saved.filter, "condition", "n > 5");
        saved.save();
        QCOMPARE(savedVersions(saved.file())->size(), std::size_t{6});
    }

    void whatAnotherProgramWroteMeanwhileIsAVersion() {
        Saved saved;
        saved.threeVersions();
        const std::string own = *versionText(saved.file(), savedVersions(saved.file())->front().number);
        const auto write = [&](const char* condition) {
            const QByteArray others = QByteArray::fromStdString(own).replace("n > 3", condition);
            QFile file(saved.path());
            return file.open(QFile::WriteOnly) && file.write(others) == others.size() ? others : QByteArray();
        };
        const QByteArray opened = write("n > 8");
        QVERIFY(saved.document.open(saved.path()).ok());
        const QByteArray meanwhile = write("n > 9");
        saved.document.setParam(saved.filter, "condition", "n > 4");
        saved.save();
        const auto versions = savedVersions(saved.file());
        QCOMPARE(versions->size(), std::size_t{6});
        QCOMPARE(QByteArray::fromStdString(*versionText(saved.file(), versions->at(1).number)), meanwhile);
        QCOMPARE(QByteArray::fromStdString(*versionText(saved.file(), versions->at(2).number)), opened);
    }

    /// What is not a pipeline is none of its versions.
    void anotherFileSavedOverIsNone() {
        Saved saved;
        QFile file(saved.path());
        QVERIFY(file.open(QFile::WriteOnly) && file.write("dear diary") == 10);
        file.close();
        saved.save();
        QCOMPARE(savedVersions(saved.file())->size(), std::size_t{1});
    }

    void aRunOfWhatIsNotSavedIsAVersion() {
        Saved saved;
        const Json rows{{"rate", 10}, {"columns", {"n BIGINT = i"}}};
        const NodeId source = saved.document.addNode({"generator", rows, {}}, {});
        saved.filter = saved.document.addNode({"filter", Json{{"condition", "n > 1"}}, {}}, {300, 0});
        saved.document.connectPorts({source, "out"}, {saved.filter, "in"});
        saved.save();
        saved.session.start();
        QTRY_VERIFY(saved.session.state() == RunSession::State::Running);
        QCOMPARE(saved.kept.size(), 1);  // the file has it
        saved.document.setParam(saved.filter, "condition", "n > 2");
        saved.session.apply();
        QTRY_COMPARE(saved.kept.size(), 2);
        const auto versions = savedVersions(saved.file());
        QCOMPARE(versions->size(), std::size_t{2});
        QVERIFY(versionText(saved.file(), versions->front().number)->find("n > 2") != std::string::npos);
        saved.session.stop();
        QTRY_VERIFY(!saved.session.isActive());
    }

    void aHistoryThatFailsHindersNoSave() {
        QFile blocked(m_data->filePath(QStringLiteral("rillwright")));
        QVERIFY(blocked.open(QFile::WriteOnly));  // a file where the folder would be
        Saved saved;
        saved.filter = saved.document.addNode({"filter", Json::object(), {}}, {});
        saved.save();
        QCOMPARE(saved.failed.size(), 1);
        QVERIFY(QFile::exists(saved.path()));
        QVERIFY(!saved.document.isModified());
    }

    void listsVersionsAndSaysWhatDiffers() {
        Saved saved;
        saved.threeVersions();
        VersionsDialog dialog(saved.document, nullptr);
        QTRY_COMPARE(table(dialog, "versions").rowCount(), 3);
        QCOMPARE(table(dialog, "versions").item(0, 1)->text(), QStringLiteral("2"));
        QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("take_back"))->isEnabled());
        table(dialog, "versions").selectRow(1);
        QTableWidget& differences = table(dialog, "differences");
        QCOMPARE(differences.rowCount(), 2);
        QCOMPARE(row(differences, 0),
                 QStringLiteral("Δ changed | Node | filter · condition | n > 2 | n > 3"));
        QVERIFY(row(differences, 1).startsWith(QStringLiteral("+ added | Node | table_view")));
    }

    void takesAVersionBackAsOneStep() {
        Saved saved;
        saved.threeVersions();
        VersionsDialog dialog(saved.document, nullptr);
        QTRY_COMPARE(table(dialog, "versions").rowCount(), 3);
        table(dialog, "versions").selectRow(2);
        const int steps = saved.document.undoStack().index();
        dialog.findChild<QPushButton*>(QStringLiteral("take_back"))->click();
        QCOMPARE(saved.document.undoStack().index(), steps + 1);
        QCOMPARE(saved.document.pipeline().nodes.size(), std::size_t{1});
        QCOMPARE(saved.document.node(saved.filter)->params.at("condition"), Json("n > 1"));
        saved.document.undoStack().undo();
        QCOMPARE(saved.document.pipeline().nodes.size(), std::size_t{2});
        QCOMPARE(saved.document.node(saved.filter)->params.at("condition"), Json("n > 3"));
    }

 private:
    std::unique_ptr<QTemporaryDir> m_data{};
};

QTEST_MAIN(TestVersionsDialog)
#include "test_versions_dialog.moc"
