// Files that answer late, or never: the window goes on living, and its thread touches none of them.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/pipeline/json/json.h"
#include "tests/support/file_accesses.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/csv_import/csv_import.h"
#include "widgets/csv_import/import_dialog.h"
#include "widgets/document/file_watch.h"
#include "widgets/files/file_actions.h"
#include "widgets/welcome/recovery_bar.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::FileAccesses;

namespace {

/// Does something each time the window says that it waits for a file.
class WhenWaiting {
 public:
    explicit WhenWaiting(std::function<void(QDialog&)> act) {
        QObject::connect(&m_timer, &QTimer::timeout, [this, act = std::move(act)] {
            auto* active = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            if (auto* box = qobject_cast<QMessageBox*>(active)) {
                told << box->text();
                return box->reject();
            }
            if (active == nullptr || active->objectName() != QLatin1String("fileWait")) return;
            if (active != std::exchange(m_dialog, active)) m_seen = 0;
            if (++m_seen != 3) return;
            words << active->windowTitle();
            act(*active);
        });
        m_timer.start(20);  // timers go on while the window waits: it lives
    }
    QStringList words, told;

 private:
    QTimer m_timer;
    QPointer<QDialog> m_dialog;
    int m_seen = 0;
};

void stopWaiting(QDialog& dialog) {
    dialog.findChild<QPushButton*>()->click();
}

QByteArray accesses() {
    QByteArray all;
    for (const std::string& each : FileAccesses::ofThisThread())
        all += QByteArray::fromStdString(each) + '\n';
    return all;
}

}  // namespace

class TestFilesInBackground : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString slow(const char* name) const { return m_folder.filePath(QStringLiteral("slow/") + name); }
    QString fast(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    static void write(const QString& path, const char* name) {
        Pipeline pipeline;
        pipeline.name = name;
        pipeline.nodes.push_back({.id = "only", .type = "union", .title = {}, .at = {}});
        QVERIFY(savePipelineFile(pipeline, path.toStdString()).ok());
    }
    static FileActions& files(const WindowFixture& fixture) {
        return *fixture.window->findChild<FileActions*>();
    }

 private Q_SLOTS:
    void initTestCase() {
        startProgram();
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("slow")));
    }
    void init() { emptyHome(); }
    void cleanup() { FileAccesses::forget(); }
    void openingIsWaitedFor();
    void openingIsGivenUp();
    void savingIsWaitedFor();
    void theNewerVersionIsWrittenLast();
    void changesAreLookedForInBackground();
    void recentFilesAreLookedForInBackground();
    void recentFilesAreWrittenInBackground();
    void copiesOfCrashedSessionsAreReadInBackground();
    void anImportIsForItsDocument();
    void anImportOffersWhatSourcesRead();
};

void TestFilesInBackground::openingIsWaitedFor() {
    write(slow("a.rill"), "a");
    WindowFixture fixture;
    FileAccesses::watch("/slow/");
    FileAccesses::hold();
    const WhenWaiting waiting([](QDialog&) { FileAccesses::release(); });
    files(fixture).open(slow("a.rill"));
    QCOMPARE(fixture.document().path(), slow("a.rill"));
    QCOMPARE(waiting.words, QStringList{QStringLiteral("Opening “a.rill”")});
    QVERIFY(fixture.document().savedAt().isValid());
    QCoreApplication::processEvents();
    QCOMPARE(accesses(), QByteArray());
}

void TestFilesInBackground::openingIsGivenUp() {
    write(slow("b.rill"), "b");
    write(fast("c.rill"), "c");
    WindowFixture fixture;
    files(fixture).open(fast("c.rill"));
    FileAccesses::watch("/slow/");
    FileAccesses::hold();
    {
        const WhenWaiting waiting(stopWaiting);
        files(fixture).open(slow("b.rill"));
        QVERIFY(!waiting.words.isEmpty());
        QVERIFY2(waiting.told.isEmpty(), qPrintable(waiting.told.join(u' ')));
    }
    QCOMPARE(fixture.document().path(), fast("c.rill"));
    // The one that does not answer holds no other up.
    const WhenWaiting none(stopWaiting);
    write(fast("d.rill"), "d");
    files(fixture).open(fast("d.rill"));
    QCOMPARE(fixture.document().path(), fast("d.rill"));
    QVERIFY(none.words.isEmpty());
    FileAccesses::release();
    QTest::qWait(50);
    QCOMPARE(fixture.document().path(), fast("d.rill"));
    QCOMPARE(accesses(), QByteArray());
}

