// Files that answer late, or never: the window goes on living, and its thread touches none of them.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/csv_import.h"
#include "app/file_actions.h"
#include "core/pipeline/json.h"
#include "tests/support/file_touches.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/welcome/recovery_bar.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::FileTouches;

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

QByteArray touches() {
    QByteArray all;
    for (const std::string& each : FileTouches::ofThisThread()) all += QByteArray::fromStdString(each) + '\n';
    return all;
}

}  // namespace

class TestFilesAside : public QObject {
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
    void cleanup() { FileTouches::forget(); }
    void openingIsWaitedFor();
    void openingIsGivenUp();
    void savingIsWaitedFor();
    void theNewerVersionIsWrittenLast();
    void recentFilesAreLookedForAside();
    void copiesOfCrashedSessionsAreReadAside();
    void anImportIsForItsDocument();
};

void TestFilesAside::openingIsWaitedFor() {
    write(slow("a.rill"), "a");
    WindowFixture fixture;
    FileTouches::watch("/slow/");
    FileTouches::hold();
    const WhenWaiting waiting([](QDialog&) { FileTouches::release(); });
    files(fixture).open(slow("a.rill"));
    QCOMPARE(fixture.document().path(), slow("a.rill"));
    QCOMPARE(waiting.words, QStringList{QStringLiteral("Opening “a.rill”")});
    QVERIFY(fixture.document().savedAt().isValid());
    QCoreApplication::processEvents();
    QCOMPARE(touches(), QByteArray());
}

void TestFilesAside::openingIsGivenUp() {
    write(slow("b.rill"), "b");
    write(fast("c.rill"), "c");
    WindowFixture fixture;
    files(fixture).open(fast("c.rill"));
    FileTouches::watch("/slow/");
    FileTouches::hold();
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
    FileTouches::release();
    QTest::qWait(50);
    QCOMPARE(fixture.document().path(), fast("d.rill"));
    QCOMPARE(touches(), QByteArray());
}

void TestFilesAside::savingIsWaitedFor() {
    write(slow("e.rill"), "e");
    WindowFixture fixture;
    files(fixture).open(slow("e.rill"));
    fixture.document().addNode({.type = "filter"}, {});
    FileTouches::watch("/slow/");
    FileTouches::hold();
    const WhenWaiting waiting([&fixture](QDialog&) {
        QVERIFY(fixture.document().isModified());
        FileTouches::release();
    });
    QVERIFY(fixture.document().save().ok());
    QCOMPARE(waiting.words, QStringList{QStringLiteral("Saving “e.rill”")});
    QVERIFY(!fixture.document().isModified());
    fixture.document().addNode({.type = "filter"}, {});
    QVERIFY(files(fixture).save());
    QVERIFY(!fixture.document().isModified());
    QCOMPARE(touches(), QByteArray());
    FileTouches::forget();
    const auto saved = loadPipelineFile(slow("e.rill").toStdString());
    QVERIFY(saved.ok());
    QVERIFY(saved->pipeline == fixture.document().pipeline());
}

void TestFilesAside::theNewerVersionIsWrittenLast() {
    write(slow("f.rill"), "f");
    WindowFixture fixture;
    files(fixture).open(slow("f.rill"));
    fixture.document().addNode({.type = "filter"}, {});
    FileTouches::watch("/slow/");
    FileTouches::hold();
    {
        const WhenWaiting waiting(stopWaiting);
        QVERIFY(!fixture.document().save().ok());
        QCOMPARE(waiting.words, QStringList{QStringLiteral("Saving “f.rill”")});
    }
    QVERIFY(fixture.document().isModified());
    fixture.document().addNode({.type = "union"}, {});
    const WhenWaiting again([](QDialog&) { FileTouches::release(); });
    QVERIFY(fixture.document().save().ok());
    QTRY_COMPARE(FileTouches::waiting(), 0);
    QTest::qWait(50);
    FileTouches::forget();
    const auto saved = loadPipelineFile(slow("f.rill").toStdString());
    QVERIFY(saved.ok());
    QCOMPARE(saved->pipeline.nodes.size(), std::size_t{3});
    QVERIFY(!fixture.document().isModified());
}

void TestFilesAside::recentFilesAreLookedForAside() {
    write(slow("g.rill"), "g");
    QSettings().setValue(QStringLiteral("recent_files"), QStringList{slow("gone.rill"), slow("g.rill")});
    FileTouches::watch("/slow/");
    FileTouches::hold();
    WindowFixture fixture;
    QTRY_COMPARE(FileTouches::waiting(), 2);
    RecentFiles recent;
    QCOMPARE(recent.files().size(), 2);  // nobody knows better
    recent.look();
    QTRY_COMPARE(FileTouches::waiting(), 4);
    recent.look();  // they are asked already
    QTest::qWait(50);
    QCOMPARE(FileTouches::waiting(), 4);
    FileTouches::release();
    QTRY_COMPARE(recent.files(), QStringList{slow("g.rill")});
    QTRY_VERIFY(recent.written(slow("g.rill")).isValid());
    QCOMPARE(touches(), QByteArray());
}

void TestFilesAside::copiesOfCrashedSessionsAreReadAside() {
    QDir().mkpath(autosaveFolder());
    QFile file(autosaveFolder() + QStringLiteral("/crashed.autosave"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"path": "", "name": "Lost", "pipeline": "{\"rill\": 1, \"nodes\": [], \"wires\": []}"})");
    file.close();
    FileTouches::watch("rillwright/autosave/");
    WindowFixture fixture;
    QTRY_VERIFY(fixture.window->findChild<RecoveryBar*>()->isVisible());
    fixture.document().addNode({.type = "filter"}, {});
    QCOMPARE(touches(), QByteArray());
    FileTouches::forget();
    fixture.document().startEmpty();
}

void TestFilesAside::anImportIsForItsDocument() {
    QFile file(slow("rows.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a,b\n1,2\n") > 0);
    file.close();
    WindowFixture fixture;
    auto* importer = fixture.window->findChild<CsvImport*>();
    QSignalSpy added(importer, &CsvImport::added);
    FileTouches::watch("/slow/rows.csv");
    FileTouches::hold();
    importer->add(file.fileName());
    QTRY_COMPARE(FileTouches::waiting(), 1);
    fixture.document().startEmpty();
    FileTouches::release();
    QTRY_COMPARE(FileTouches::waiting(), 0);
    QTest::qWait(50);
    QVERIFY(fixture.document().pipeline().nodes.empty());
    QCOMPARE(added.size(), 0);
    importer->add(file.fileName());
    QTRY_COMPARE(added.size(), 1);
    QCOMPARE(fixture.document().pipeline().nodes.size(), std::size_t{1});
    FileTouches::forget();
    fixture.document().startEmpty();
}

QTEST_MAIN(TestFilesAside)
#include "test_files_aside.moc"
