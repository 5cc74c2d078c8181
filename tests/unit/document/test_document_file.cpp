// Files, copies kept for a crash, and the recent ones.
#include <sys/resource.h>

#include <QWidget>
#include <QtTest/QtTest>
#include <csignal>
#include <cstdio>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/json_scan.h"
#include "widgets/document/autosave.h"
#include "widgets/document/file_watch.h"
#include "widgets/document/recent_files.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A disk that takes no more than a thousand bytes of a file, for as long as this lives.
class FullDisk {
 public:
    FullDisk() : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        if (::getrlimit(RLIMIT_FSIZE, &m_usual) != 0) qFatal("no limits");
        const rlimit little{1000, m_usual.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &little) != 0) qFatal("no limit");
    }
    ~FullDisk() {
        if (::setrlimit(RLIMIT_FSIZE, &m_usual) != 0) qFatal("the limit stays");
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

 private:
    struct rlimit m_usual {};
    void (*m_handler)(int);
};

}  // namespace

class TestDocumentFile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase();
    void init();
    void savesAndOpens();
    void tellsWhatIsSaved();
    void refusesABrokenFileAndKeepsWhatItHas();
    void opensExamplesAsCopies();
    void aDeletedFileIsToBeSavedAgain();
    void whatAnotherProgramWritesIsNoticed();
    void whatTheKernelTellsIsNoticed();
    void whatWasKeptIsToBeSaved();
    void relativePathsFollowTheFile();
    void recoversAfterACrash();
    void whatIsTooLargeToSaveIsKept();
    void whatIsTooLargeToSaveIsRecovered();
    void keepsTheOldCopyUntilTheNewOneIsWritten();
    void leavesNothingAfterAnOrderlyEnd();
    void leavesCopiesOfLivingProgramsAlone();
    void removesLocksOfKilledPrograms();
    void remembersRecentFiles();

 private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    /// The files that are kept for a crash.
    QStringList kept() const {
        return QDir(path("cache/rillwright/autosave")).entryList({QStringLiteral("*.autosave")}, QDir::Files);
    }
    /// As another program does: at once and by another file, or in place.
    static bool writeAsOthers(const QString& file, const QByteArray& bytes, bool inPlace = false) {
        const QString written = inPlace ? file : file + QStringLiteral(".new");
        QFile out(written);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) return false;
        out.close();
        return inPlace || std::rename(qPrintable(written), qPrintable(file)) == 0;
    }
    static QByteArray contents(const QString& file) {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    /// Waits for a look that begins after the call.
    static bool looked(FileWatch& watch) {
        const auto ended = [&watch] { return !watch.isLooking(); };
        if (!QTest::qWaitFor(ended, 30'000)) return false;
        watch.look();
        return QTest::qWaitFor(ended, 30'000);
    }
    QTemporaryDir m_folder;
    const Catalogue m_catalogue = builtin();
};

void TestDocumentFile::initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("rillwright-tests"));
    QCoreApplication::setApplicationName(QStringLiteral("document"));
    qputenv("XDG_CACHE_HOME", path("cache").toLocal8Bit());  // not where a person's own copies are
}

void TestDocumentFile::init() {
    for (const Recoverable& left : Autosave::recoverable()) Autosave::discard(left);
    QSettings().clear();
}

void TestDocumentFile::savesAndOpens() {
    PipelineDocument document(m_catalogue);
    document.addNode({"filter", Json{{"condition", "x > 1"}}}, {16, 32});
    QVERIFY(document.saveAs(path("a.rill")).ok());
    PipelineDocument other(m_catalogue);
    QSignalSpy changed(&other, &PipelineDocument::changed);
    QVERIFY(other.open(path("a.rill")).ok());
    QVERIFY(other.pipeline() == document.pipeline());
    QCOMPARE(other.displayName(), QStringLiteral("a.rill"));
    QCOMPARE(other.undoStack().count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().value<DocumentChange>().kind, DocumentChange::Kind::Reset);
}

void TestDocumentFile::tellsWhatIsSaved() {
    PipelineDocument document(m_catalogue);
    QVERIFY(!document.isModified());
    document.addNode({"union"}, {});
    QVERIFY(document.isModified());
    QVERIFY(document.saveAs(path("b.rill")).ok());
    QVERIFY(!document.isModified());
    QVERIFY(document.savedAt().isValid());
    document.undoStack().undo();
    QVERIFY(document.isModified());
    document.undoStack().redo();
    QVERIFY(!document.isModified());
}

void TestDocumentFile::refusesABrokenFileAndKeepsWhatItHas() {
    QFile file(path("broken.rill"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"rill\": 1, \"nodes\": [");
    file.close();
    PipelineDocument document(m_catalogue);
    document.addNode({"union"}, {});
    const Pipeline before = document.pipeline();
    QVERIFY(!document.open(file.fileName()).ok());
    QVERIFY(!document.open(path("missing.rill")).ok());
    QVERIFY(!document.open(m_folder.path()).ok());
    QVERIFY(document.pipeline() == before);
    QVERIFY(document.path().isEmpty());
    QVERIFY(!document.saveAs(path("no/such/folder.rill")).ok());
    QVERIFY(document.isModified());
}

void TestDocumentFile::opensExamplesAsCopies() {
    Pipeline example;
    example.name = "Example";
    QVERIFY(savePipelineFile(example, path("example.rill").toStdString()).ok());
    PipelineDocument copy(m_catalogue);
    QSignalSpy saved(&copy, &PipelineDocument::saved);
    QVERIFY(copy.openCopy(path("example.rill")).ok());
    QVERIFY(copy.path().isEmpty());
    QCOMPARE(copy.displayName(), QStringLiteral("Example"));
    QCOMPARE(saved.count(), 0);  // not one of the recent files
}

void TestDocumentFile::aDeletedFileIsToBeSavedAgain() {
    PipelineDocument document(m_catalogue);
    FileWatch watch(document, nullptr);
    document.addNode({"union"}, {});
    const QString file = path("deleted.rill");
    QVERIFY(document.saveAs(file).ok());
    QVERIFY(QFile::rename(file, path("elsewhere.rill")));
    watch.look();
    QTRY_VERIFY(document.isGone());
    QVERIFY(document.isModified());
    QVERIFY(QFile::rename(path("elsewhere.rill"), file));
    watch.look();
    QTRY_VERIFY(!document.isGone());
    QVERIFY(!document.isModified());
    QVERIFY(QFile::remove(file));
    watch.look();
    QTRY_VERIFY(document.isGone());
    QVERIFY(document.save().ok());
    QVERIFY(!document.isModified());
    PipelineDocument other(m_catalogue);
    QVERIFY(other.open(file).ok());
    QVERIFY(other.pipeline() == document.pipeline());
}

// Nobody asks for a look here, and none comes by the clock.
void TestDocumentFile::whatTheKernelTellsIsNoticed() {
    QWidget window;
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window, 30'000));  // for a program that is in use
    PipelineDocument document(m_catalogue);
    FileWatch watch(document, nullptr);
    document.addNode({"union"}, {});
    const QString file = path("told.rill"), target = path("elsewhere.rill");
    QVERIFY(document.saveAs(file).ok());
    QVERIFY(looked(watch) && watch.isTold());
    const QByteArray mine = contents(file), other = QByteArray(mine).replace("union", "onion");
    for (const bool inPlace : {false, true}) {
        QVERIFY(writeAsOthers(file, other, inPlace));
        QTRY_VERIFY(document.isRewritten());
        QTRY_VERIFY(watch.isTold());
        QVERIFY(writeAsOthers(file, mine, inPlace));
        QTRY_VERIFY(!document.isRewritten() && watch.isTold());
    }
    QVERIFY(QFile::rename(file, target));
    QTRY_VERIFY(document.isGone() && watch.isTold());
    QVERIFY(QFile::link(target, file));
    QTRY_VERIFY(!document.isGone() && watch.isTold());
    QVERIFY(writeAsOthers(target, other, true));  // behind the link
    QTRY_VERIFY(document.isRewritten() && watch.isTold());
    watch.setWatched(false);
    QVERIFY(writeAsOthers(target, mine, true));
    QCoreApplication::processEvents();
    QVERIFY(!watch.isLooking());
    watch.setWatched(true);
    QTRY_VERIFY(!document.isRewritten());
    document.startEmpty();
    QVERIFY(!watch.isTold());
}

void TestDocumentFile::whatAnotherProgramWritesIsNoticed() {
    PipelineDocument document(m_catalogue);
    FileWatch watch(document, nullptr);
    document.addNode({"union"}, {});
    const QString file = path("shared.rill");
    QVERIFY(document.saveAs(file).ok());
    QVERIFY(looked(watch) && !document.isRewritten());
    document.addNode({"filter"}, {});
    QVERIFY(document.save().ok());
    QVERIFY(looked(watch) && !document.isRewritten());  // it wrote that itself
    const QByteArray mine = contents(file);
    QVERIFY(writeAsOthers(file, mine));
    QVERIFY(looked(watch) && !document.isRewritten());                     // the same bytes
    const QByteArray once = QByteArray(mine).replace("filter", "rilter");  // as many bytes
    const QByteArray twice = QByteArray(mine).replace("filter", "tilter");
    for (const bool inPlace : {false, true}) {
        QVERIFY(writeAsOthers(file, once, inPlace));
        QVERIFY(looked(watch) && document.isRewritten());
        QVERIFY(!document.isModified());  // nothing here was changed
        QVERIFY(writeAsOthers(file, twice, inPlace));
        QVERIFY(looked(watch) && document.isRewritten());
        QVERIFY(writeAsOthers(file, mine, inPlace));
        QVERIFY(looked(watch) && !document.isRewritten());
    }
    QVERIFY(writeAsOthers(file, once));
    QVERIFY(looked(watch) && document.isRewritten());
    QVERIFY(QFile::remove(file));
    QVERIFY(looked(watch) && document.isGone());
    QVERIFY(!document.isRewritten());  // that is said instead
    QVERIFY(writeAsOthers(file, twice));
    QVERIFY(looked(watch) && document.isRewritten());
    QVERIFY(document.open(file).ok());
    QVERIFY(!document.isRewritten());
    QVERIFY(looked(watch) && !document.isRewritten());
}

void TestDocumentFile::whatWasKeptIsToBeSaved() {
    PipelineDocument document(m_catalogue);
    FileWatch watch(document, nullptr);
    document.addNode({"filter"}, {});
    const QString file = path("kept.rill");
    QVERIFY(document.saveAs(file).ok());
    const QByteArray mine = contents(file);
    const QByteArray theirs = QByteArray(mine).replace("filter", "union");
    QVERIFY(writeAsOthers(file, theirs));
    QVERIFY(looked(watch) && document.isRewritten());
    document.keepMine();
    QVERIFY(!document.isRewritten());
    QVERIFY(document.isModified());
    QVERIFY(looked(watch) && !document.isRewritten());  // it is not asked twice
    QVERIFY(document.isChangedOutside() == std::optional(true));
    QVERIFY(writeAsOthers(file, mine));
    QVERIFY(looked(watch) && !document.isModified());
    QVERIFY(writeAsOthers(file, theirs));
    QVERIFY(looked(watch) && document.isRewritten());
    document.keepMine();
    QVERIFY(writeAsOthers(file, QByteArray(theirs).replace("union", "sort")));
    QVERIFY(looked(watch) && document.isRewritten());
    document.keepMine();
    QVERIFY(document.save().ok());
    QVERIFY(!document.isModified());
    QCOMPARE(contents(file), mine);
    QVERIFY(looked(watch) && !document.isRewritten());
}

void TestDocumentFile::relativePathsFollowTheFile() {
    PipelineDocument document(m_catalogue);
    QCOMPARE(document.folder(), QDir::home().filePath(QStringLiteral("Rillwright")));
    QVERIFY(document.saveAs(path("c.rill")).ok());
    QCOMPARE(document.folder(), m_folder.path());
    QCOMPARE(document.validateOptions().folder, m_folder.path().toStdString());
    QCOMPARE(document.validateOptions().file, document.path().toStdString());
    QVERIFY(!document.path().isEmpty());
}

// The copy of a program that was killed stays; its lock is found to be stale. Here the lock is let go by
// hand.
void TestDocumentFile::recoversAfterACrash() {
    PipelineDocument lost(m_catalogue);
    QVERIFY(lost.saveAs(path("d.rill")).ok());
    lost.addNode({"filter", Json{{"condition", "unsaved"}}}, {});
    const Pipeline expected = lost.pipeline();
    QString copyFile;
    {
        Autosave crashing(lost);
        crashing.saveNow();
        const QDir cache(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                         QStringLiteral("/rillwright/autosave"));
        const QStringList copies = cache.entryList({QStringLiteral("*.autosave")}, QDir::Files);
        QCOMPARE(copies.size(), 1);
        copyFile = cache.filePath(copies.first());
        QVERIFY(QFile::copy(copyFile, cache.filePath(QStringLiteral("crashed.autosave"))));
    }
    const std::vector<Recoverable> left = Autosave::recoverable();
    QCOMPARE(left.size(), std::size_t{1});
    QCOMPARE(left.front().path, path("d.rill"));
    QVERIFY(left.front().time.isValid());
    PipelineDocument document(m_catalogue);
    Autosave autosave(document);
    QVERIFY(autosave.recover(left.front()).ok());
    QVERIFY(document.pipeline() == expected);
    QVERIFY(document.isModified());
    QCOMPARE(document.path(), path("d.rill"));
    QTRY_VERIFY(Autosave::recoverable().empty());
}

void TestDocumentFile::whatIsTooLargeToSaveIsKept() {
    PipelineDocument large(m_catalogue);
    large.addNode({"union"}, {});
    QVERIFY(large.saveAs(path("large.rill")).ok());
    large.addNode({"filter", Json{{"words", std::string(kMaxFileBytes, 'x')}}}, {});
    const Status refused = large.save();
    QVERIFY(!refused.ok() && !refused.error().fix.empty());
    QVERIFY(large.isModified());
    PipelineDocument other(m_catalogue);
    QVERIFY(other.open(path("large.rill")).ok());
    QCOMPARE(other.pipeline().nodes.size(), std::size_t{1});
    {
        Autosave crashing(large);
        crashing.saveNow();
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), 1, 60'000);  // it is not waited for as long
        const QFileInfo copy(QDir(path("cache/rillwright/autosave")).filePath(kept().first()));
        QVERIFY(copy.size() > static_cast<qint64>(kMaxFileBytes));
    }
    QTRY_COMPARE(kept().size(), 0);
}

// Its size is that of blanks, so that what is recovered is soon written again: this build is slow.
void TestDocumentFile::whatIsTooLargeToSaveIsRecovered() {
    Pipeline lost;
    lost.nodes.push_back(
        {.id = "f", .type = "filter", .title = {}, .at = {}, .params = {{"condition", "unsaved"}}});
    const Json copy{{"path", ""}, {"name", "Lost"}, {"pipeline", savePipeline(lost)}};
    QByteArray bytes = QByteArray::fromStdString(copy.dump());
    QVERIFY(bytes.endsWith("\\n\"}"));
    bytes.insert(bytes.size() - 2, static_cast<qsizetype>(kMaxFileBytes), ' ');
    QVERIFY(QDir().mkpath(path("cache/rillwright/autosave")));
    QFile file(path("cache/rillwright/autosave/crashed.autosave"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    PipelineDocument document(m_catalogue);
    Autosave autosave(document);
    QVERIFY(autosave.recover({.file = file.fileName(), .path = {}, .name = {}, .time = {}}).ok());
    QVERIFY(document.pipeline() == lost);
    QVERIFY(document.isModified());
    QTRY_VERIFY(!file.exists());  // the new copy is there
    QCOMPARE(kept().size(), 1);
}

void TestDocumentFile::keepsTheOldCopyUntilTheNewOneIsWritten() {
    Pipeline lost;
    lost.nodes.push_back({.id = "f",
                          .type = "filter",
                          .title = {},
                          .at = {},
                          .params = {{"condition", std::string(2000, 'x')}}});
    const Json copy{{"path", ""}, {"name", "Lost"}, {"pipeline", savePipeline(lost)}};
    QVERIFY(QDir().mkpath(path("cache/rillwright/autosave")));
    QFile file(path("cache/rillwright/autosave/crashed.autosave"));
    const QByteArray bytes = QByteArray::fromStdString(copy.dump());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const std::vector<Recoverable> left = Autosave::recoverable();
    QCOMPARE(left.size(), std::size_t{1});
    PipelineDocument document(m_catalogue);
    Autosave autosave(document);
    {
        const FullDisk disk;
        QVERIFY(autosave.recover(left.front()).ok());
        autosave.saveNow();
        QCOMPARE(kept(), QStringList{QStringLiteral("crashed.autosave")});
        QVERIFY(Autosave::recoverable().empty());  // it is taken up
    }
    autosave.saveNow();
    QCOMPARE(kept().size(), 1);
    QVERIFY(!file.exists());
}

void TestDocumentFile::leavesNothingAfterAnOrderlyEnd() {
    PipelineDocument document(m_catalogue);
    document.addNode({"union"}, {});
    {
        Autosave autosave(document);
        autosave.saveNow();
        QCOMPARE(kept().size(), 1);
    }
    QCOMPARE(kept(), QStringList());
    QVERIFY(Autosave::recoverable().empty());
}

void TestDocumentFile::leavesCopiesOfLivingProgramsAlone() {
    PipelineDocument document(m_catalogue);
    Autosave autosave(document);
    document.addNode({"union"}, {});
    autosave.saveNow();
    QVERIFY(Autosave::recoverable().empty());
    QCOMPARE(kept().size(), 1);
}

void TestDocumentFile::removesLocksOfKilledPrograms() {
    PipelineDocument document(m_catalogue);
    Autosave living(document);
    living.saveNow();  // nothing, but its lock is taken by then
    const QDir cache(path("cache/rillwright/autosave"));
    QFile lock(cache.filePath(QStringLiteral("killed.autosave.lock")));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    const qint64 nobody = std::numeric_limits<int>::max();  // no system gives such a process id
    const QByteArrayList lines{QByteArray::number(nobody), "rillwright",
                               QSysInfo::machineHostName().toLocal8Bit(), QSysInfo::machineUniqueId(),
                               QSysInfo::bootUniqueId()};
    lock.write(lines.join('\n') + '\n');
    lock.close();
    const QStringList locks{QStringLiteral("*.lock")};
    QCOMPARE(cache.entryList(locks, QDir::Files).size(), 2);
    QVERIFY(Autosave::recoverable().empty());
    QVERIFY(!lock.exists());
    QCOMPARE(cache.entryList(locks, QDir::Files).size(), 1);
}

void TestDocumentFile::remembersRecentFiles() {
    PipelineDocument document(m_catalogue);
    RecentFiles recent;
    connect(&document, &PipelineDocument::saved, &recent, &RecentFiles::add);
    QVERIFY(document.saveAs(path("one.rill")).ok());
    QVERIFY(document.saveAs(path("two.rill")).ok());
    QVERIFY(document.open(path("one.rill")).ok());
    QCOMPARE(recent.files(), QStringList({path("one.rill"), path("two.rill")}));
    QVERIFY(QFile::remove(path("two.rill")));
    recent.look();
    QTRY_COMPARE(recent.files(), QStringList({path("one.rill")}));
    recent.forget(path("one.rill"));
    QVERIFY(recent.files().isEmpty());
}

QTEST_MAIN(TestDocumentFile)
#include "test_document_file.moc"