void TestFilesInBackground::savingIsWaitedFor() {
    write(slow("e.rill"), "e");
    WindowFixture fixture;
    files(fixture).open(slow("e.rill"));
    fixture.document().addNode({.type = "filter"}, {});
    FileAccesses::watch("/slow/");
    FileAccesses::hold();
    const WhenWaiting waiting([&fixture](QDialog&) {
        QVERIFY(fixture.document().isModified());
        FileAccesses::release();
    });
    QVERIFY(fixture.document().save().ok());
    QCOMPARE(waiting.words, QStringList{QStringLiteral("Saving “e.rill”")});
    QVERIFY(!fixture.document().isModified());
    fixture.document().addNode({.type = "filter"}, {});
    QVERIFY(files(fixture).save());
    QVERIFY(!fixture.document().isModified());
    QCOMPARE(accesses(), QByteArray());
    FileAccesses::forget();
    const auto saved = loadPipelineFile(slow("e.rill").toStdString());
    QVERIFY(saved.ok());
    QVERIFY(saved->pipeline == fixture.document().pipeline());
}

void TestFilesInBackground::theNewerVersionIsWrittenLast() {
    write(slow("f.rill"), "f");
    WindowFixture fixture;
    files(fixture).open(slow("f.rill"));
    fixture.document().addNode({.type = "filter"}, {});
    FileAccesses::watch("/slow/");
    FileAccesses::hold();
    {
        const WhenWaiting waiting(stopWaiting);
        QVERIFY(!fixture.document().save().ok());
        QCOMPARE(waiting.words, QStringList{QStringLiteral("Saving “f.rill”")});
    }
    QVERIFY(fixture.document().isModified());
    fixture.document().addNode({.type = "union"}, {});
    const WhenWaiting again([](QDialog&) { FileAccesses::release(); });
    QVERIFY(fixture.document().save().ok());
    QTRY_COMPARE(FileAccesses::waiting(), 0);
    QTest::qWait(50);
    FileAccesses::forget();
    const auto saved = loadPipelineFile(slow("f.rill").toStdString());
    QVERIFY(saved.ok());
    QCOMPARE(saved->pipeline.nodes.size(), std::size_t{3});
    QVERIFY(!fixture.document().isModified());
}

void TestFilesInBackground::changesAreLookedForInBackground() {
    write(slow("shared.rill"), "mine");
    WindowFixture fixture;
    files(fixture).open(slow("shared.rill"));
    write(slow("shared.rill"), "theirs");
    auto* watch = fixture.window->findChild<FileWatch*>();
    QTRY_VERIFY(!watch->isLooking());
    FileAccesses::watch("/slow/");
    FileAccesses::hold();
    watch->look();
    QTRY_VERIFY(FileAccesses::waiting() > 0);
    QVERIFY(watch->isLooking());
    FileAccesses::release();
    QTRY_VERIFY((watch->look(), fixture.document().isRewritten()));
    QCOMPARE(accesses(), QByteArray());
    fixture.document().startEmpty();
}

void TestFilesInBackground::recentFilesAreLookedForInBackground() {
    write(slow("g.rill"), "g");
    QSettings().setValue(QStringLiteral("recent_files"), QStringList{slow("gone.rill"), slow("g.rill")});
    FileAccesses::watch("/slow/");
    FileAccesses::hold();
    WindowFixture fixture;
    QTRY_COMPARE(FileAccesses::waiting(), 2);
    RecentFiles recent;
    QCOMPARE(recent.files().size(), 2);  // the answer is not known yet
    recent.look();
    QTRY_COMPARE(FileAccesses::waiting(), 4);
    recent.look();  // they are asked already
    QTest::qWait(50);
    QCOMPARE(FileAccesses::waiting(), 4);
    FileAccesses::release();
    QTRY_COMPARE(recent.files(), QStringList{slow("g.rill")});
    QTRY_VERIFY(recent.written(slow("g.rill")).isValid());
    QCOMPARE(accesses(), QByteArray());
}

void TestFilesInBackground::recentFilesAreWrittenInBackground() {
    write(fast("h.rill"), "h");
    WindowFixture fixture;
    const QString settings = QSettings().fileName();
    // Whoever writes the settings has that file meanwhile.
    FileAccesses::watch((QFileInfo(settings).fileName() + QStringLiteral(".lock")).toStdString());
    files(fixture).open(fast("h.rill"));
    QCOMPARE(fixture.document().path(), fast("h.rill"));
    const auto kept = [&settings] {
        QFile file(settings);
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("h.rill");
    };
    QTRY_VERIFY(kept());
    QCOMPARE(accesses(), QByteArray());
}

void TestFilesInBackground::copiesOfCrashedSessionsAreReadInBackground() {
    QDir().mkpath(autosaveFolder());
    QFile file(autosaveFolder() + QStringLiteral("/crashed.autosave"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"path": "", "name": "Lost", "pipeline": "{\"rill\": 1, \"nodes\": [], \"wires\": []}"})");
    file.close();
    FileAccesses::watch("rillwright/autosave/");
    WindowFixture fixture;
    QTRY_VERIFY(fixture.window->findChild<RecoveryBar*>()->isVisible());
    fixture.document().addNode({.type = "filter"}, {});
    QCOMPARE(accesses(), QByteArray());
    FileAccesses::forget();
    fixture.document().startEmpty();
}

void TestFilesInBackground::anImportIsForItsDocument() {
    QFile file(slow("rows.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a,b\n1,2\n") > 0);
    file.close();
    WindowFixture fixture;
    auto* importer = fixture.window->findChild<CsvImport*>();
    QSignalSpy added(importer, &CsvImport::added);
    FileAccesses::watch("/slow/rows.csv");
    FileAccesses::hold();
    const auto dialog = [&fixture] { return fixture.window->findChild<ImportDialog*>(); };
    importer->add(file.fileName());
    QTRY_COMPARE(FileAccesses::waiting(), 1);
    // The window lives while the disk does not answer, and a person can give up.
    QTRY_VERIFY(dialog() != nullptr && dialog()->isVisible());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(dialog() == nullptr);
    importer->add(file.fileName());
    QTRY_COMPARE(FileAccesses::waiting(), 2);
    fixture.document().startEmpty();
    QTRY_VERIFY(dialog() == nullptr);
    FileAccesses::release();
    QTRY_COMPARE(FileAccesses::waiting(), 0);
    QTest::qWait(50);
    QVERIFY(fixture.document().pipeline().nodes.empty());
    QCOMPARE(added.size(), 0);
    importer->add(file.fileName());
    QTRY_VERIFY(dialog() != nullptr &&
                dialog()->findChild<QPushButton*>(QStringLiteral("import"))->isEnabled());
    QCOMPARE(accesses(), QByteArray());  // by this thread
    dialog()->accept();
    QTRY_COMPARE(added.size(), 1);
    QCOMPARE(fixture.document().pipeline().nodes.size(), std::size_t{1});
    FileAccesses::forget();
    fixture.document().startEmpty();
}

void TestFilesInBackground::anImportOffersWhatSourcesRead() {
    WindowFixture fixture;
    auto* importer = fixture.window->findChild<CsvImport*>();
    QStringList offered;
    QTimer look;
    connect(&look, &QTimer::timeout, &look, [&offered] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr) return;
        offered = dialog->nameFilters();
        dialog->reject();
    });
    look.start(20);
    importer->prompt();
    QCOMPARE(offered.size(), 2);  // and all files
    QStringList read;
    for (const QString& ending : importer->endings()) read << QLatin1Char('*') + ending;
    QVERIFY2(offered.front().endsWith(QStringLiteral("(%1)").arg(read.join(QLatin1Char(' ')))),
             qPrintable(offered.front()));
}

QTEST_MAIN(TestFilesInBackground)
#include "test_files_in_background.moc"
